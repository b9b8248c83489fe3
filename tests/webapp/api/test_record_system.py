"""The interface for the record system: may this case be closed, and the daily extract, once each."""

import pytest

from engine.service.record_system import extract_import
from tests.factories.council import Council

CASE, OTHER = "CF-20931", "CF-20932"
CLOSURE, EXTRACTS = f"/api/v1/cases/{CASE}/closure", "/api/v1/extracts"
ROWS = [{"case_reference": CASE, "team": "South CIN"}, {"case_reference": OTHER, "status": "lost"}]


def keyed(key="1"):
    return {"Idempotency-Key": key}


@pytest.fixture
def remedied(council: Council) -> Council:
    """Two remedial actions of a case, beside other work."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    council.assign(OTHER, "kim")
    return council


@pytest.fixture
def reading(secret) -> str:
    return secret("closure:read")


@pytest.fixture
def writing(secret) -> str:
    return secret("extracts:write", name="drop")


def test_a_case_without_work_may_be_closed(send, reading):
    answer = send("GET", CLOSURE, reading)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == {"case": CASE, "allowed": True, "reasons": [], "outstanding": [], "certificate": None}


def test_every_reason_and_everything_outstanding_is_told(remedied, send, reading):
    answer = send("GET", CLOSURE, reading).json
    assert answer["allowed"] is False
    assert any("2 remedial actions" in reason for reason in answer["reasons"])
    found = [(one["kind"], one.get("action"), one["state"]) for one in answer["outstanding"]]
    assert found == [
        ("audit", None, "with the Practice Manager"), ("remedial action", 1, "open"), ("remedial action", 2, "open"),
    ]  # fmt: skip


def test_a_certificate_is_told_until_new_audit_work_ends_it(council, send, reading):
    council.begin("mo", "case_closure", CASE)
    assert send("GET", CLOSURE, reading).json["certificate"] == {"issued_at": council.clock.now().isoformat()}
    council.assign(CASE, "kim")
    answer = send("GET", CLOSURE, reading).json
    assert (answer["allowed"], answer["certificate"]) == (False, None)


def test_an_unknown_case_is_a_problem(send, reading):
    answer = send("GET", "/api/v1/cases/CF-1/closure", reading)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["title"] == "Not Found"
    assert answer.json["detail"] == "There is no case CF-1. Check the reference and try again."


def test_rows_are_taken_over_and_refused_one_by_one(remedied, send, writing):
    answer = send("POST", EXTRACTS, writing, json={"rows": ROWS}, headers=keyed())
    assert answer.status_code == 200
    assert answer.json["rows"] == [{"row": 1, "case": CASE, "happened": ["moved"]}]
    assert [(one["row"], one["code"]) for one in answer.json["refused"]] == [(2, "unknown_word")]
    assert remedied.holders(remedied.task("Complete the remedial actions", CASE)) == ("quin",)
    assert remedied.events(f"case {CASE}")[-1].actor == "drop"


def test_the_same_key_is_answered_again_and_done_once(council, send, writing):
    first = send("POST", EXTRACTS, writing, json={"rows": ROWS}, headers=keyed())
    before = council.dump()
    again = send("POST", EXTRACTS, writing, json={"rows": ROWS}, headers=keyed())
    assert (again.status_code, again.json) == (200, first.json)
    assert council.dump() == before


def test_the_same_key_for_other_rows_is_a_conflict(send, writing):
    send("POST", EXTRACTS, writing, json={"rows": ROWS}, headers=keyed())
    answer = send("POST", EXTRACTS, writing, json={"rows": ROWS[:1]}, headers=keyed())
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")


def test_two_systems_may_use_the_same_key(council, send, writing, secret):
    other = secret("extracts:write", name="other")
    send("POST", EXTRACTS, writing, json={"rows": ROWS}, headers=keyed())
    answer = send("POST", EXTRACTS, other, json={"rows": ROWS[:1]}, headers=keyed())
    assert answer.json["rows"][0]["happened"] == ["unchanged"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"json": {"rows": "x"}}, 422),
        ({"json": {"rows": [{"name": "x"}]}}, 422),
        ({"json": []}, 400),
        ({"json": {"rows": [], "more": 1}}, 400),
        ({"data": b"{", "content_type": "application/json"}, 400),
        ({"data": b"[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ({"data": "rows=1", "content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": b"x" * 3_000_000, "content_type": "application/json"}, 413),
    ],
)
def test_bad_bodies_are_problems_and_keep_nothing(council, send, writing, body, status):
    before = council.dump()
    answer = send("POST", EXTRACTS, writing, headers=keyed(), **body)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert len(answer.json["detail"]) > 10
    assert council.dump() == before


@pytest.mark.parametrize("headers", [{}, keyed(""), keyed("x" * 201)])
def test_an_extract_needs_a_key(send, writing, headers):
    answer = send("POST", EXTRACTS, writing, json={"rows": ROWS}, headers=headers)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json["detail"]


@pytest.mark.parametrize("scheme", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer cf_" + "a" * 43])
def test_without_a_token_in_use_nothing_is_told(app, scheme):
    answer = app.test_client().get(CLOSURE, headers={"Authorization": scheme} if scheme else {})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_opens_what_its_scopes_say(council, send, reading, writing):
    before = council.dump()
    assert send("POST", EXTRACTS, reading, json={"rows": ROWS}, headers=keyed()).status_code == 403
    answer = send("GET", CLOSURE, writing)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert council.dump() == before


def test_a_session_of_a_person_opens_nothing_here_and_none_begins(app, visit, send, reading):
    assert visit("asha").client.get(CLOSURE).status_code == 401
    assert "Set-Cookie" not in send("GET", CLOSURE, reading).headers


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/v1/nothing"), ("PUT", CLOSURE), ("GET", EXTRACTS)])
def test_addresses_and_methods_that_do_not_exist_are_problems_too(send, reading, method, path):
    answer = send(method, path, reading)
    assert (answer.status_code, answer.mimetype) in {
        (404, "application/problem+json"),
        (405, "application/problem+json"),
    }


def test_a_failure_tells_a_number_and_nothing_of_its_cause(send, writing, monkeypatch, caplog):
    def fails(*_arguments):
        raise RuntimeError("Jane Doe")

    monkeypatch.setattr(extract_import, "take_in", fails)
    answer = send("POST", EXTRACTS, writing, json={"rows": ROWS}, headers=keyed())
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert answer.json["reference"] in caplog.text
    assert "Jane" not in answer.get_data(as_text=True)
