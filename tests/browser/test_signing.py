"""Before a sign-in ends because nothing is done, the page warns; one press goes on, and a draft outlives the end."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serve
from tests.browser.looking import look_at
from tests.factories.council import AUDIT, Council
from webapp.config import for_demonstration
from webapp.provider import Provider

CASE = "CF-20931"
SHORT = {"idle": timedelta(seconds=9), "warning": timedelta(seconds=6), "longest": timedelta(days=366)}


@pytest.fixture
def config():
    return replace(for_demonstration(), **SHORT)


@pytest.fixture
def site(council: Council, config) -> Iterator[str]:
    with serve(council, config) as address:
        yield address


def test_one_press_stays_signed_in(sign_in: Callable[..., Page]) -> None:
    page = sign_in("kim")
    stay = page.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused(timeout=10_000)
    with page.expect_response("**/stay-signed-in") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    expect(stay).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My tasks")


def test_a_draft_outlives_the_end(council: Council, sign_in: Callable[..., Page]) -> None:
    council.assign(CASE, "kim")
    address = f"/tasks/{council.task(AUDIT, CASE).id}/sections/case_facts"
    page = sign_in("kim")
    page.goto(address)
    page.get_by_label("Day").first.fill("27")
    expect(page.get_by_text("You were signed out because nothing was done")).to_be_visible(timeout=30_000)
    page.get_by_label("Person").select_option("kim")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{address}")
    expect(page.get_by_label("Day").first).to_have_value("27")


def test_the_warning_can_be_read_by_everybody(sign_in: Callable[..., Page]) -> None:
    page = sign_in("kim")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=10_000)
    look_at(page, "idle")


class TestByAProvider:
    @pytest.fixture
    def config(self):
        provider = Provider("https://login.example/metadata", "casefile", "a secret")
        return replace(for_demonstration(), provider=provider)

    def test_its_page_can_be_read_by_everybody(self, browse: Callable[..., Page]) -> None:
        page = browse()
        page.goto("/sign-in")
        expect(page.get_by_role("button", name="Sign in with your council account")).to_be_visible()
        look_at(page, "sign-in-provider")
