"""Proposing a policy variation: kept whole as it was proposed, and only when it passes its checks (section 4, I-03)."""

import pytest

from engine.errors import Invalid, NotDeployable
from engine.service.policy import variations
from engine.store import variations as rows
from tests.factories.council import policy
from tests.factories.refusals import refused

README, TABLE = "processes/README.md", "processes/deadlines.dmn"
SHORTER = policy()[TABLE].replace(b"<text>20</text>", b"<text>15</text>", 1)


def kept(council, identifier):
    return council.ask(
        lambda question: (
            rows.get(question.connection, identifier),
            rows.snapshot(question.connection, identifier),
        )
    )


def test_a_proposal_is_the_policy_in_force_with_its_changes(council):
    other = variations.keep(council.engine, "gail", {README: b"# Another proposal"})
    identifier = variations.keep(council.engine, "asha", {TABLE: SHORTER})
    row, files = kept(council, identifier)
    assert (row.changed, row.proposer, row.proposed_at) == ([TABLE], "asha", council.clock.now())
    assert files == {**policy(), TABLE: SHORTER}
    assert kept(council, other)[0].changed == [README]


def test_a_proposal_may_take_a_file_out(council):
    identifier = variations.keep(council.engine, "asha", {README: None})
    row, files = kept(council, identifier)
    assert row.changed == [README]
    assert README not in files


def test_a_proposal_changes_nothing_of_the_policy_in_force(council):
    variations.keep(council.engine, "asha", {TABLE: SHORTER})
    assert variations.in_force(council.engine) == policy()
    assert council.ask(lambda question: question.number_in_force) == 1


def test_a_proposal_is_on_record(council):
    identifier = variations.keep(council.engine, "asha", {TABLE: SHORTER})
    event = council.events("deployments")[-1]
    assert (event.kind, event.actor) == ("variation kept", "asha")
    assert event.details == {"variation": identifier, "changed": [TABLE]}


def test_a_proposal_that_changes_nothing_is_refused(council):
    sentence = refused(council, Invalid, lambda: variations.keep(council.engine, "asha", {README: policy()[README]}))
    assert "this is the policy in force" in sentence


def test_a_proposal_that_does_not_pass_its_checks_is_refused(council):
    with pytest.raises(NotDeployable) as refusal:
        variations.keep(council.engine, "asha", {TABLE: b"", README: b"# Changed"})
    assert {problem.file for problem in refusal.value.problems} == {TABLE}
