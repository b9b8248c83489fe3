"""Chromium, and the application served to it on the loopback address over a council of its own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.factories.application import application
from tests.factories.council import ROOT, Council
from webapp.config import Config, for_demonstration

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENSHOTS = ROOT / "var" / "screenshots"
# A sign-in outlives the weeks that a test lets pass.
LASTING = replace(for_demonstration(), longest=timedelta(days=366))


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serve(council: Council, config: Config) -> Iterator[str]:
    """Serve the application of a council while this lasts, and give its address; no cookie of it needs encryption."""
    app = application(council.engine, config)
    app.config.update(SESSION_COOKIE_SECURE=False, SESSION_COOKIE_NAME="casefile")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def site(council: Council) -> Iterator[str]:
    """The address of the application."""
    with serve(council, LASTING) as address:
        yield address


@pytest.fixture
def browse(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """browse(scripts=False) is an empty page of somebody who is not signed in.

    Nothing may go wrong in the browser: no script fails, and nothing is there that the Content Security Policy refuses.
    """
    contexts, wrong = [], []

    def enter(*, scripts: bool = True, width: int = 1280, **options: object) -> Page:
        viewport = {"width": width, "height": 900}
        context = chromium.new_context(base_url=site, java_script_enabled=scripts, viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def sign_in(browse: Callable[..., Page]) -> Callable[..., Page]:
    """sign_in("kim", scripts=False) is a page of somebody signed in, as `browse` gives it."""

    def enter(username: str, **options: object) -> Page:
        page = browse(**options)
        page.goto("/sign-in")
        page.get_by_label("Person").select_option(username)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("/")
        return page

    return enter
