"""Lists of work, changes to it and corrections, wide and narrow: nothing that axe finds, no sideways scrolling."""

import pytest

from engine.service import instances
from tests.browser.test_accessibility import WIDTHS, look_at
from tests.factories.council import AUDIT, at
from tests.factories.faulty import fails_by_clock

CASE, OTHER = "CF-20931", "CF-30510"


@pytest.fixture
def busy(council):
    """Audits, one of them overdue, and an errand that an incident stopped."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(OTHER, "kim")
    council.deploy(fails_by_clock("script"))
    facts = {"case": CASE, "number": 0, "later": "2027-01-04"}
    council.run(lambda command: instances.begin(command, "errand", facts))
    council.pass_to(at(2027, 1, 6))
    return council


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_changes_and_corrections(busy, sign_in, width):
    page = sign_in("asha", width=width)
    instance = busy.task(AUDIT, OTHER).instance
    pages = {
        "standing": "/standing",
        "standing-list": "/standing/list?due=overdue",
        "standing-list-empty": "/standing/list?team=Nowhere",
        "standing-change": f"/standing/instances/{instance}/change",
        "standing-instance": f"/standing/instances/{instance}",
        "incident-correct": "/standing/incidents/1/correct",
    }
    for name, path in pages.items():
        page.goto(path)
        look_at(page, name)
    page.get_by_role("button", name="Try again with these").click()
    look_at(page, "incident-correct-failed")
    page.goto(pages["standing-change"])
    page.get_by_role("button", name="Give more time").click()
    look_at(page, "standing-change-errors")


def test_the_error_summary_leads_to_the_field(busy, sign_in):
    page = sign_in("asha")
    page.goto(f"/standing/instances/{busy.task(AUDIT, OTHER).instance}/change")
    page.get_by_role("button", name="Give more time").click()
    page.get_by_role("link", name="Say why").click()
    assert page.evaluate("document.activeElement.name") == "reason"
    page.get_by_role("link", name="Enter a day after").click()
    assert page.evaluate("document.activeElement.name") == "day-day"
