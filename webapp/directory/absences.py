"""Absences week by week with who covers, recorded for oneself and, by those who keep the directory, for others."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.domain.people import Absence
from engine.errors import Invalid
from engine.service.council import absences, person
from webapp.auth import SIGNED_IN, guard
from webapp.directory import asking
from webapp.reach import engine, me
from webapp.render.paging import Paging

pages = Blueprint("absences", __name__)


@pages.get("/directory/absences")
@guard(SIGNED_IN)
def show() -> str:
    """Show a week."""
    return _week()


@pages.post("/directory/absences")
@guard(SIGNED_IN)
def record() -> Any:
    """Record an absence of somebody who is chosen on the page of the week."""
    username = asking.text("person")
    try:
        if username is None:
            raise Invalid({"person": ["Choose who is away."]})
        _record(username)
    except Invalid as refusal:
        return _week(refusal), refusal.status
    flash("The absence is recorded.", "success")
    return redirect(url_for("absences.show", day=asking.day("first_day")))


@pages.get("/directory/people/<someone:username>/absence")
@guard(SIGNED_IN)
def ask(username: str) -> str:
    """Show the form of an absence of one person."""
    return _form(username)


@pages.post("/directory/people/<someone:username>/absence")
@guard(SIGNED_IN)
def record_for(username: str) -> Any:
    """Record an absence of one person."""
    try:
        _record(username)
    except Invalid as refusal:
        return _form(username, refusal), refusal.status
    flash("The absence is recorded.", "success")
    return redirect(url_for("people.one", username=username))


@pages.post("/directory/people/<someone:username>/absence/withdraw")
@guard(SIGNED_IN)
def withdraw(username: str) -> Any:
    """Record that somebody is not away after all."""
    first, last = asking.posted_day("first_day"), asking.posted_day("last_day")
    absences.withdraw(engine(), me(), Absence(username, first, last))
    flash("The absence is withdrawn.", "success")
    return redirect(url_for("people.one", username=username))


def _record(username: str) -> None:
    first = asking.needed_day("first_day", "the first day of the absence")
    last = asking.day("last_day") or first
    absences.record(engine(), me(), username, first, last)


def _week(refusal: Invalid | None = None) -> str:
    number = Paging.wanted(request)
    page = absences.week(engine(), me(), asking.asked_day("day"), number)
    return render_template(
        "directory/absences.html",
        page=page,
        paging=Paging(number, absences.PAGE, page.total),
        typed=asking.typed(refusal) or {},
        errors=refusal.errors if refusal is not None else {},
    )


def _form(username: str, refusal: Invalid | None = None) -> str:
    page = person.page(engine(), me(), username)
    errors = refusal.errors if refusal is not None else {}
    return render_template("directory/absence.html", page=page, typed=asking.typed(refusal) or {}, errors=errors)
