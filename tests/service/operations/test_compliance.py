"""Four months after an audit: three facts of each action kept apart, told to the case's present team (section 11)."""

from datetime import date

import pytest

from engine.service.audits import cycles
from engine.service.case_file import listed_actions
from engine.service.cases import actions, compliance_lists
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.store import compliance
from engine.store.schema.compliance import finding
from tests.factories.council import REMEDY, SOMEBODY, at
from tests.factories.doing import complete

CASE = "CF-20931"
CHECK, DISTRIBUTE = "Review the remedial actions", "Distribute the compliance list"
FINDINGS = (
    {"action": 1, "fulfilled": "yes", "completed": "yes", "authorised": "yes"},
    {"action": 2, "fulfilled": "no", "completed": "no", "authorised": "no"},
)


@pytest.fixture
def reviewed(council):
    """Two actions of a case, reviewed four months later: one done, one outstanding."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    for action in council.actions(CASE):
        actions.sign_off(council.engine, "mo", action.id, "Done")
    council.complete("mo", REMEDY, CASE)
    council.pass_to(at(2027, 5, 4))
    complete(council, CHECK, CASE, findings=list(FINDINGS))
    return council


def waiting(council):
    rows = council.ask(lambda question: compliance.not_listed(question.connection, question.now))
    return [row for row in rows if row.case_ref == CASE]


def distribute(council):
    council.run(lambda command: cycles.begin_scheduled(command, "compliance_list", date(2027, 5, 28)))
    complete(council, DISTRIBUTE)


def shown(council, person, team):
    rows = listed_actions.of_team(council.engine, person, team).rows
    return [row.action_number for row in rows if row.case_ref == CASE]


def test_each_fact_of_each_action_is_kept(reviewed):
    rows = waiting(reviewed)
    assert [(row.action_number, row.fulfilled, row.completed, row.authorised) for row in rows] == [
        (1, "yes", "yes", "yes"),
        (2, "no", "no", "no"),
    ]
    assert [row.outstanding for row in rows] == [0, 1]
    assert rows[0].standing != rows[1].standing


def test_what_was_reviewed_is_told_once(reviewed):
    distribute(reviewed)
    assert waiting(reviewed) == []
    assert shown(reviewed, "mo", "North CIN") == [1, 2]


def test_the_present_team_of_the_case_is_told(reviewed):
    extracts.apply(reviewed.engine, SOMEBODY, CaseChange(CASE, team="South CIN"))
    distribute(reviewed)
    assert shown(reviewed, "quin", "South CIN") == [1, 2]
    assert shown(reviewed, "mo", "North CIN") == []


def test_what_is_reviewed_after_the_list_was_assembled_waits_for_the_next(reviewed):
    reviewed.run(lambda command: cycles.begin_scheduled(command, "compliance_list", date(2027, 5, 28)))
    reviewed.pass_to(at(2027, 5, 4, 12))
    columns = (column.name for column in finding.c if column.name != "id")
    late = {name: getattr(waiting(reviewed)[0], name) for name in columns}
    late.update(action_number=3, reviewed_at=reviewed.clock.now())
    reviewed.run(lambda command: compliance.add(command.connection, [late]))
    complete(reviewed, DISTRIBUTE)
    assert shown(reviewed, "mo", "North CIN") == [1, 2]
    assert [row.action_number for row in waiting(reviewed)] == [3]


def test_the_letter_leads_to_the_list_of_the_team(reviewed):
    distribute(reviewed)
    (letter,) = [one for one in reviewed.letters("mo") if one.notice == "compliance_list"]
    assert letter.page == compliance_lists.path_of("North CIN") == "/compliance-lists/North%20CIN"
