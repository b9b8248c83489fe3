"""Choosing whom to be in the demonstration, by keyboard alone, and without scripts."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import WIDTHS, look_at


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request, council, chromium: Browser, site: str) -> Iterator[Page]:
    council.assign("CF-20931", "kim")
    context = chromium.new_context(base_url=site, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_one_press_signs_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Work as Kim").press("Enter")
    expect(page.get_by_text("Kim, Specialist")).to_be_visible()


def test_each_person_stands_under_a_heading_of_their_own(page: Page) -> None:
    page.goto("/sign-in")
    expect(page.get_by_role("heading", level=3, name="Kim")).to_be_visible()
    listed = page.get_by_role("list", name="Auditors").get_by_role("listitem")
    expect(listed.filter(has_text="1 task")).to_contain_text("Audit a case record.")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_can_be_read_by_everybody(sign_in: Callable[..., Page], width: int) -> None:
    page = sign_in("kim", width=width)
    page.get_by_role("button", name="Sign out").click()
    look_at(page, "cast")
