"""The routes of the interface, version 1."""

import hashlib
from typing import Any

from flask import Blueprint, Response, g, request
from orjson import dumps
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from engine.service import closure_lookup, extract_import, tokens
from webapp.api.bearer import needs
from webapp.reach import engine

pages = Blueprint("api", __name__, url_prefix="/api/v1")

KEY = "Idempotency-Key"


@pages.get("/cases/<reference>/closure")
@needs(tokens.CLOSURE_READ)
def closure(reference: str) -> Response:
    """Answer whether a case may be closed: {"case", "allowed", "reasons", "outstanding", "certificate"}."""
    return _json(closure_lookup.look_up(engine(), reference))


@pages.post("/extracts")
@needs(tokens.EXTRACTS_WRITE)
def extracts() -> Response:
    """Take over {"rows": [{"case_reference", "team", ...}]}, once for each Idempotency-Key; answer row by row."""
    body = _body()
    extract = extract_import.read_json(body.get("rows"))
    report = extract_import.take_in(engine(), g.token, extract, _key(), {"rows": body["rows"]})
    return _json(report)


def _body() -> dict[str, Any]:
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON, with the header Content-Type: application/json.")
    try:
        body = request.get_json()
    except RecursionError as error:
        raise BadRequest("The JSON is nested too deeply.") from error
    if not isinstance(body, dict) or set(body) != {"rows"}:
        raise BadRequest('Send {"rows": [...]} and nothing else.')
    return body


def _key() -> str:
    given = request.headers.get(KEY, "").strip()
    if not 0 < len(given) <= 200:
        raise BadRequest(f"Send the header {KEY}: 1 to 200 characters that are new for each extract.")
    # Two systems may choose the same key.
    return hashlib.sha256(f"{g.token}\n{given}".encode()).hexdigest()


def _json(answer: dict[str, Any]) -> Response:
    return Response(dumps(answer), mimetype="application/json")
