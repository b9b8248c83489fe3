"""Two windows of one person on the same form: the one that began earlier stops keeping itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look_at
from tests.factories.council import REMEDY

CASE = "CF-20931"
SLOWLY = """() => {
  const sent = window.fetch;
  const late = (answer) => new Promise((done) => setTimeout(() => done(answer), 1500));
  window.fetch = (...what) => sent(...what).then(late);
}"""


@pytest.fixture
def remedy(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return f"/tasks/{council.task(REMEDY, CASE).id}"


def test_a_window_left_behind_says_so_and_leads_to_the_choice(sign_in, remedy):
    desk, phone = sign_in("mo"), sign_in("mo", width=375)
    for page in (desk, phone):
        page.goto(remedy)
    phone.locator("#authorisation_comment").fill("Typed on the telephone")
    expect(phone.locator("#saved")).to_contain_text("Draft saved at", timeout=10_000)
    desk.locator("#authorisation_comment").fill("Typed at the desk")
    expect(desk.locator("#saved")).to_contain_text("Not saved. Other answers", timeout=10_000)
    look_at(desk, "two-drafts-told")
    desk.get_by_role("button", name="Complete the task").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("two versions of your answers")
    look_at(desk, "two-drafts")
    desk.get_by_label("In your draft: Typed on the telephone").check()
    desk.get_by_role("button", name="Save what I chose").click()
    expect(desk.locator("#authorisation_comment")).to_have_value("Typed on the telephone")


def test_a_page_goes_on_from_what_it_kept_by_itself(sign_in, remedy):
    page = sign_in("mo")
    page.goto(remedy)
    for words in ("First", "First and second"):
        page.locator("#authorisation_comment").fill(words)
        with page.expect_response(remedy, timeout=10_000) as answer:
            pass
        assert answer.value.status == 200
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Draft saved")


def test_what_is_being_kept_is_no_other_window(sign_in, remedy):
    page = sign_in("mo")
    page.goto(remedy)
    page.evaluate(SLOWLY)
    page.locator("#authorisation_comment").fill("First")
    with page.expect_response(remedy, timeout=10_000):
        pass
    page.locator("#authorisation_comment").fill("First and second")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Draft saved", timeout=10_000)
    expect(page.locator("#authorisation_comment")).to_have_value("First and second")
