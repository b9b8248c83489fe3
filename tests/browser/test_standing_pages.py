"""Changes to work and corrections where they are refused: nothing that axe finds, and the focus where it helps."""

import pytest

from engine.service import instances
from tests.browser.looking import look_at
from tests.factories.council import at
from tests.factories.faulty import letters_fail
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


def test_two_people_skip_a_step_that_failed(council, sign_in):
    council.deploy(letters_fail())
    council.run(lambda command: instances.begin(command, "errand", {"case": "CF-20931", "first": 0, "second": 1}))
    council.pass_to(at(2026, 12, 4))
    page = sign_in("asha")
    page.goto("/standing/incidents")
    page.get_by_text("Skip this step").click()
    page.get_by_role("button", name="Ask to skip it").click()
    look_at(page, "incidents-skip-errors")
    assert page.get_by_label("Why is it to be skipped?").is_visible(), "the field with the error is unfolded"
    page.get_by_label("Why is it to be skipped?").fill("The letter has a fault; I rang Kim")
    page.get_by_role("button", name="Ask to skip it").click()
    look_at(page, "incidents-skip-asked")
    other = sign_in("gail")
    other.goto("/standing/incidents")
    look_at(other, "incidents-skip-to-decide")
    other.get_by_role("button", name="Agree to skip it").click()
    assert other.get_by_text("the step is skipped, and the work went on").is_visible()
