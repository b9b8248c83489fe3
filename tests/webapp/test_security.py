"""What guards every route: sign-in, headers, CSRF tokens, known hosts, bounds, and that reading changes nothing."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from engine.service.case_file import listed_files, looks
from engine.service.inboxes import calendars
from engine.store.schema.execution import event
from tests.factories.council import AUDIT, REMEDY
from tests.factories.visitor import Visitor
from webapp.application import create_app
from webapp.auth import ANYBODY, CALENDAR, SIGNED_IN, SYSTEM, guard_of
from webapp.config import Config, for_demonstration
from webapp.security import LARGEST_PAGE, TEMPLATE_SCRIPT

CASE, API = "CF-20931", "/api/"
OPEN = {"api.openapi", "files.show", "guidance.accessibility", "guidance.show", "signing.enter", "signing.show"}
OPEN |= {"invitations.accept", "invitations.show", "set_up.ask", "set_up.begin"}


SECRET = {"calendars.show"}


@pytest.fixture
def addresses(council, app):
    """An address for every route, by endpoint and method: a case with remedial actions, and what belongs to it."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    known = {
        "action": council.actions(CASE)[0].id, "audit": council.actions(CASE)[0].audit,
        "name": "casefile.css", "path": "processes/deadlines.dmn", "process": "management_decision",
        "identifier": council.task(REMEDY, CASE).instance, "number": 1,
        "reference": CASE, "section": "completion", "form": "csv", "report": "none", "edition": "none",
        "task_id": council.task(REMEDY, CASE).id, "period": "2026-11", "cycle": "2026-11",
        "secret": calendars.renew(council.engine, "kim"),
    }  # fmt: skip
    known |= {"username": "nia", "kind": "people", "key": "none", "team": "North CIN"}
    adapter = app.url_map.bind("127.0.0.1")
    return [
        (rule.endpoint, method, adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def test_every_route_names_its_guard(app):
    named = {rule.endpoint: guard_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert set(named.values()) <= {ANYBODY, SIGNED_IN, SYSTEM, CALENDAR}
    assert {endpoint for endpoint, name in named.items() if name == ANYBODY} == OPEN
    assert {endpoint for endpoint, name in named.items() if name == CALENDAR} == SECRET


def test_every_route_but_the_open_ones_asks_strangers_to_sign_in(council, addresses):
    app = create_app(council.engine, for_demonstration())
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, address in addresses:
        response = app.test_client().open(address, method=method, buffered=True)
        if endpoint in OPEN | SECRET:
            assert "/sign-in?next=" not in (response.location or "")
        elif method == "GET" and not address.startswith(API):
            assert response.location.startswith("/sign-in?next="), endpoint
        else:
            assert response.status_code == 401, endpoint


def test_every_answer_carries_the_headers(addresses, visit):
    visitor = visit("mo")
    for _, method, address in [*addresses, ("none", "GET", "/no-such-page")]:
        headers = visitor.client.open(address, method=method, buffered=True).headers
        policy = headers["Content-Security-Policy"]
        assert "'unsafe" not in policy
        assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        kept = "immutable" if address.startswith("/static/") else "no-store"
        assert kept in headers["Cache-Control"], address


def test_no_page_needs_more_than_the_policy_allows(addresses, visit):
    """The template's own script is allowed by its hash; nothing else may stand in a page."""
    visitor = visit("mo")
    for _, method, address in addresses:
        page = visitor.client.open(address, method=method, buffered=True)
        if method == "GET" and page.mimetype == "text/html":
            text = page.get_data(as_text=True)
            assert len(re.findall(r"<script(?![^>]* src=)", text)) <= 1
            assert not re.findall(r"<[^>]+\s(?:style|on[a-z]+)\s*=", text)


def test_the_hash_is_that_of_the_script_in_the_page(visit):
    (script,) = visit("mo").open("/").tree.xpath("//script[not(@src)]/text()")
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" == TEMPLATE_SCRIPT


def test_nothing_is_changed_without_the_token_of_the_page(council, addresses, visit):
    visitor = visit("mo")
    before = council.dump()
    for endpoint, method, address in addresses:
        if method == "POST":
            response = visitor.client.post(address, data={"do": "save", "what": "mischief", "csrf_token": "forged"})
            wanted = 401 if address.startswith(API) else 400
            assert response.status_code == wanted, endpoint
    assert council.dump() == before


def without_looks(council):
    """Every row but the events that say who read what about a case, or took which list away (I-01, I-12)."""
    stream, reading = list(event.c.keys()).index("stream"), (looks.stream_of(""), listed_files.STREAM)
    rows = council.dump()
    return {**rows, "event": [row for row in rows["event"] if not row[stream].startswith(reading)]}


def test_reading_changes_nothing_but_the_record_of_who_read(council, addresses, visit):
    visitor = visit("mo")
    before = without_looks(council)
    for endpoint, method, address in addresses:
        if method == "GET":
            assert visitor.client.get(address, buffered=True).status_code < 500, endpoint
    assert without_looks(council) == before


def test_other_names_of_the_host_are_refused(app):
    assert app.test_client().get("/sign-in", base_url="http://elsewhere.example").status_code == 400


def test_a_page_that_sends_too_much_is_refused_with_a_page(app):
    response = app.test_client().post("/sign-in", data={"username": "k" * (LARGEST_PAGE + 1)})
    assert response.status_code == 413
    assert "Nothing was kept." in response.get_data(as_text=True)


def test_no_title_names_a_person(council, addresses, app):
    names = council.ask(lambda question: {one.name for one in question.directory.people.values()})
    council.assign("CF-20932", "kim")
    pages = [(who, "/") for who in ("kim", "mo", "nia", "asha", "oz")]
    pages += [
        ("mo", address)
        for _, method, address in addresses
        if method == "GET"
        and not address.startswith(("/static", "/calendar", "/stay-signed-in", API))
        and not address.endswith("/csv")
    ]
    pages += [("kim", f"/tasks/{council.task(AUDIT, 'CF-20932').id}")]
    for who, address in pages:
        title = Visitor(app).sign_in(who).open(address).title
        assert not set(re.findall(r"\w+", title)) & names, title
        assert title.endswith("– Casefile")


def test_cookies_are_bound_to_this_host_and_hidden_from_scripts(council):
    config = create_app(council.engine, Config("k" * 40)).config
    assert config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert config["SESSION_COOKIE_SECURE"] is config["SESSION_COOKIE_HTTPONLY"] is True
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"
