"""A reviewer grades blind on the page, then compares; differences are marked in words."""

import pytest

from engine.service.tasks import work
from tests.factories.council import REVIEW

CASE = "CF-20931"
ALIKE = ("chronology_grade", "assessment_grade", "voice_grade", "plan_grade", "oversight_grade", "difference_grade")
MINE = {
    "safety_grade": "inadequate",
    **dict.fromkeys(ALIKE, "good"),
    "overall_grade": "requires_improvement",
}


@pytest.fixture
def review(council, visit):
    """The page on which an officer reviews the audit of Kim."""
    council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE, 1)
    task = council.task(REVIEW, CASE)
    return visit(task.assignee).open(f"/tasks/{task.id}")


def test_grades_are_kept_and_lead_to_the_comparison(review):
    page = review.press("Keep my grades and compare", **MINE)
    assert page.title == f"Audit and review of {CASE} – Casefile"
    assert "2 of 8 answers differ." in page.text
    assert len(page.all("tbody th")) == 2
    assert page.all("tbody .govuk-tag") == ["≠ Different"] * 2
    everything = page.visitor.open(page.links()["Show all 8 answers"])
    assert len(everything.all("tbody tr")) == 8
    assert everything.text.count("= Same") == 6
    back = everything.visitor.open(everything.links()["Show only what differs"])
    assert back.visitor.open(back.links()["The review"]).path == review.path
    assert len(everything.visitor.open(everything.links()["Show only what differs"]).all("tbody tr")) == 2


def test_a_grade_that_is_missing_is_named_and_what_was_chosen_stays(review):
    page = review.press("Keep my grades and compare", **MINE | {"plan_grade": ""})
    assert page.status == 422
    assert list(page.problems()) == ["#plan_grade"]
    assert page.value("safety_grade") == "inadequate"


def test_after_that_the_review_leads_to_the_comparison_and_is_sent(council, review):
    review.press("Keep my grades and compare", **MINE)
    page = review.visitor.open(review.path)
    assert "Compare your grades with the auditor’s" in page.links()
    page = page.press(
        "Complete the task", no_advice=["confirmed"], outcome="agreed_with_changes", reason="Date the plan"
    )
    assert page.path == "/"


def test_the_auditor_finds_the_comparison_when_the_review_is_sent(council, review, visit):
    task = council.task(REVIEW, CASE)
    address = f"/cases/{CASE}/audits/{task.audit}"
    assert "Compare the audit with its review" not in visit("kim").open(address).links()
    assert visit("kim").open(f"{address}/comparison").status == 403
    work.complete(council.engine, task.assignee, task.id, council.filled(task, **MINE, outcome="agreed"))
    page = visit("kim").open(address)
    page = page.visitor.open(page.links()["Compare the audit with its review"])
    assert "2 of 8 answers differ." in page.text
    assert "≠ Different" in page.text
    assert visit("mo").open(page.path).status == 403
