"""The interface as a whole: its resources, and the OpenAPI document about them.

The document is open to everybody: it tells what can be asked, and holds nothing of a council.
"""

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Flask, Response
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from orjson import dumps

from engine.service.people import tokens
from webapp.api import cases, cycles, deployments, events, extracts, instances, reports, tasks
from webapp.api.bearer import PACE, NoSession
from webapp.api.pace import Pace
from webapp.api.problems import MEDIA_TYPE, ProblemSchema
from webapp.api.resource import PREFIX, SCHEME
from webapp.auth import ANYBODY, guard
from webapp.config import Config

ROOMS: Final = (cases, cycles, deployments, events, extracts, instances, reports, tasks)
DESCRIPTION: Final = """\
Other systems, and people’s own programs, ask and tell here with a token made by `casefile token make`. A token has
scopes, and acts for a person unless its scopes are a system’s own: it never sees or does more than that person may.
Every error is a problem (RFC 9457).
"""


class Interface(Api):  # type: ignore[misc]  # flask_smorest ships no types
    """flask-smorest with problems for errors, which webapp.errors answers with."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Register none: the application has one for everything."""

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= HTTPStatus.BAD_REQUEST:
                response["schema"] = ProblemSchema
            prepare_response(response, self.spec, MEDIA_TYPE)
            self.spec.components.response(status.name, response, lazy=True)


def set_up(app: Flask, config: Config) -> None:
    """Add the interface to `app`: its routes take tokens only, so that they need no CSRF token and no session."""
    app.extensions[PACE] = Pace(config.requests_a_minute)
    app.session_interface = NoSession()
    options = {"info": {"description": DESCRIPTION}}
    given = {"title": "Casefile", "version": "1", "openapi_version": "3.1.0", **options}
    interface = Interface(app, spec_kwargs=given)
    scheme = {"type": "http", "scheme": "bearer", "description": _scopes()}
    interface.spec.components.security_scheme(SCHEME, scheme)
    for room in ROOMS:
        app.extensions["csrf"].exempt(room.resource)
        interface.register_blueprint(room.resource)
    app.register_blueprint(_document(dumps(interface.spec.to_dict())))


def _document(content: bytes) -> Blueprint:
    pages = Blueprint("api", __name__, url_prefix=PREFIX)

    @pages.get("/openapi.json")
    @guard(ANYBODY)
    def openapi() -> Response:
        return Response(content, mimetype="application/json")

    return pages


def _scopes() -> str:
    return "Scopes:\n" + "\n".join(f"- `{scope}` {what}" for scope, what in tokens.SCOPES.items())
