"""Cancelling a piece of work, wide and narrow: nothing that axe finds, no sideways scrolling."""

from tests.browser.looking import look_at
from tests.factories.council import AUDIT

CASE = "CF-20931"


def test_work_is_cancelled_on_a_page_of_its_own(council, sign_in):
    council.assign(CASE, "kim")
    instance = council.task(AUDIT, CASE).instance
    page = sign_in("asha")
    page.goto(f"/standing/instances/{instance}/cancel")
    page.get_by_role("button", name="Cancel this work").click()
    look_at(page, "standing-cancel-errors")
    page.get_by_role("link", name="Say why").click()
    assert page.evaluate("document.activeElement.name") == "reason"
    page.get_by_label("Why is it cancelled?").fill("Drawn by mistake")
    page.get_by_role("button", name="Cancel this work").click()
    page.wait_for_url(f"**/standing/instances/{instance}")
    look_at(page, "standing-cancelled")
