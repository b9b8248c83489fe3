"""Practising at both widths: nothing for the accessibility engine to complain about, refused or accepted."""

from playwright.sync_api import expect

from tests.browser.looking import look_at
from tests.service.monthly import population


def test_answers_that_would_be_refused(council, sign_in):
    page = sign_in("kim")
    page.goto("/help/practise/concern_raising")
    page.get_by_role("button", name="Try it: nothing is kept").click()
    look_at(page, "practice-refused")


def test_answers_that_would_be_accepted(council, sign_in):
    page = sign_in("kim")
    page.goto("/help/practise/acknowledge_audit")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Try it: nothing is kept").click()
    assert page.get_by_text("These answers would be accepted").is_visible()
    look_at(page, "practice-accepted")


def test_a_long_form_section_by_section(council, sign_in):
    page = sign_in("kim")
    page.goto("/help/practise/audit")
    page.get_by_role("button", name="Try it: nothing is kept").click()
    look_at(page, "practice-sections")
    page.get_by_role("alert").get_by_role("button").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look_at(page, "practice-section")
    page.get_by_role("button", name="Continue").click()
    look_at(page, "practice-section-refused")


def test_a_list_that_is_only_looked_at(council, sign_in):
    page = sign_in("hal")
    page.goto("/help/practise/population_upload")
    page.get_by_role("button", name="Upload and check the file").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.set_input_files("input[type=file]", {"name": "cases.csv", "mimeType": "text/csv", "buffer": population()})
    page.get_by_role("button", name="Upload and check the file").click()
    look_at(page, "practice-list")
