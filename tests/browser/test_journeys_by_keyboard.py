"""Whole journeys with the keyboard alone, beside those of an audit, of actions and of a concern."""

import pytest
from playwright.sync_api import expect

from tests.factories.council import REMEDY, REVIEW
from tests.factories.keyboard import Keyboard
from tests.factories.scenes import CASE, GRADES, reports, standing
from tests.service.monthly import UPLOAD, draw, population

CLOSABLE = "CF-30510"
PERIOD = "November 2026"
REASON = {"closing_reason": "The plan is finished", "other_assessments": "yes"}


def follow(page, *links):
    """Go from page to page by their links."""
    for link in links:
        Keyboard(page, {}).go_to_link(link)


def press(page, button, **answers):
    """Answer what is passed on the way to a button, and press it."""
    Keyboard(page, answers).go_to_button(button)


def unfold(page, words, **answers):
    """Answer what is passed on the way to what is folded away, and unfold it."""
    Keyboard(page, answers).unfold(words)


def test_signing_in_after_skipping_to_what_the_page_is_about(council, browse):
    page = browse()
    page.goto("/sign-in")
    assert Keyboard(page, {}).tab()["words"] == "Skip to main content"
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    press(page, "Sign in")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Person")).to_be_focused()
    page.goto("/sign-in")
    press(page, "Sign in", username="kim")
    expect(page.get_by_role("heading", level=1)).to_contain_text("My tasks")


def test_a_review_and_its_comparison(council, sign_in):
    council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE, 1)
    task = council.task(REVIEW, CASE)
    page = sign_in(task.assignee)
    follow(page, REVIEW)
    press(page, "Keep my grades and compare", **GRADES)
    follow(page, "Show all", "The review")
    press(page, "Complete the task", **council.filled(task, **GRADES, outcome="agreed"))
    expect(page.get_by_text("The task is completed.")).to_be_visible()


def test_asking_to_close_a_case(council, sign_in):
    page = sign_in("lee")
    follow(page, "Find a case")
    press(page, "Find", reference=CLOSABLE)
    follow(page, "Ask to close a case")
    press(page, "Send")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    press(page, "Send", **REASON)
    follow(page, "Closure certificate")
    expect(page.get_by_role("heading", name="Closure certificate")).to_be_visible()


def test_uploading_the_population_list(council, sign_in):
    page = sign_in("hal")
    follow(page, UPLOAD)
    press(page, "Upload and check the file")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Case population list")).to_be_focused()
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Space")
    choosing.value.set_files({"name": "cases.csv", "mimeType": "text/csv", "buffer": population()})
    press(page, "Upload and check the file")
    press(page, "Complete the task")
    expect(page.get_by_text("The task is completed.")).to_be_visible()


def test_drawing_again(council, sign_in):
    draw(council)
    page = sign_in("asha")
    follow(page, "Audit periods", PERIOD, "The draw and its certificate")
    press(page, "Draw it again and compare")
    expect(page.get_by_text("Drawn again, the sample is the same")).to_be_visible()


def test_from_where_everything_stands_to_more_time(council, sign_in):
    standing(council)
    page = sign_in("asha")
    follow(page, "Where everything stands", "All work in a list")
    press(page, "Show these", due="overdue")
    follow(page, CLOSABLE, "Change how this work stands")
    press(page, "Give more time")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    press(page, "Give more time", **{"day-day": "29", "day-month": "1", "day-year": "2027", "reason": "The team moved"})
    expect(page.get_by_text("The task has more time.")).to_be_visible()


def test_several_tasks_at_once_and_back_to_the_list(council, sign_in):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    page = sign_in("gail")
    follow(page, "Everybody’s")
    unfold(page, "Remind about")
    press(page, "Remind whoever has them")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    follow(page, "Back to the tasks")
    chosen = page.get_by_label(f"Choose {REMEDY} for {CASE}").get_attribute("value")
    unfold(page, "Remind about", task=[chosen])
    press(page, "Remind whoever has them")
    expect(page.get_by_text("1 task was done.")).to_be_visible()
    follow(page, "Go back to the tasks")
    expect(page.get_by_role("heading", level=1)).to_contain_text("My tasks")


class TestReports:
    @pytest.fixture
    def council(self, reported):
        return reported

    def test_reading_a_report_and_the_cases_behind_a_figure(self, council, sign_in):
        reports(council)
        page = sign_in("asha")
        follow(page, "Figures and reports", "Monthly report to the Performance Management Meeting")
        expect(page.get_by_role("main").get_by_role("link", name="Excel", exact=True)).to_be_visible()
        behind = page.get_by_role("link").filter(has_text="the cases behind").first.inner_text()
        Keyboard(page, {}).go_to_link(behind.strip())
        expect(page.get_by_role("table").first).to_be_visible()
