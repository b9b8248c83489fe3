"""Who sees which team's compliance list: the team's own posts, and the heads who are copied (R-119 to R-122)."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.cases import compliance_lists
from engine.store import compliance
from tests.factories.refusals import refused

TEAM, OTHER = "North CIN", "South CIN"


def finding(council, case, number, team, batch="0123456789abcdef"):
    row = {
        "instance": "0" * 16, "audit": "1" * 16, "case_ref": case, "action_number": number, "fulfilled": "yes",
        "completed": "yes", "authorised": "no", "standing": "completed and not authorised", "outstanding": 1,
        "details": {}, "reviewer": "una", "reviewed_at": council.clock.now(), "batch": batch, "team": team,
    }  # fmt: skip
    council.run(lambda command: compliance.add(command.connection, [row]))


@pytest.fixture
def listed(council):
    """Two actions on the list of North CIN, one on that of South CIN, and one that no list has told of yet."""
    finding(council, "CF-20932", 1, TEAM)
    finding(council, "CF-20931", 2, TEAM)
    finding(council, "CF-30510", 1, OTHER)
    finding(council, "CF-20931", 3, TEAM, None)
    return council


def rows(council, person, team=TEAM):
    return [(row.case_ref, row.action_number) for row in compliance_lists.of_team(council.engine, person, team)]


@pytest.mark.parametrize("person", ["mo", "pat"])
def test_the_practice_manager_and_the_head_see_the_list_by_case_and_action(listed, person):
    assert rows(listed, person) == [("CF-20931", 2), ("CF-20932", 1)]


def test_a_team_sees_its_own_list_alone(listed):
    assert rows(listed, "quin", OTHER) == [("CF-30510", 1)]
    for person, team in (("quin", TEAM), ("mo", OTHER), ("kim", TEAM), ("ghost", TEAM)):
        sentence = refused(listed, NotAllowed, lambda person=person, team=team: rows(listed, person, team))
        assert sentence.startswith(f"You may not see the compliance list of {team}: ")


def test_a_team_that_nobody_knows_has_no_list(listed):
    assert "There is no team Nowhere." in refused(listed, NotFound, lambda: rows(listed, "mo", "Nowhere"))


def test_why_one_may_not_see_it_is_told_beforehand(listed):
    def reason(person):
        return listed.ask(lambda question: compliance_lists.reason_against(question, person, TEAM))

    assert reason("mo") is None
    assert reason("quin")
