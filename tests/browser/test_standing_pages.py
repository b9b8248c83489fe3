"""Changes to work and corrections where they are refused: nothing that axe finds, and the focus where it helps."""

import pytest

from tests.browser.looking import look_at
from tests.factories.scenes import standing


@pytest.fixture
def instance(council):
    """The instance of an audit under way; beside it an incident stopped an errand."""
    return standing(council)["instance"]


def test_refused_changes_and_corrections(instance, sign_in):
    page = sign_in("asha")
    page.goto("/standing/incidents/1/correct")
    page.get_by_role("button", name="Try again with these").click()
    look_at(page, "incident-correct-failed")
    page.goto(f"/standing/instances/{instance}/change")
    page.get_by_role("button", name="Give more time").click()
    look_at(page, "standing-change-errors")


def test_the_error_summary_leads_to_the_field(instance, sign_in):
    page = sign_in("asha")
    page.goto(f"/standing/instances/{instance}/change")
    page.get_by_role("button", name="Give more time").click()
    page.get_by_role("link", name="Say why").click()
    assert page.evaluate("document.activeElement.name") == "reason"
    page.get_by_role("link", name="Enter a day after").click()
    assert page.evaluate("document.activeElement.name") == "day-day"
