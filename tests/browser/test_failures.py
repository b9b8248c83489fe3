"""Pages of what goes wrong on the way: as accessible as all others, and honest about what was kept."""

import json

import pytest
from playwright.sync_api import expect
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge, TooManyRequests

from engine.errors import Busy, DatabaseUnusable
from engine.service.case_file import casework
from tests.browser.looking import complaints_about

CASE = "CF-20931"
FAILURES = {
    "method": (MethodNotAllowed(), 405),
    "large": (RequestEntityTooLarge(), 413),
    "often": (TooManyRequests(), 429),
    "failed": (RuntimeError("nobody expected this"), 500),
    "busy": (Busy(), 503),
    "unusable": (DatabaseUnusable(database="casefile", reason="it is being moved"), 503),
}


@pytest.fixture
def case_fails(monkeypatch):
    """case_fails(error) lets the page of a case fail with an error."""

    def fail(error: Exception) -> None:
        def case_page(*_given: object) -> None:
            raise error

        monkeypatch.setattr(casework, "case_page", case_page)

    return fail


def test_a_page_of_each_failure(council, sign_in, case_fails):
    page, found = sign_in("kim"), []
    for name, (error, status) in FAILURES.items():
        case_fails(error)
        answer = page.goto(f"/cases/{CASE}")
        assert answer.status == status, name
        expect(page.get_by_role("link", name="Go to my tasks")).to_be_visible()
        found += complaints_about(page, f"failure-{name}")
    assert not found, json.dumps(found, indent=1)
