"""What a list of remedial actions four months on says, and who sees that of which team (R-119 to R-122)."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.case_file import listed_actions
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.store import compliance
from tests.factories.council import AUDIT, SOMEBODY, at
from tests.factories.doing import review_two_actions
from tests.factories.refusals import refused

TEAM, OTHER, CASE = "North CIN", "South CIN", "CF-20931"


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
    return [(row.case_ref, row.action_number) for row in listed_actions.of_team(council.engine, person, team).rows]


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


# What stands on a list


@pytest.fixture
def reviewed(council):
    """Two actions of a case, found four months on: one done, one signed off and not done."""
    review_two_actions(council, CASE)
    return council


def sending(council):
    return council.task("Distribute the compliance list")


def test_who_sends_the_list_reads_all_of_it_first(reviewed):
    (found,) = listed_actions.of_task(reviewed.engine, "gail", sending(reviewed))
    assert (found.team, found.batch, found.outstanding) == (TEAM, None, 1)
    first, second = found.rows
    assert (first.fulfilled, first.completed, first.authorised, first.outstanding) == ("Yes", "Yes", "Yes", False)
    assert (second.fulfilled, second.completed, second.authorised, second.outstanding) == ("No", "Yes", "No", True)
    assert second.standing == "signed off but not done"
    assert (second.what, second.held_by) == (reviewed.actions(CASE)[1].what, ())


def test_nobody_else_reads_it_and_other_tasks_have_none(reviewed):
    assert listed_actions.of_task(reviewed.engine, "mo", sending(reviewed)) == ()
    reviewed.assign("CF-20932", "kim")
    assert listed_actions.of_task(reviewed.engine, "kim", reviewed.task(AUDIT, "CF-20932")) == ()


def test_a_list_says_who_has_what_is_outstanding_and_until_when(reviewed):
    note = "Look first at what waits longest."
    reviewed.complete("gail", "Distribute the compliance list", covering_note=note)
    found = listed_actions.of_team(reviewed.engine, "mo", TEAM)
    done, left = found.rows
    assert (found.sent_at, found.note) == (reviewed.clock.now(), note)
    assert (done.held_by, done.due) == ((), None)
    assert left.held_by == ("Mo",)
    assert left.due == reviewed.task("Clear outstanding remedial actions", CASE).due
    assert not left.late
    assert left.action == reviewed.actions(CASE)[1].id
    reviewed.pass_to(at(2027, 5, 5))
    assert listed_actions.of_team(reviewed.engine, "mo", TEAM).rows[1].late


def test_of_a_restricted_record_only_its_facts_are_shown_to_who_is_barred(reviewed):
    reviewed.complete("gail", "Distribute the compliance list")
    extracts.apply(reviewed.engine, SOMEBODY, CaseChange(CASE, restricted=True))
    for person, shown in (("mo", CASE), ("gail", "Restricted")):
        row = listed_actions.of_team(reviewed.engine, person, TEAM).rows[1]
        assert (row.case_ref, row.fulfilled, row.completed) == (shown, "No", "Yes")
        is_barred = person == "gail"
        assert (row.what is None, row.opens_case, row.action is None) == (is_barred, not is_barred, is_barred)


def test_the_newest_list_is_shown_and_the_older_ones_are_offered(reviewed):
    finding(reviewed, "CF-20932", 1, TEAM)
    reviewed.complete("gail", "Distribute the compliance list")
    newest = listed_actions.of_team(reviewed.engine, "mo", TEAM)
    assert {row.case_ref for row in newest.rows} == {CASE}
    assert [one.batch for one in newest.lists] == [newest.batch, "0123456789abcdef"]
    older = listed_actions.of_team(reviewed.engine, "mo", TEAM, "0123456789abcdef")
    assert [row.case_ref for row in older.rows] == ["CF-20932"]
    sentence = refused(reviewed, NotFound, lambda: listed_actions.of_team(reviewed.engine, "mo", TEAM, "f" * 16))
    assert sentence.startswith(f"There is no list {'f' * 16} of {TEAM}.")


def test_each_reader_is_offered_the_teams_whose_lists_they_see(council):
    assert listed_actions.teams_of(council.engine, "mo") == (TEAM,)
    assert listed_actions.teams_of(council.engine, "kim") == ()
    assert {TEAM, OTHER} < set(listed_actions.teams_of(council.engine, "gail"))
