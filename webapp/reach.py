"""What every view reaches for: the engine, the person signed in, and the moment."""

from datetime import datetime
from typing import Any, cast

from flask import current_app, request
from flask_login import current_user

from engine.service.engine import Engine
from engine.service.tasks.began import Began
from webapp.config import Config

ENGINE, CONFIG = "casefile.engine", "casefile.config"


def engine() -> Engine:
    """Return the council's engine."""
    return cast(Engine, current_app.extensions[ENGINE])


def config() -> Config:
    """Return the settings."""
    return cast(Config, current_app.extensions[CONFIG])


def me() -> str:
    """Return the username of the person signed in."""
    return str(current_user.id)


def now() -> datetime:
    """Return the present moment, aware."""
    return engine().clock.now()


def posted() -> Any:
    """Return the fields of the posted page; several overloads of its type keep it from fitting a protocol."""
    return request.form


def asked() -> frozenset[str]:
    """Return the ids of the questions that stood on the posted page."""
    return frozenset(request.form.get("questions", "").split())


def began() -> Began | None:
    """Return what the posted page began from, None for a page that shows no draft."""
    mark = request.form.get("began")
    return Began(asked(), mark) if mark is not None and asked() else None
