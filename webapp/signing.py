"""Signing in and out: by choosing a name in the demonstration, by password otherwise; single_sign_on.py is the third
way, where the council has a provider.
"""

from typing import Any

from argon2.exceptions import Argon2Error
from flask import Blueprint, redirect, render_template, request, url_for

from engine.domain.people import Person
from engine.errors import NotAllowed
from engine.service.people import accounts
from webapp import auth
from webapp.attempts import attempts, counted_by
from webapp.auth import ANYBODY, SIGNED_IN, guard
from webapp.demo import cast
from webapp.onward import onward
from webapp.passwords import HASHER
from webapp.reach import config, engine, now

pages = Blueprint("signing", __name__)

# Checked when there is no such account, so that the time taken says nothing about who exists.
NOBODY = HASHER.hash("nobody has this password")


@pages.get("/sign-in")
@guard(ANYBODY)
def show() -> str:
    """Show the page to sign in on."""
    return _page()


@pages.post("/sign-in")
@guard(ANYBODY)
def enter() -> Any:
    """Sign somebody in, and go on to the page they were heading for."""
    if config().provider is not None:
        raise NotAllowed(doing="sign in with a password", reason="the council’s own sign-in is in use")
    username = request.form.get("username", "").strip()
    person = accounts.find(engine(), username) if config().demonstration else _by_password(username)
    if person is None:
        return _page(error=_failure(username)), 422
    auth.sign_in(person)
    return redirect(onward())


@pages.get("/stay-signed-in")
@guard(SIGNED_IN)
def stay() -> tuple[str, int]:
    """Let a sign-in last anew, as every page does."""
    return "", 204


@pages.post("/sign-out")
@guard(SIGNED_IN)
def leave() -> Any:
    """Sign out."""
    auth.sign_out()
    return redirect(url_for("signing.show"))


def _page(error: str | None = None) -> str:
    groups = cast.groups(engine()) if config().demonstration else ()
    chosen = request.form.get("username", "")
    return render_template("sign_in.html", groups=groups, error=error, chosen=chosen, onward=onward())


def _failure(username: str) -> str:
    if config().demonstration:
        return "Choose somebody to sign in as."
    if attempts().is_blocked(username, counted_by(), now()):
        return "There were too many attempts. Wait 15 minutes and try again."
    return "Enter a correct username and password."


def _by_password(username: str) -> Person | None:
    if attempts().is_blocked(username, counted_by(), now()):
        return None
    found = accounts.account(engine(), username)
    hashed = found.password if found is not None and found.password is not None else NOBODY
    if not _fits(hashed, request.form.get("password", "")) or found is None or hashed is NOBODY:
        attempts().failed(username, counted_by(), now())
        return None
    attempts().succeeded(username, counted_by())
    return found.person


def _fits(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except Argon2Error:
        return False
