"""After an audit graded Inadequate the case is recovered and audited again by others (good practice 4; R-25)."""

import pytest

from engine.errors import Invalid, NotAllowed, NotNow
from engine.service.record_system import extracts
from engine.service.tasks import work
from engine.store import audits, re_audits
from tests.factories.council import AUDIT, SOMEBODY, at

CASE = "CF-20931"
CONVERSATION, PLAN = "Hold the conversation about the audit", "Write the recovery plan"
FIRST, SECOND = "Assign the first re-audit", "Assign the second re-audit"
BOTH = ["practice_manager", "service_manager"]


def graded(council, grade, case=CASE, auditor="kim"):
    council.assign(case, auditor)
    council.complete(auditor, AUDIT, case, overall_grade=grade)


def to_first_re_audit(council):
    graded(council, "inadequate")
    council.complete("asha", CONVERSATION, CASE, spoken_with=BOTH)
    council.complete("mo", PLAN, CASE)
    council.pass_to(at(2027, 1, 15))


@pytest.fixture
def due(council):
    to_first_re_audit(council)
    return council


def re_audits_of(council):
    first = council.ask(lambda question: audits.of_case(question.connection, CASE))[-1]
    return council.ask(lambda question: re_audits.of_audit(question.connection, first.id))


@pytest.mark.parametrize("grade", ["outstanding", "good", "requires_improvement"])
def test_any_other_grade_needs_no_recovery(council, grade):
    graded(council, grade)
    assert CONVERSATION not in council.titles(CASE)


def test_all_three_managers_are_told_the_same_day(council):
    graded(council, "inadequate")
    assert CONVERSATION in council.titles(CASE)
    for person in ("asha", "mo", "oz"):
        assert "audit_inadequate" in [letter.notice for letter in council.letters(person, CASE)]


def test_the_conversation_needs_both_managers(council):
    graded(council, "inadequate")
    task = council.task(CONVERSATION, CASE)
    raw = {**council.filled(task, spoken_with=BOTH), "spoken_with": ["practice_manager", "auditor"]}
    with pytest.raises(Invalid):
        work.complete(council.engine, "asha", task.id, raw)


def test_the_case_is_audited_again_six_weeks_after_the_audit(due):
    due.complete("gail", FIRST, CASE, still_needed="yes", re_auditor="zoe")
    (row,) = re_audits_of(due)
    again = due.audit(row.audit)
    assert (again.auditor, again.case_ref, again.cycle, again.state) == ("zoe", CASE, None, "assigned")
    assert due.holders(due.task(AUDIT, CASE)) == ("zoe",)


def test_nobody_with_a_conflict_audits_again_and_the_task_stays(due):
    before = due.dump()
    for person, reason in (("kim", "audited this case 1 months ago"), ("mo", "in the auditor's own team")):
        with pytest.raises(NotAllowed, match=reason):
            due.complete("gail", FIRST, CASE, still_needed="yes", re_auditor=person)
    assert due.dump() == before


def test_nothing_begins_when_it_is_no_longer_needed(due):
    due.complete("gail", FIRST, CASE, still_needed="no")
    assert re_audits_of(due) == []
    due.pass_to(at(2027, 3, 2))
    due.complete("gail", SECOND, CASE, still_needed="no")
    assert AUDIT not in due.titles(CASE)


def test_a_closed_case_is_not_audited_again(due):
    extracts.apply(due.engine, SOMEBODY, extracts.CaseChange(CASE, status="closed"))
    with pytest.raises(NotNow, match="the case is closed"):
        due.complete("gail", FIRST, CASE, still_needed="yes", re_auditor="zoe")


def test_three_months_after_the_audit_it_is_audited_once_more(due):
    due.complete("gail", FIRST, CASE, still_needed="yes", re_auditor="zoe")
    due.complete("zoe", AUDIT, CASE, overall_grade="good")
    due.pass_to(at(2027, 3, 2))
    due.complete("gail", SECOND, CASE, still_needed="yes", re_auditor="bev")
    assert [due.audit(row.audit).auditor for row in re_audits_of(due)] == ["zoe", "bev"]
