"""Who is signed in, and the guard that every route names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import Unauthorized

from engine.domain.people import Person
from engine.service.people import accounts
from webapp.reach import config, engine, me, now

ANYBODY: Final = "anybody"
SIGNED_IN: Final = "signed in"
SYSTEM: Final = "another system"
CALENDAR: Final = "a calendar with its secret address"
BEGAN, EPOCH = "began", "epoch"

View = TypeVar("View", bound=Callable[..., Any])


class SignedIn(UserMixin):  # type: ignore[misc]  # flask_login ships no types
    """The person signed in, read from the directory with each request."""

    def __init__(self, person: Person) -> None:
        self.id = person.username
        self.person = person


def guard(name: str) -> Callable[[View], View]:
    """Name who may reach a view: ANYBODY, SIGNED_IN, a SYSTEM with a token, or a CALENDAR with its secret. The service
    decides what they see.
    """

    def mark(view: View) -> View:
        view.guard = name  # type: ignore[attr-defined]
        return view

    return mark


def set_up(app: Flask) -> None:
    """Let `app` know who is signed in, and refuse every view whose guard does not let the reader in."""
    manager = LoginManager(app)
    manager.user_loader(_known)
    app.before_request(_stand_guard)


def sign_in(person: Person) -> None:
    """Begin a session of its own for `person`; whatever the browser had before is forgotten."""
    session.clear()
    session.permanent = True
    session[BEGAN] = now().isoformat()
    session[EPOCH] = accounts.epoch(engine(), person.username)
    login_user(SignedIn(person))


def sign_out() -> None:
    """End every session of the person signed in, on other devices too."""
    accounts.end_sessions(engine(), me(), me())
    logout_user()
    session.clear()


def guard_of(app: Flask, endpoint: str) -> str | None:
    """Return the guard that the view of an endpoint names, None when it names none."""
    return getattr(app.view_functions[endpoint], "guard", None)


def _known(username: str) -> SignedIn | None:
    began, epoch = session.get(BEGAN), session.get(EPOCH)
    if began is None or epoch is None or now() - datetime.fromisoformat(began) > config().longest:
        return None
    person = accounts.in_session(engine(), username, epoch)
    return SignedIn(person) if person is not None else None


def _stand_guard() -> None:
    endpoint = request.endpoint
    if endpoint is None:
        return
    if guard_of(current_app, endpoint) not in (ANYBODY, SYSTEM, CALENDAR) and not current_user.is_authenticated:
        raise Unauthorized
