"""Errors of the interface as problem details (RFC 9457, application/problem+json)."""

import secrets
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, request
from marshmallow import Schema, fields
from orjson import dumps
from werkzeug.exceptions import HTTPException

from engine.errors import Invalid, Refusal

PATH = "/api/"
MEDIA_TYPE = "application/problem+json"


class ProblemSchema(Schema):
    """What every error says (RFC 9457)."""

    type = fields.String(required=True, metadata={"description": "Always about:blank: the status says the kind."})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "A sentence for people."})
    errors = fields.Dict(metadata={"description": "What is wrong, by field."})
    reference = fields.String(metadata={"description": "The number of an unexpected failure, which stands in the log."})


def is_asked() -> bool:
    """Tell whether the request is to the interface, whatever its address."""
    return request.path.startswith(PATH)


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return a problem: its title follows from the status, `detail` is a sentence for people."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(dumps(body), status=status, mimetype=MEDIA_TYPE)


def refused(refusal: Refusal) -> Response:
    """Return the problem of a refusal, with its fields where it has any."""
    more = {"errors": refusal.errors} if isinstance(refusal, Invalid) else {}
    return problem(refusal.status, refusal.sentence, **more)


def http(error: HTTPException) -> Response:
    """Return the problem of an error of the protocol, with its headers, such as which methods are allowed."""
    answer = problem(error.code or 500, error.description or HTTPStatus(error.code or 500).description)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def failed(error: Exception) -> Response:
    """Return the problem of an unexpected failure: a number that stands in the log, and nothing of its cause."""
    reference = secrets.token_hex(4)
    current_app.logger.error("failure %s at %s", reference, request.endpoint, exc_info=error)
    return problem(500, f"Something went wrong here. Tell us the number {reference}.", reference=reference)


def signed_out() -> Response:
    """Return the problem of a request without a token that is in use."""
    answer = problem(401, "Send a token that is in use, as “Authorization: Bearer …”.")
    answer.headers["WWW-Authenticate"] = 'Bearer realm="casefile"'
    return answer


def too_often(seconds: int) -> Response:
    """Return the problem of a token that asked too often; it may ask again after so many seconds."""
    answer = problem(429, f"This token has asked too often. Ask again in {seconds} seconds.")
    answer.headers["Retry-After"] = str(seconds)
    return answer
