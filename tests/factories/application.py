"""The web application for tests: built once in a process for each configuration, and a copy of its own for each test.

Building takes its routes and templates apart, which are the same for everybody. Whatever remembers is new in a copy.
"""

from copy import copy
from functools import lru_cache

from flask import Flask

from engine.service.engine import Engine
from webapp.api.bearer import PACE
from webapp.api.pace import Pace
from webapp.application import create_app
from webapp.attempts import ATTEMPTS, Attempts
from webapp.config import Config
from webapp.reach import ENGINE


def application(engine: Engine, config: Config) -> Flask:
    """The application over an engine. Its settings of sessions and its extensions are its own; all else is shared."""
    built = _built(config)
    app = copy(built)
    app.config = copy(built.config)
    remembering = {ENGINE: engine, ATTEMPTS: Attempts(), PACE: Pace(config.requests_a_minute)}
    app.extensions = {**built.extensions, **remembering}
    return app


@lru_cache(maxsize=8)
def _built(config: Config) -> Flask:
    return create_app(_Nobody(), config)  # type: ignore[arg-type]  # an engine is kept for later, and not used yet


class _Nobody:
    """In the place of an engine until a test brings its own."""
