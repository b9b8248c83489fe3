"""The first set-up and an invitation, wide and narrow."""

from collections.abc import Iterator

import pytest

from engine.service.council import set_up
from tests.browser.conftest import serve
from tests.browser.looking import look_at
from tests.factories.addresses import of_person
from tests.factories.council import MORNING, Council
from webapp.config import Config


@pytest.fixture
def unset(database) -> Iterator[tuple[str, str]]:
    """The address of a council that is not set up, and its code."""
    council = Council(database, MORNING)
    with serve(council, Config("k" * 40)) as address:
        yield address, str(set_up.make_code(council.engine, "the tests"))


def test_a_council_is_set_up_in_the_browser(unset, chromium):
    address, code = unset
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.goto("/set-up")
    look_at(page, "set-up")
    page.get_by_role("button", name="Go on").click()
    look_at(page, "set-up-errors")
    page.fill("#code", code)
    page.fill("#name", "Gail")
    page.fill("#username", "gail")
    page.select_option("#post", index=1)
    page.fill("#email", "gail@example.org")
    page.fill("#password", "four words stand together")
    page.get_by_role("button", name="Go on").click()
    look_at(page, "set-up-list")
    page.get_by_role("button", name="Put the policy of this installation into force").click()
    look_at(page, "set-up-list-with-policy")
    page.goto(of_person("gail", key="k" * 40))
    page.get_by_role("button", name="Send an invitation").click()
    look_at(page, "set-up-invited")
    context.close()
