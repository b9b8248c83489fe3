"""One line for every page that somebody signed in (or a token) asked for: who, which route, about what, the outcome.

Only names of people, ids and references are written; never what was typed, nor what opens a page.
"""

import logging

import orjson
from flask import Flask, Response, g, request
from flask_login import current_user

from webapp.config import Config

LOG = logging.getLogger("casefile.access")
# The parts of an address that open something for whoever knows them.
NOT_TOLD = frozenset(("key", "secret"))


def keep(app: Flask, config: Config) -> None:
    """Keep the log of `app`: on standard error, but for the demonstration, which needs none."""
    if not config.demonstration and not LOG.handlers:
        LOG.addHandler(logging.StreamHandler())
        LOG.setLevel(logging.INFO)
    app.after_request(_note)


def _note(response: Response) -> Response:
    token = g.get("token")
    who = token.person or token.name if token else g.get("calendar_of") or _signed_in()
    if who is not None and request.endpoint is not None:
        line = {
            "person": who,
            **({"token": token.name} if token else {}),
            "method": request.method,
            "route": request.endpoint,
            "about": {name: value for name, value in (request.view_args or {}).items() if name not in NOT_TOLD},
            "status": response.status_code,
        }
        LOG.info("%s", orjson.dumps(line).decode())
    return response


def _signed_in() -> str | None:
    return str(current_user.id) if current_user.is_authenticated else None
