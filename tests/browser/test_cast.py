"""Choosing whom to be in the demonstration, by keyboard alone, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request, council, browse: Callable[..., Page]) -> Page:
    council.assign("CF-20931", "kim")
    return browse(scripts=request.param)


def test_one_press_signs_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Work as Kim").press("Enter")
    expect(page.get_by_text("Kim, Specialist")).to_be_visible()


def test_each_person_stands_under_a_heading_of_their_own(page: Page) -> None:
    page.goto("/sign-in")
    expect(page.get_by_role("heading", level=3, name="Kim")).to_be_visible()
    listed = page.get_by_role("list", name="Auditors").get_by_role("listitem")
    expect(listed.filter(has_text="1 task")).to_contain_text("Audit a case record.")
