"""A long form, a section at a time: going about in it, rows of it, and completing it."""

import pytest

from engine.service.tasks import work
from tests.factories.council import AUDIT

CASE = "CF-20931"


@pytest.fixture
def audit(council, visit):
    """The sections of Kim's audit."""
    council.assign(CASE, "kim")
    return visit("kim").open(f"/tasks/{council.task(AUDIT, CASE).id}")


def section(page, name):
    return page.visitor.open(f"{page.path}/sections/{name}")


def filled_in(council, **given):
    task = council.task(AUDIT, CASE)
    work.save_draft(council.engine, "kim", task.id, council.filled(task, **given))


def test_the_sections_are_listed_with_how_far_each_is(council, audit):
    assert "You have completed 0 of 19 sections: 0 of" in audit.text
    assert "Not applicable here: 13." in audit.text
    assert audit.links()["2. Safety now"].endswith("/sections/safety_now") or "2. Safety now" in audit.links()
    filled_in(council, remedial_action_required="no")
    assert set(audit.visitor.open(audit.path).all(".govuk-task-list__status")) == {"Completed", "Optional"}


def test_going_on_needs_this_section_and_no_other(audit):
    page = section(audit, "case_facts").press("Save and continue")
    assert page.status == 422
    fields = ["#age_band", "#child_status", "#date_opened-day", "#last_contact-day", "#facts_right"]
    assert list(page.problems()) == fields
    answers = {
        "age_band": "age_5_to_9", "child_status": "child_in_need", "facts_right": "yes",
        "date_opened__day": "3", "date_opened__month": "3", "date_opened__year": "2025",
        "last_contact__day": "15", "last_contact__month": "11", "last_contact__year": "2026",
    }  # fmt: skip
    following = page.press("Save and continue", **answers)
    assert following.status == 200
    assert following.path.endswith("/sections/how_audited")


def test_going_to_another_section_keeps_what_was_typed(audit):
    page = section(audit, "case_facts").press("1. How this audit was done", date_opened__day="31")
    assert page.path.endswith("/sections/how_audited")
    assert section(audit, "case_facts").value("date_opened-day") == "31"


def test_completing_a_form_with_gaps_leads_to_each_gap(audit):
    page = audit.press("Complete the task")
    assert page.status == 422
    address = next(one for one in page.problems() if one.endswith("#age_band"))
    gap = page.visitor.open(address)
    assert gap.path.endswith("/sections/case_facts")
    assert gap.problem_at("age_band") == page.problems()[address].removeprefix("Case facts: ")


def test_a_finished_audit_is_authorised_once_however_often_the_button_is_pressed(council, audit):
    filled_in(council, remedial_action_required="no")
    page = audit.visitor.open(audit.path)
    address, fields = page.sent_by("Complete the task", {})
    assert [page.visitor.send(address, fields).path for _ in range(2)] == ["/", "/"]
    assert council.titles(CASE) == ["Acknowledge the audit"]


def test_rows_are_added_and_removed_without_scripts(council, audit):
    page = section(audit, "remedial")
    page = page.press("Save draft", remedial_action_required="yes").press("Add a")
    page = page.press("Add another", remedial_actions__0__what="Update the chronology")
    assert page.value("remedial_actions-0-what") == "Update the chronology"
    page = page.press("Add another", remedial_actions__1__what="Date the plan")
    page = page.press("Remove remedial action 1")
    assert page.value("remedial_actions-0-what") == "Date the plan"
    assert "remedial_actions-2-what" not in page.tree.forms[1].fields


def test_the_first_draft_begins_the_audit(council, audit):
    section(audit, "case_facts").press("Save draft", facts_right="yes")
    assert council.audit(council.task(AUDIT, CASE).audit).begun_at is not None


def test_a_note_says_which_question_it_is_a_note_to(audit):
    labels = section(audit, "safety").all("label.govuk-label--s")
    assert "Evidence for 2.2" in labels
    assert len(labels) == len(set(labels))


def test_a_section_that_does_not_exist_is_not_found(audit):
    assert section(audit, "no_such_section").status == 404
