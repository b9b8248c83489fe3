"""What scripts add to the pages: drafts kept by themselves, questions that come and go, focus on what is wrong."""

import pytest
from playwright.sync_api import expect

from tests.factories.council import AUDIT

CASE = "CF-20931"


@pytest.fixture
def audit(council):
    council.assign(CASE, "kim")
    return f"/tasks/{council.task(AUDIT, CASE).id}"


def test_what_is_typed_is_kept_by_itself(sign_in, audit):
    page = sign_in("kim")
    page.goto(f"{audit}/sections/case_facts")
    page.get_by_label("Day").first.fill("27")
    expect(page.locator("#saved")).to_contain_text("Draft saved at", timeout=10_000)
    page.reload()
    expect(page.get_by_label("Day").first).to_have_value("27")


def test_a_draft_that_cannot_be_kept_says_so(sign_in, audit):
    page = sign_in("kim")
    page.goto(f"{audit}/sections/case_facts")
    page.route("**/sections/case_facts", lambda route: route.abort())
    page.get_by_label("Day").first.fill("27")
    expect(page.locator("#saved")).to_contain_text("Not saved.", timeout=10_000)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_appears_with_the_answer_that_brings_it_up(sign_in, audit, scripts):
    page = sign_in("kim", scripts=scripts)
    page.goto(f"{audit}/sections/how_audited")
    why = page.get_by_label("Why did you not speak to the social worker?")
    expect(why).to_be_visible(visible=not scripts)
    page.get_by_role("group", name="Did you speak to the social worker?").get_by_label("Tried").check()
    expect(why).to_be_visible()
    page.get_by_role("group", name="Did you speak to the social worker?").get_by_label("Yes").check()
    expect(why).to_be_visible(visible=not scripts)


def test_the_focus_is_on_what_is_wrong_and_leads_to_the_field(sign_in, audit):
    page = sign_in("kim")
    page.goto(f"{audit}/sections/case_facts")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#age_band")).to_be_focused()


def test_enter_in_a_field_goes_on_and_removes_nothing(sign_in, audit):
    page = sign_in("kim", scripts=False)
    page.goto(f"{audit}/sections/case_facts")
    page.get_by_label("Day").first.fill("27")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label("Day").first).to_have_value("27")


def test_the_menu_of_a_phone_opens(sign_in):
    page = sign_in("kim", width=375)
    expect(page.get_by_role("link", name="Start something")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Start something").click()
    expect(page.get_by_role("heading", name="Start something")).to_be_visible()
