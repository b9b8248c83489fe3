"""Deployments: what is in force from when, and that an earlier policy may come back."""

from datetime import timedelta

import pytest

from engine.bpmn.definitions import deployment_of
from engine.errors import Invalid, NotDeployable, NotNow
from engine.service.policy import deployments
from engine.service.taking_effect import take_effect
from engine.service.vocabulary import vocabulary
from tests.factories.council import AUDIT, SOMEBODY, Council, at, policy

CHANGED = {"processes/README.md": b"# The policy, as changed by a test"}


def in_force(council: Council) -> int:
    return council.ask(lambda question: question.number_in_force)


def test_the_policy_in_force_is_not_deployed_twice(council: Council) -> None:
    assert council.deploy({}) == in_force(council) == 1
    assert council.deploy(CHANGED) == in_force(council) == 2
    assert council.deploy(CHANGED) == 2


def test_an_earlier_policy_may_come_back(council: Council) -> None:
    first = in_force(council)
    council.deploy(CHANGED)
    again = council.deploy({})
    assert again not in (first, 2)
    assert in_force(council) == again


def test_a_policy_comes_into_force_at_its_moment(council: Council) -> None:
    start = council.clock.now() + timedelta(days=10)
    number = council.deploy(CHANGED, start)
    assert in_force(council) != number
    council.pass_to(start)
    assert in_force(council) == number


def test_a_policy_with_problems_leaves_the_one_in_force(council: Council) -> None:
    before = in_force(council)
    with pytest.raises(NotDeployable):
        council.deploy({"processes/deadlines.dmn": b"not a table"})
    assert in_force(council) == before


def test_what_is_exported_is_what_was_deployed(council: Council, tmp_path) -> None:
    number = council.deploy(CHANGED)
    written = deployments.export(council.engine, tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == set(policy())
    assert deployments.read_snapshot(tmp_path) == {**policy(), **CHANGED}
    assert deployments.deploy(council.engine, SOMEBODY, deployments.read_snapshot(tmp_path), "again") == number


CASE = "CF-20931"
SHORTER = {
    "processes/deadlines.dmn": policy()["processes/deadlines.dmn"].replace(b"<text>20</text>", b"<text>15</text>", 1)
}


def due(council: Council, case: str) -> str:
    return f"{council.task(AUDIT, case).due:%Y-%m-%d}"


def test_running_work_keeps_its_policy_and_new_work_has_the_new_one(council: Council) -> None:
    council.assign(CASE, "kim")
    number = council.deploy(SHORTER)
    council.assign("CF-40077", "kim")
    assert (due(council, CASE), due(council, "CF-40077")) == ("2026-12-31", "2026-12-22")
    deployments_of = [council.instance(council.audit(one).instance).deployment for one in _audits(council)]
    assert deployments_of == [1, number]


def _audits(council: Council) -> list[str]:
    return [council.task(AUDIT, case).audit for case in (CASE, "CF-40077")]


def test_running_work_goes_on_by_its_policy_to_the_end(council: Council) -> None:
    council.assign(CASE, "kim")
    council.deploy({**SHORTER, "forms/audit.json": _with_other_title()})
    council.authorise_audit(CASE, 1)
    kept = council.events(council.audit(_only(council)).instance)[-1]
    assert kept.kind == "completed"
    other = council.again()
    assert other.task("Complete the remedial actions", CASE)


def _only(council: Council) -> str:
    return str(council.actions(CASE)[0].audit)


def _with_other_title() -> bytes:
    return policy()["forms/audit.json"].replace(b'"title": "', b'"title": "New: ', 1)


def test_work_begins_by_the_new_policy_from_its_moment_on(council: Council) -> None:
    council.deploy(SHORTER, at(2026, 12, 3))
    council.assign(CASE, "kim")
    council.pass_to(at(2026, 12, 3))
    council.assign("CF-40077", "kim")
    assert (due(council, CASE), due(council, "CF-40077")) == ("2026-12-31", "2026-12-24")


def test_a_policy_never_comes_into_force_on_a_day_that_is_past(council: Council) -> None:
    before = council.dump()
    with pytest.raises(Invalid, match="today or later"):
        council.deploy(SHORTER, at(2026, 11, 30, 23))
    assert council.dump() == before
    council.deploy(SHORTER, at(2026, 12, 1, 0))


def test_the_first_policy_may_be_for_a_later_day(database) -> None:
    council = Council(database)
    number = council.deploy({}, at(2026, 12, 8))
    with pytest.raises(NotNow, match="no policy is deployed yet"):
        in_force(council)
    council.pass_to(at(2026, 12, 10, 7))
    assert in_force(council) == number
    assert council.cycles() == ["2026-12"]


def test_a_deployment_that_was_rolled_back_is_not_remembered(council: Council) -> None:
    def refused(command) -> None:
        raise NotNow(doing="This", reason="it was only a try")

    before = in_force(council)
    with pytest.raises(NotNow):
        council.run(lambda command: (_take(command, SHORTER), refused(command)))
    number = council.deploy(CHANGED)
    assert (before, in_force(council)) == (1, number)
    council.assign(CASE, "kim")
    assert due(council, CASE) == "2026-12-31"


def _take(command, changes) -> None:
    snapshot = {**policy(), **changes}
    take_effect(command, deployment_of(snapshot, vocabulary()), snapshot, command.now, "a try")
