"""The first set-up and an invitation, wide and narrow."""

from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server

from engine.service.council import set_up
from tests.browser.test_accessibility import WIDTHS, look_at
from tests.factories.council import MORNING, Council
from webapp.application import create_app
from webapp.config import Config


@pytest.fixture
def unset(database) -> Iterator[tuple[str, str]]:
    """The address of a council that is not set up, and its code."""
    council = Council(database, MORNING)
    app = create_app(council.engine, Config("k" * 40))
    app.config.update(SESSION_COOKIE_SECURE=False, SESSION_COOKIE_NAME="casefile")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", str(set_up.make_code(council.engine, "the tests"))
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_council_is_set_up_in_the_browser(unset, chromium, width):
    address, code = unset
    context = chromium.new_context(base_url=address, viewport={"width": width, "height": 900})
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
    page.goto("/directory/people/gail")
    page.get_by_role("button", name="Send an invitation").click()
    look_at(page, "set-up-invited")
    context.close()
