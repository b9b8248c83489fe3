"""People: looked up by everybody, added, changed and taken leave of by who keeps the directory."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid
from engine.service.council import changes, leavers, listing, person
from engine.service.council.listing import Wanted
from webapp.auth import SIGNED_IN, guard
from webapp.directory import asking
from webapp.reach import engine, me
from webapp.render.paging import Paging

pages = Blueprint("people", __name__)


@pages.get("/directory")
@guard(SIGNED_IN)
def show() -> str:
    """Show the people of the directory."""
    number = Paging.wanted(request)
    wanted = Wanted(*(request.args.get(name, "").strip() for name in ("words", "post", "team", "state")))
    page = listing.people(engine(), me(), wanted, number)
    paging = Paging(number, listing.PAGE, page.total)
    return render_template("directory/people.html", page=page, wanted=wanted, paging=paging)


@pages.get("/directory/people/<someone:username>")
@guard(SIGNED_IN)
def one(username: str) -> str:
    """Show one person."""
    return render_template("directory/person.html", page=person.page(engine(), me(), username))


@pages.get("/directory/new-person")
@guard(SIGNED_IN)
def new() -> str:
    """Show the form of somebody new."""
    return _form(None)


@pages.post("/directory/new-person")
@guard(SIGNED_IN)
def add() -> Any:
    """Add somebody."""
    username = asking.text("username") or ""
    try:
        changes.add(engine(), me(), username, _values())
    except Invalid as refusal:
        return _form(None, refusal), refusal.status
    flash("The new person is in the directory.", "success")
    return redirect(url_for("people.one", username=username))


@pages.get("/directory/people/<someone:username>/change")
@guard(SIGNED_IN)
def edit(username: str) -> str:
    """Show the form of somebody."""
    return _form(username)


@pages.post("/directory/people/<someone:username>/change")
@guard(SIGNED_IN)
def change(username: str) -> Any:
    """Change what is kept about somebody."""
    try:
        changed = changes.change(engine(), me(), username, _values())
    except Invalid as refusal:
        return _form(username, refusal), refusal.status
    flash("The change is kept." if changed else "Nothing was changed.", "success")
    return redirect(url_for("people.one", username=username))


@pages.get("/directory/people/<someone:username>/leave")
@guard(SIGNED_IN)
def ask_to_leave(username: str) -> str:
    """Show what becomes of somebody's open work when they leave."""
    return _leaving(username)


@pages.post("/directory/people/<someone:username>/leave")
@guard(SIGNED_IN)
def leave(username: str) -> Any:
    """Record that somebody has left, or when they will."""
    try:
        last_day = asking.day("last_day")
        leavers.leave(engine(), me(), username, last_day)
    except Invalid as refusal:
        return _leaving(username, refusal), refusal.status
    said = "they have left. They are signed out." if last_day is None else "they leave, and their last day."
    flash(f"It is recorded that {said}", "success")
    return redirect(url_for("people.one", username=username))


@pages.post("/directory/people/<someone:username>/stay")
@guard(SIGNED_IN)
def stay(username: str) -> Any:
    """Record that somebody does not leave after all."""
    leavers.stay(engine(), me(), username)
    flash("It is recorded that they stay.", "success")
    return redirect(url_for("people.one", username=username))


@pages.post("/directory/people/<someone:username>/back")
@guard(SIGNED_IN)
def come_back(username: str) -> Any:
    """Record that somebody works here again."""
    leavers.come_back(engine(), me(), username)
    flash("It is recorded that they work here again. They have no password yet.", "success")
    return redirect(url_for("people.one", username=username))


def _values() -> dict[str, Any]:
    values: dict[str, Any] = asking.texts(changes.FIELDS)
    return {**values, **{name: values[name] == asking.YES for name in ("in_audit_pool", "cleared")}}


def _leaving(username: str, refusal: Invalid | None = None) -> str:
    page = person.leaving(engine(), me(), username)
    errors = refusal.errors if refusal is not None else {}
    typed = asking.typed(refusal) or asking.in_boxes("last_day", page.person.last_day)
    return render_template("directory/leave.html", page=page, typed=typed, errors=errors)


def _form(username: str | None, refusal: Invalid | None = None) -> str:
    choices = person.choices(engine(), me(), username)
    errors = refusal.errors if refusal is not None else {}
    return render_template(
        "directory/person_form.html",
        choices=choices,
        typed=asking.typed(refusal) or _kept(choices.person),
        errors=errors,
    )


def _kept(somebody: Any) -> dict[str, Any]:
    if somebody is None:
        return {}
    flags = {name: asking.YES if getattr(somebody, name) else "no" for name in ("in_audit_pool", "cleared")}
    return {**vars(somebody), **flags}
