"""Every route of the interface with every kind of token, and every status that the OpenAPI document promises."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Busy
from engine.service.engine import OneView
from engine.service.people import tokens
from engine.store import cycles, people
from tests.service.monthly import PERIOD
from tests.webapp.api.operations import NOBODYS, Operations
from webapp.api.bearer import PACE
from webapp.api.pace import Pace

PROBLEM = "application/problem+json"


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def operations(council, app) -> Operations:
    return Operations(council, app)


def test_the_document_names_every_route_and_its_scope(app, operations):
    routes = {
        (method, rule.rule.replace("int(max=2147483647):", "").replace("path:", "").removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.endpoint != "api.openapi"
    }
    named = {(method, path.replace("{", "<").replace("}", ">")) for method, path, _ in operations}
    assert named == routes
    used = {scope for *_, told in operations for scheme in told["security"] for scope in scheme["bearer"]}
    assert used == set(tokens.SCOPES)


def test_the_document_names_what_each_route_takes(operations):
    taken = {(method, path): {one["name"] for one in told.get("parameters", ())} for method, path, told in operations}
    assert taken["GET", "/tasks"] == {"page", "case", "due"}
    assert taken["GET", "/events"] == {"page", "stream"}
    for (method, path), names in taken.items():
        assert ("Idempotency-Key" in names) is (method == "POST")
        assert ("If-Match" in names) is (method != "GET" and path.startswith("/tasks"))


def test_every_route_opens_to_its_scope_alone_and_to_no_session(secret, operations, visit):
    everyone = {scope: secret(scope, name=f"only-{scope.replace(':', '-')}", person="asha") for scope in tokens.SCOPES}
    for method, path, told in operations:
        wanted = told["security"][0]["bearer"][0]
        for scope, token in everyone.items():
            answer = operations.ask(method, path, token=token)
            refused = answer.status_code == 403 and f"has not the scope {wanted}" in answer.json["detail"]
            assert refused is (scope != wanted), (method, path, scope, answer.status_code)
        for token in ("", "cf_none", "\u00e9"):
            answer = operations.ask(method, path, token=token)
            assert (answer.status_code, answer.mimetype) == (401, PROBLEM)
        session = visit("asha").client.open(f"/api/v1{path}".format(**operations.known), method=method)
        assert (session.status_code, session.mimetype) == (401, PROBLEM)
        assert "Set-Cookie" not in session.headers


def test_whose_person_has_left_opens_nothing(council, operations):
    def leave(command):
        for who in ("mo", "asha"):
            people.change_person(command.connection, who, {"active": False})

    council.run(leave)
    assert {operations.ask(method, path).status_code for method, path, _ in operations} == {401}


def test_every_status_that_the_document_names_is_answered(operations, monkeypatch):
    for method, path, told in operations:
        for status in sorted(map(int, told["responses"]), key=lambda one: (one == 409, one)):
            with monkeypatch.context() as patch:
                answer = PROVOKED[status](operations, method, path, patch)
            assert answer.status_code == status, (method, path, status, answer.text)
            assert "Set-Cookie" not in answer.headers
            if status >= 400:
                assert (answer.mimetype, answer.json["status"]) == (PROBLEM, status)
                assert len(answer.json["detail"]) > 10


def good(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    if path.endswith("give-back"):
        operations.ask(method, path.replace("give-back", "take"))
    return operations.ask(method, path)


def nobody_asks(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    return operations.ask(method, path, token="")


def may_not(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    council, name = operations.council, f"none-{method.lower()}-{abs(hash(path))}"
    scopes = ["closure:read"] if "closure" not in path else ["extracts:write"]
    return operations.ask(method, path, token=tokens.make(council.engine, "asha", name, scopes))


def of_nothing(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    return operations.ask(method, path, known=NOBODYS, **({"query": "?process=none"} if path == "/instances" else {}))


def known_already(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    return operations.ask(method, path, headers={"If-None-Match": operations.ask(method, path).headers["ETag"]})


def too_often(operations: Operations, method: str, path: str, patch: Any) -> Any:
    patch.setitem(operations.app.extensions, PACE, Pace(0))
    answer = operations.ask(method, path)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    return answer


def while_busy(operations: Operations, method: str, path: str, patch: Any) -> Any:
    def busy(*_arguments: Any) -> None:
        raise Busy

    patch.setattr(OneView, "ask", busy)
    return operations.ask(method, path, json={"answers": {}})


def unreadable(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    if method == "POST":
        for key in ("x" * 201, "two words", " led", "trailed ", "ü", ""):
            assert operations.ask(method, path, headers={"Idempotency-Key": key}).status_code == 400, key
        return operations.ask(method, path, headers={"Idempotency-Key": None})
    return operations.ask(method, path, data=b"{", content_type="application/json")


def ill_formed(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    if path == "/editions/{edition}":
        operations.falsify()
        return operations.ask(method, path)
    if method == "GET":
        return operations.ask(method, path, query="?unheard=of")
    return operations.ask(method, path, json={"rows": "x"} if path == "/extracts" else {"answers": "x"})


def of_another_kind(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    return operations.ask(method, path, data=b"a=b", content_type="application/x-www-form-urlencoded")


def too_much(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    return operations.ask(method, path, data=b"x" * 3_000_000, content_type="application/json")


def changed_since(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    return operations.ask(method, path, headers={"If-Match": f'"{"0" * 32}"'})


def whatever_it_is_now(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    return operations.ask(method, path, headers={"If-Match": None})


def too_late(operations: Operations, method: str, path: str, _patch: Any) -> Any:
    """For a task that is closed, a key that was used for another request, and a period before its draw."""
    if path == "/extracts":
        operations.ask(method, path, headers={"Idempotency-Key": "same"})
        return operations.ask(method, path, headers={"Idempotency-Key": "same"}, json={"rows": [{"team": "x"}]})
    if path.endswith("certificate"):
        change = {"certificate": None}
        operations.council.run(lambda command: cycles.change(command.connection, PERIOD, change))
        return operations.ask(method, path)
    operations.ask("POST", "/tasks/{task_id}/complete")
    answer = operations.ask(method, path)
    operations.begin()
    return answer


PROVOKED: dict[int, Callable[..., Any]] = {
    200: good, 304: known_already, 400: unreadable, 401: nobody_asks, 403: may_not, 404: of_nothing, 409: too_late,
    412: changed_since, 413: too_much, 415: of_another_kind, 422: ill_formed, 428: whatever_it_is_now, 429: too_often,
    503: while_busy,
}  # fmt: skip
