"""A review is graded blind, and stands beside the audit for those who may read both (I-08, I-13, R-31, R-75, M5)."""

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service.case_file import around, blind_grades, comparison, entered
from engine.service.tasks import work
from engine.store import submissions
from tests.factories.council import AUDIT, REVIEW, at

CASE = "CF-20931"
ALIKE = ("chronology_grade", "assessment_grade", "voice_grade", "plan_grade", "oversight_grade", "difference_grade")
MINE = {
    "safety_grade": "inadequate",
    **dict.fromkeys(ALIKE, "good"),
    "overall_grade": "requires_improvement",
}


@pytest.fixture
def audit(council):
    """An audit that waits for its review, beside another audit in review."""
    council.assign("CF-20932", "zoe", drawn=True)
    council.authorise_audit("CF-20932")
    row = council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE, 1)
    council.clock.move_to(at(2026, 12, 2))
    return row.id


@pytest.fixture
def reviewer(council, audit):
    return council.task(REVIEW, CASE).assignee


def keep(council, person, **given):
    task = council.task(REVIEW, CASE)
    blind_grades.keep(council.engine, person, task.id, {**MINE, **given})
    return task


def compared(council, person, audit):
    return comparison.of_audit(council.engine, person, CASE, audit)


def reads(council, person, audit):
    return [one.view.name for one in entered.of_audit(council.engine, person, CASE, audit).entered]


def test_the_reviewer_reads_nothing_of_the_audit_before_their_own_grades_are_kept(council, audit, reviewer):
    assert reads(council, reviewer, audit) == []
    with pytest.raises(NotAllowed):
        compared(council, reviewer, audit)
    assert around.of_task(council.engine, reviewer, council.task(REVIEW, CASE).id).grades_first
    keep(council, reviewer)
    assert reads(council, reviewer, audit) == ["audit.json"]
    found = around.of_task(council.engine, reviewer, council.task(REVIEW, CASE).id)
    assert (found.grades_first, found.compared) == (False, True)


def test_an_officer_who_does_not_review_it_reads_it_as_before(council, audit, reviewer):
    other = next(one for one in ("bev", "dan", "eve", "finn") if one != reviewer)
    assert "audit.json" in reads(council, other, audit)


def test_what_differs_is_told_line_by_line_and_the_auditors_answers_stay(council, audit, reviewer):
    keep(council, reviewer)
    found = compared(council, reviewer, audit)
    assert (found.auditor, found.reviewer) == ("kim", reviewer)
    assert [one.id for one in found.lines] == list(MINE)
    assert {one.id for one in found.lines if one.differs} == {"safety_grade", "overall_grade"}
    overall = found.lines[-1]
    assert (overall.auditor, overall.reviewer, overall.section) == ("Good", "Requires improvement", "Overall")
    assert found.lines[0].evidence
    assert found.said == ()


def test_nobody_else_reads_grades_that_are_only_kept(council, audit, reviewer):
    keep(council, reviewer)
    for person in ("kim", "asha", "mo"):
        with pytest.raises(NotAllowed):
            compared(council, person, audit)
    assert "quality_assurance.json" not in reads(council, "kim", audit)


def test_when_the_review_is_sent_the_auditor_compares_it_and_the_manager_does_not(council, audit, reviewer):
    task = keep(council, reviewer)
    council.clock.move_to(at(2026, 12, 3))
    later = {**MINE, "safety_grade": "good", "outcome": "agreed_with_changes", "reason": "The plan is not dated."}
    work.complete(council.engine, reviewer, task.id, council.filled(task, **later))
    found = compared(council, "kim", audit)
    safety = found.lines[0]
    assert (safety.differs, safety.reviewer, safety.reviewer_now) == (True, "Inadequate", "Good")
    assert ("What should change, and why?", "The plan is not dated.") in found.said
    assert "quality_assurance.json" in reads(council, "kim", audit)
    with pytest.raises(NotAllowed):
        compared(council, "mo", audit)
    with pytest.raises(NotFound):
        compared(council, "zoe", audit)


def test_an_audit_that_is_amended_shows_both_answers(council, audit, reviewer):
    council.complete(reviewer, REVIEW, CASE, outcome="returned", reason="Look at the plan again")
    council.complete("kim", "Amend the audit", CASE, overall_grade="requires_improvement")
    overall = compared(council, "kim", audit).lines[-1]
    assert (overall.auditor, overall.auditor_now) == ("Good", "Requires improvement")


def test_grades_are_kept_whole_and_once(council, audit, reviewer):
    with pytest.raises(Invalid) as refusal:
        keep(council, reviewer, plan_grade="")
    assert set(refusal.value.errors) == {"plan_grade"}
    keep(council, reviewer)
    with pytest.raises(NotNow):
        keep(council, reviewer)
    instance = council.task(REVIEW, CASE).instance
    kept = council.ask(lambda question: submissions.of_instance(question.connection, instance))
    assert [row.answers for row in kept] == [MINE]


def test_only_the_reviewer_keeps_grades_and_only_of_a_review(council, audit, reviewer):
    with pytest.raises(NotAllowed):
        keep(council, "kim")
    council.assign("CF-20933", "kim")
    with pytest.raises(NotNow):
        blind_grades.keep(council.engine, "kim", council.task(AUDIT, "CF-20933").id, MINE)


def test_before_the_audit_is_authorised_there_is_nothing_to_compare(council):
    identifier = council.assign(CASE, "kim").id
    with pytest.raises(NotAllowed):
        compared(council, "kim", identifier)
