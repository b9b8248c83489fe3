"""Every refusal is a page with its sentence and what to do next."""

import logging

import pytest
from flask import abort

from engine.errors import (
    AlreadyAnswered,
    Busy,
    NotAllowed,
    NotFound,
    NotNow,
    Restricted,
    Stale,
    StepFailed,
    TooLarge,
    Unreadable,
    Unstorable,
)
from engine.service.inboxes import inbox


def test_a_page_that_does_not_exist_says_what_to_do(visit):
    page = visit("kim").open("/no-such-page")
    assert page.status == 404
    assert page.all("h1") == ["Page not found"]
    assert page.links()["Go to my tasks"] == "/"


def test_an_address_used_the_wrong_way_is_refused(visit):
    assert visit("kim").open("/sign-out").status == 405


def test_a_failure_shows_a_number_and_nothing_of_its_cause(council, visit, monkeypatch, caplog):
    def fail(*_args):
        raise RuntimeError("the cause with CF-20931 in it")

    monkeypatch.setattr(inbox, "open_inbox", fail)
    visitor = visit_without_inbox(visit, monkeypatch)
    with caplog.at_level(logging.ERROR):
        page = visitor.open("/")
    assert page.status == 500
    assert "the cause" not in page.text
    (number,) = page.all("main strong")
    assert number in caplog.text


def visit_without_inbox(visit, monkeypatch):
    """Somebody signed in while the inbox works; it fails afterwards."""
    broken = inbox.open_inbox
    monkeypatch.undo()
    visitor = visit("kim")
    monkeypatch.setattr(inbox, "open_inbox", broken)
    return visitor


def test_a_process_that_stopped_is_told_in_its_own_sentence(visit, monkeypatch):
    visitor = visit("kim")

    def stop(*_args):
        raise StepFailed(process="Case audit", element="Record the audit", reason="a table has no row")

    monkeypatch.setattr(inbox, "open_inbox", stop)
    page = visitor.open("/")
    assert page.status == 500
    assert "Case audit stopped at Record the audit: a table has no row. Nothing was changed" in page.text


@pytest.mark.parametrize("address", ["/help", "/accessibility"])
def test_help_and_the_accessibility_statement_are_open_to_all(app, address):
    response = app.test_client().get(address)
    assert response.status_code == 200
    assert "Sign out" not in response.get_data(as_text=True)


def raised(refusal):
    def fail(*_args, **_more):
        raise refusal

    return fail


REFUSALS = [
    NotFound(what="task 7"),
    NotAllowed(doing="open this", reason="it belongs to another post"),
    Restricted(what="CF-70001", reason="you are not cleared"),
    NotNow(doing="This", reason="it was completed"),
    Stale(what="This", change="it moved on"),
    AlreadyAnswered(),
    Unreadable(file="The list", reason="it is a picture"),
    TooLarge(what="The text", size="2", limit="1"),
    StepFailed(process="Case audit", element="Record", reason="no row"),
    Busy(),
    Unstorable(reason="it holds odd characters"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: type(one).__name__)
def test_every_refusal_has_a_heading_and_names_what_to_do_next(visit, monkeypatch, refusal):
    visitor = visit("kim")
    monkeypatch.setattr(inbox, "open_inbox", raised(refusal))
    page = visitor.open("/")
    assert page.status == refusal.status
    assert page.all("h1") != ["Something went wrong"]
    assert "Nothing was changed. Try again later." not in page.text
    assert page.links()["Go to my tasks"] == "/"


def test_what_is_not_possible_now_leads_back_to_the_task(council, visit):
    council.assign("CF-20931", "kim")
    address = f"/tasks/{council.task('Audit the case record', 'CF-20931').id}"
    page = visit("kim").open(address)
    council.authorise_audit("CF-20931")
    refused = page.visitor.send(f"{address}/take", {"csrf_token": page.value("csrf_token")})
    assert refused.status == 409
    assert refused.links()["Open the task again"] == address


@pytest.mark.parametrize("status", [429, 503])
def test_what_passes_by_waiting_says_in_its_heading_to_wait(visit, monkeypatch, status):
    visitor = visit("kim")
    monkeypatch.setattr(inbox, "open_inbox", lambda *_args, **_more: abort(status))
    page = visitor.open("/")
    (heading,) = page.all("h1")
    assert page.status == status
    assert "try again" in heading
