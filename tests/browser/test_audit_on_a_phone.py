"""An auditor fills in and authorises a whole audit on a phone, by touch, and the connection fails on the way."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.factories.council import AUDIT

CASE = "CF-20931"
PHONE = {"width": 375, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
GOOD = ("Good", "Yes", "Mostly")
SAFE = {"2.1 Is there anything suggesting the child is not safe today?": "No"}
LONGER = "Seen alone twice, and her own words are there."


class Finger(Desk):
    """Somebody with a phone: what they press, they touch."""

    def press(self, button: str) -> "Finger":
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=button, exact=True).tap()
        self._arrived()
        return self

    def _answer(self, asked: Mapping[str, Any], given: str | None, choices: Any) -> None:
        if asked["kind"] not in ("radio", "checkbox"):
            super()._answer(asked, given, choices)
            return
        best = next((one for one in choices if one in asked["answers"]), asked["answers"][0])
        chosen = [given] if given else [best] if asked["kind"] == "radio" else asked["answers"]
        main = self.page.get_by_role("main")
        scope = main.get_by_role("group", name=asked["row"], exact=True) if asked["row"] else main
        for one in chosen:
            scope.get_by_role("group", name=asked["question"], exact=True).get_by_text(one, exact=True).first.tap()


@pytest.fixture
def phone(council, sign_in) -> Finger:
    council.assign(CASE, "kim")
    return Finger(sign_in("kim", **PHONE), council.clock.now().date(), scripts=True)


def small(page: Page) -> list[str]:
    """What is pressed on a page and smaller than 24 pixels, but for links within sentences (WCAG 2.5.8)."""
    return page.evaluate("""() => [...document.querySelectorAll("main :is(button, select, input, textarea, label)")]
      .filter((one) => one.checkVisibility() && one.type !== "hidden" && !one.ariaHidden && one.offsetHeight < 24)
      .map((one) => one.outerHTML.slice(0, 100))""")


def test_a_whole_audit_by_touch(council, phone):
    phone.task(AUDIT, CASE).follow("0. Case facts")
    sections = 0
    while "/sections/" in phone.page.url:
        before, sections = phone.page.url, sections + 1
        phone.answer(SAFE, GOOD)
        if phone.page.get_by_role("heading", name="20. Remedial actions").is_visible():
            phone.press("Add a remedial action").answer({"What must be done?": "Date the plan"})
        assert small(phone.page) == []
        phone.press("Save and continue")
        assert phone.page.url != before, phone.page.get_by_role("main").inner_text()
    assert sections > 15
    assert set(phone.page.locator(".govuk-task-list__status").all_inner_texts()) == {"Completed", "Optional"}
    phone.press("Complete the task").sees("The task is completed.")
    assert [row.what for row in council.actions(CASE)] == ["Date the plan"]


def test_what_is_typed_outlives_a_lost_connection(phone):
    page = phone.task(AUDIT, CASE).follow("2. Safety now").page
    page.context.set_offline(True)
    page.get_by_label("Merits", exact=True).fill(LONGER)
    page.get_by_role("button", name="Save and continue").tap()
    expect(page.get_by_role("status").filter(has_text="Not sent: there is no connection.")).to_be_in_viewport()
    expect(page.get_by_label("Merits", exact=True)).to_have_value(LONGER)
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Draft saved at", timeout=10_000)
    page.reload()
    expect(page.get_by_label("Merits", exact=True)).to_have_value(LONGER)
