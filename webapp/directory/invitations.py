"""Invitations: sent by who keeps the directory, and the page on which the invited person chooses a password."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid, NotFound
from engine.service.council import invitations
from webapp import passwords
from webapp.attempts import attempts, counted_by
from webapp.auth import ANYBODY, SIGNED_IN, guard
from webapp.reach import config, engine, me, now
from webapp.render.words import count_of

pages = Blueprint("invitations", __name__)

WHAT = "an invitation"


@pages.post("/directory/people/<someone:username>/invite")
@guard(SIGNED_IN)
def invite(username: str) -> Any:
    """Send somebody an invitation."""
    try:
        invitations.invite(engine(), me(), username, _address())
    except Invalid as refusal:
        flash(refusal.errors["email"][0], "note")
        return redirect(url_for("people.one", username=username))
    flash("The invitation is on its way. It can be used once, within three days.", "success")
    return redirect(url_for("people.one", username=username))


@pages.post("/directory/invite-all")
@guard(SIGNED_IN)
def invite_all() -> Any:
    """Invite everybody who has an address and no password."""
    count = invitations.invite_all(engine(), me(), _address())
    flash(f"{count_of(count, 'invitation is', 'invitations are')} on the way.", "success")
    return redirect(url_for("set_up.show"))


@pages.get("/invitations/<key>")
@guard(ANYBODY)
def show(key: str) -> Any:
    """Show the page on which the invited person chooses a password."""
    return _page(key)


@pages.post("/invitations/<key>")
@guard(ANYBODY)
def accept(key: str) -> Any:
    """Keep the password that was chosen, and use the invitation up."""
    person = _whose(key)
    reason = passwords.reason_against(request.form.get("password", ""), person.username)
    if reason is not None:
        return _page(key, reason), 422
    invitations.accept(engine(), key, passwords.HASHER.hash(request.form["password"]))
    flash("Your password is kept. Sign in with it now.", "success")
    return redirect(url_for("signing.show"))


def _page(key: str, error: str | None = None) -> str:
    return render_template("directory/invitation.html", person=_whose(key), error=error)


def _whose(key: str) -> Any:
    """Return whose invitation it is; after five wrong ones from an address, none is looked at for a while.

    Where the council has a provider of identities, none is.
    """
    if config().provider is not None or attempts().is_blocked(WHAT, counted_by(), now()):
        raise NotFound(what=invitations.WHAT)
    try:
        return invitations.whose(engine(), key)
    except NotFound:
        attempts().failed(WHAT, counted_by(), now())
        raise


def _address() -> str:
    return url_for("invitations.show", key="-", _external=True).removesuffix("/-")
