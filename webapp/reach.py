"""What every view reaches for: the engine, the person signed in, and the moment."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask_login import current_user

from engine.service.engine import Engine, OneView
from engine.service.tasks.began import Began
from webapp.config import Config

Answer = TypeVar("Answer")
ENGINE, CONFIG = "casefile.engine", "casefile.config"


def set_up(app: Flask, council: Engine) -> None:
    """Let every page of `app` reach a council, each over one view of it."""
    app.extensions[ENGINE] = council
    app.teardown_appcontext(_close)


def engine() -> Engine:
    """Return the council's engine. All that a page asks of it sees one moment, until the page runs a command."""
    if "council" not in g:
        g.council = OneView(current_app.extensions[ENGINE])
    return cast(Engine, g.council)


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


def once_a_page(ask: Callable[[], Answer]) -> Callable[[], Answer]:
    """Let what every part of a page asks be asked once for each page."""

    @wraps(ask)
    def answer() -> Answer:
        answers: dict[object, Any] = g.setdefault("answers", {})
        if ask not in answers:
            answers[ask] = ask()
        return cast(Answer, answers[ask])

    return answer


def _close(_error: BaseException | None) -> None:
    if "council" in g:
        g.council.close()
