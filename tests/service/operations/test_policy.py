"""A policy variation from its proposal to the day it comes into force (section 4, M17, R-11, R-12, I-02)."""

import pytest

from engine.service.policy import deployments, variations
from engine.store import variations as rows
from tests.factories.council import AUDIT, at, policy
from tests.factories.doing import begin, complete

TABLE = "processes/deadlines.dmn"
SHORTER = policy()[TABLE].replace(b"<text>20</text>", b"<text>15</text>", 1)
CONSIDER, SIGN_OFF = "Consider the policy variation", "Sign off the policy variation"
CASE, OTHER = "CF-20931", "CF-40077"


@pytest.fixture
def proposal(council):
    """Fifteen working days for an audit, as Asha proposes it, beside another proposal that nobody takes further."""
    variations.keep(council.engine, "gail", {"processes/README.md": b"# Another"})
    identifier = variations.keep(council.engine, "asha", {TABLE: SHORTER})
    begin(council, "asha", "policy_variation", {"proposer": "asha"}, variation_upload=identifier)
    return identifier


def sign_off(council, day, outcome="approve"):
    complete(council, CONSIDER, considered_how="at_meeting", meeting_view="supported")
    complete(council, SIGN_OFF, sign_off_outcome=outcome, in_force_from=day)


def number_of(council, identifier):
    return council.ask(lambda question: rows.get(question.connection, identifier).deployment)


def in_force(council):
    return council.ask(lambda question: question.number_in_force)


def test_a_variation_that_was_signed_off_comes_into_force_on_its_day(council, proposal):
    sign_off(council, "2026-12-07")
    assert in_force(council) == 1
    council.pass_to(at(2026, 12, 7, 0, 1))
    assert in_force(council) == number_of(council, proposal) == 2
    assert deployments.files(council.engine)[TABLE] == SHORTER


def test_work_that_has_begun_keeps_its_policy(council, proposal):
    council.assign(CASE, "kim")
    sign_off(council, "2026-12-01")
    council.assign(OTHER, "kim")
    assert f"{council.task(AUDIT, CASE).due:%Y-%m-%d}" == "2026-12-31"
    assert f"{council.task(AUDIT, OTHER).due:%Y-%m-%d}" == "2026-12-22"


def test_the_deployment_names_the_variation_it_came_from(council, proposal):
    sign_off(council, "2026-12-01")
    event = council.events("deployments")[-1]
    assert (event.kind, event.details["variation"]) == ("deployed", proposal)


def test_a_variation_that_is_not_signed_off_is_never_deployed(council, proposal):
    complete(council, CONSIDER, considered_how="at_meeting", meeting_view="supported")
    complete(council, SIGN_OFF, sign_off_outcome="refuse")
    council.pass_to(at(2027, 1, 7))
    assert (in_force(council), number_of(council, proposal)) == (1, None)
