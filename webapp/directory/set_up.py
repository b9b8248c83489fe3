"""The first set-up: the first administrator by a code of the command line, the first policy, and the checklist.

The two doors are shut for good: the first when somebody is in the directory, the second when a policy was deployed.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from engine.errors import Invalid, NotAllowed
from engine.service.council import set_up
from engine.service.people import accounts
from engine.service.policy import deployments
from webapp import auth, passwords
from webapp.attempts import attempts, counted_by
from webapp.auth import ANYBODY, SIGNED_IN, guard
from webapp.directory import asking
from webapp.reach import config, engine, me, now

pages = Blueprint("set_up", __name__)

WHAT = "the set-up"


@pages.get("/set-up")
@guard(ANYBODY)
def ask() -> str:
    """Show the form of the first administrator."""
    return _form()


@pages.post("/set-up")
@guard(ANYBODY)
def begin() -> Any:
    """Add the first administrator, for whoever has the code."""
    if not set_up.is_open(engine()):
        abort(404)
    if attempts().is_blocked(WHAT, counted_by(), now()):
        return _form({"code": ["There were too many attempts. Wait 15 minutes and try again."]}), 422
    username = asking.text("username") or ""
    try:
        values = {**asking.texts(("name", "post", "email")), "password": _password(username)}
        set_up.begin(engine(), asking.text("code") or "", username, values, _policy())
    except NotAllowed:
        attempts().failed(WHAT, counted_by(), now())
        return _form({"code": ["The code is wrong, was used, or is too old. casefile serve shows a new one."]}), 422
    except Invalid as refusal:
        return _form(refusal.errors), refusal.status
    return _welcomed(username)


@pages.get("/directory/set-up")
@guard(SIGNED_IN)
def show() -> str:
    """Show what is still missing, and why it matters."""
    steps = set_up.checklist(engine(), me())
    return render_template("directory/checklist.html", steps=steps, has_policy=deployments.has_any(engine()))


@pages.post("/directory/set-up/policy")
@guard(SIGNED_IN)
def deploy() -> Any:
    """Put the policy of the checkout into force as the first one."""
    set_up.deploy_first(engine(), me(), _policy())
    flash("The policy is in force.", "success")
    return redirect(url_for("set_up.show"))


def _password(username: str) -> str | None:
    """Return the hash of the password that was typed, None where the council has a provider of identities; Invalid."""
    if config().provider is not None:
        return None
    typed = request.form.get("password", "")
    reason = passwords.reason_against(typed, username)
    if reason is not None:
        raise Invalid({"password": [reason]})
    return passwords.HASHER.hash(typed)


def _welcomed(username: str) -> Any:
    person = accounts.find(engine(), username)
    if person is None:
        abort(404)
    auth.sign_in(person)
    flash("You are the first administrator, and signed in.", "success")
    return redirect(url_for("set_up.show"))


def _form(errors: Mapping[str, Any] | None = None) -> str:
    if not set_up.is_open(engine()):
        abort(404)
    typed = {name: value for name, value in request.form.items() if name not in ("password", "csrf_token")}
    return render_template("directory/set_up.html", posts=set_up.posts_of(_policy()), typed=typed, errors=errors or {})


def _policy() -> Mapping[str, bytes]:
    return deployments.read_snapshot(config().policy)
