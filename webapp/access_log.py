"""One line for every page that somebody signed in asked for: who, which route, about what, and the outcome.

Only names of people, ids and references are written; never what was typed.
"""

import logging

import orjson
from flask import Flask, Response, request
from flask_login import current_user

from webapp.config import Config

LOG = logging.getLogger("casefile.access")


def keep(app: Flask, config: Config) -> None:
    """Keep the log of `app`: on standard error, but for the demonstration, which needs none."""
    if not config.demonstration and not LOG.handlers:
        LOG.addHandler(logging.StreamHandler())
        LOG.setLevel(logging.INFO)
    app.after_request(_note)


def _note(response: Response) -> Response:
    if current_user.is_authenticated and request.endpoint is not None:
        line = {
            "person": current_user.id,
            "method": request.method,
            "route": request.endpoint,
            "about": request.view_args or {},
            "status": response.status_code,
        }
        LOG.info("%s", orjson.dumps(line).decode())
    return response
