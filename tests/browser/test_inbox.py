"""The inbox and the pages of one's own settings, wide and narrow, and the keys that move through them."""

import pytest

from engine.service.inboxes import filters
from engine.service.inboxes.inbox import Wanted
from engine.service.people import absences
from engine.service.tasks import work
from tests.browser.looking import look_at
from tests.factories.council import REMEDY, at

CASE, OTHER = "CF-20931", "CF-30510"


@pytest.fixture
def busy(council):
    """Kim has an audit; Mo, who is away from today, has remedial actions; Gail looks after all of it."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(OTHER, "kim")
    council.assign("CF-40077", "kim")
    absences.record(council.engine, "mo", at(2026, 12, 1).date(), at(2026, 12, 24).date())
    filters.save(council.engine, "gail", "Audits", Wanted("everybody", process="case_audit"))
    return council


def test_refusals_and_what_is_made_in_the_list_and_the_settings(busy, sign_in):
    page = sign_in("gail")
    page.goto("/?view=everybody")
    page.get_by_label("Choose Audit the case record").first.check()
    page.get_by_text("Remind about, give away or give back").click()
    page.get_by_role("button", name="Give them to this person").click()
    look_at(page, "steer-errors")
    page.get_by_role("button", name="Remind whoever has them").click()
    look_at(page, "steered")
    page.goto("/?view=everybody")
    page.get_by_text("Save what you are looking for").click()
    page.get_by_role("button", name="Save this filter").click()
    look_at(page, "inbox-errors")
    page = sign_in("oz")
    page.goto(f"/tasks/{busy.task(REMEDY, CASE).id}/pass-on")
    page.get_by_role("button", name="Pass it on").click()
    look_at(page, "pass-on-errors")
    page = sign_in("mo")
    page.goto("/settings")
    page.get_by_role("button", name="Record this absence").click()
    look_at(page, "settings-errors")
    page.goto("/settings")
    page.get_by_role("button", name="Make a calendar address").click()
    look_at(page, "settings-calendar")


def test_passing_on_from_the_list(busy, sign_in):
    page = sign_in("oz")
    page.get_by_label(f"Choose {REMEDY} for {CASE}").check()
    page.get_by_text("Pass on the tasks you chose").click()
    look_at(page, "inbox-pass-on")
    page.get_by_role("button", name="Pass them on").click()
    look_at(page, "inbox-pass-on-errors")


def test_keys_move_through_the_list_and_to_other_pages(busy, sign_in):
    page = sign_in("kim")
    first, second = page.locator("[data-row]").all_text_contents()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == second
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("/settings")
    page.get_by_label("Day").first.focus()
    page.keyboard.type("gi?jk")
    assert page.url.endswith("/settings")
    page.get_by_role("heading", name="My settings").click()
    page.keyboard.press("?")
    page.wait_for_url("/help#keyboard")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("/")


def test_keys_do_nothing_once_they_are_turned_off(busy, sign_in):
    page = sign_in("kim")
    page.goto("/settings")
    page.get_by_label("Let single keys").uncheck()
    page.get_by_role("button", name="Keep these choices").click()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_timeout(300)
    assert page.url.endswith("/settings")


def test_work_is_taken_in_the_list_without_scripts(busy, sign_in):
    task = busy.task(REMEDY, CASE)
    work.take(busy.engine, "oz", task.id)
    page = sign_in("oz", scripts=False)
    page.get_by_role("button", name="Give it back").click()
    assert "You have given this task back." in page.content()
