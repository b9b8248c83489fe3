"""Who asks: a token in the header Authorization, never a session."""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, TypeVar, cast

from flask import Flask, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import BadRequest, PreconditionRequired

from engine.service.engine import Engine
from engine.service.people import tokens
from engine.service.people.on_behalf import OnBehalf
from engine.service.people.tokens import Token
from engine.service.tasks import task_tag
from webapp import reach
from webapp.api import problems
from webapp.api.pace import Pace
from webapp.auth import SYSTEM, guard

SCHEME: Final = "bearer "
KEY: Final = "Idempotency-Key"
LONGEST_KEY: Final = 200
KEY_CHARACTERS: Final = "^[!-~]+$"
PACE: Final = "casefile.pace"

View = TypeVar("View", bound=Callable[..., Any])


class NoSession(SecureCookieSessionInterface):
    """Sessions for pages; the interface neither reads one nor sets a cookie."""

    def open_session(self, app: Flask, request: Any) -> SecureCookieSession | None:
        """Return the session of a page, and none, which cannot be written, for the interface."""
        return None if request.path.startswith(problems.PATH) else super().open_session(app, request)


def needs(scope: str) -> Callable[[View], View]:
    """Let only tokens with this scope reach a view; the token stands in `g.token` from then on."""

    def protect(view: View) -> View:
        @wraps(view)
        def protected(**arguments: Any) -> Any:
            secret = _secret()
            token = tokens.known(reach.engine(), secret) if secret else None
            if token is None:
                return problems.signed_out()
            g.token = token
            wait = cast(Pace, current_app.extensions[PACE]).wait(token.name, reach.now())
            if wait:
                return problems.too_often(wait)
            token.require(scope)
            return view(**arguments)

        protected.scope = scope  # type: ignore[attr-defined]
        return guard(SYSTEM)(protected)  # type: ignore[return-value]  # wraps keeps the signature

    return protect


def token() -> Token:
    """Return the token that asks."""
    return cast(Token, g.token)


def me() -> str:
    """Return who acts: the person whom the token acts for, or the name of a system's token."""
    return token().person or token().name


def engine() -> Engine:
    """Return the council as this request asks or changes it: once for each key, and noted with the token's name."""
    key = _key() if request.method == "POST" else None
    return OnBehalf(reach.engine(), token(), key, _request())


def engine_unless_changed(task_id: str) -> Engine:
    """Return the council as this request changes a task, provided that the task is still as If-Match says."""
    if not request.if_match:
        raise PreconditionRequired("Send the header If-Match with the ETag of the task as you read it.")
    key = _key() if request.method == "POST" else None
    check = task_tag.unchanged(me(), task_id, request.if_match.contains)
    return OnBehalf(reach.engine(), token(), key, _request(), check)


def _request() -> Mapping[str, Any]:
    body = hashlib.sha256(request.get_data()).hexdigest() if request.method in ("POST", "PUT") else ""
    return {"method": request.method, "path": request.path, "body": body}


def _key() -> str:
    # The server has taken the space around a header off already (RFC 9110, 5.5).
    given = request.headers.get(KEY, "")
    if len(given) > LONGEST_KEY or not re.fullmatch(KEY_CHARACTERS, given):
        raise BadRequest(
            f"Send the header {KEY}: 1 to {LONGEST_KEY} letters, digits and signs of ASCII without a space, others for "
            "each thing to be done."
        )
    # Two systems may choose the same key.
    return hashlib.sha256(f"{token().name}\n{given}".encode()).hexdigest()


def _secret() -> str:
    given = request.headers.get("Authorization", "")
    return given[len(SCHEME) :].strip() if given.lower().startswith(SCHEME) else ""
