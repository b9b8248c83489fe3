"""My settings: being away, the daily digest, keyboard shortcuts, and the calendar of due dates."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from engine.domain.calendar import parse_day
from engine.errors import Invalid
from engine.service.inboxes import calendars, preferences
from engine.service.people import absences
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me

pages = Blueprint("settings", __name__)

DAYS = {"first_day": "the first day on which you are away", "last_day": "the last day on which you are away"}


@pages.get("/settings")
@guard(SIGNED_IN)
def show() -> str:
    """Show what the reader has set."""
    return _page()


@pages.post("/settings/absences")
@guard(SIGNED_IN)
def record_absence() -> Any:
    """Record that the reader is going to be away."""
    try:
        absences.record(engine(), me(), *_days())
    except Invalid as refusal:
        return _page(refusal), refusal.status
    flash("Your absence is recorded.", "success")
    return redirect(url_for("settings.show"))


@pages.get("/settings/absences/<int:number>")
@guard(SIGNED_IN)
def show_absence(number: int) -> str:
    """Show an absence of the reader, to be changed."""
    return _absence_page(number)


@pages.post("/settings/absences/<int:number>")
@guard(SIGNED_IN)
def change_absence(number: int) -> Any:
    """Change the days of an absence of the reader."""
    try:
        absences.change(engine(), me(), number, *_days())
    except Invalid as refusal:
        return _absence_page(number, refusal), refusal.status
    flash("Your absence is changed.", "success")
    return redirect(url_for("settings.show"))


@pages.post("/settings/absences/<int:number>/cancel")
@guard(SIGNED_IN)
def cancel_absence(number: int) -> Any:
    """Cancel an absence of the reader."""
    absences.cancel(engine(), me(), number)
    flash("Your absence is cancelled.", "success")
    return redirect(url_for("settings.show"))


@pages.post("/settings/preferences")
@guard(SIGNED_IN)
def choose() -> Any:
    """Keep whether the reader wants the daily digest and keyboard shortcuts."""
    wanted = {name: request.form.get(name) == "yes" for name in ("digest", "shortcuts")}
    preferences.choose(engine(), me(), **wanted)
    flash("Your choices are kept.", "success")
    return redirect(url_for("settings.show"))


@pages.post("/settings/calendar")
@guard(SIGNED_IN)
def renew_calendar() -> str:
    """Make a new calendar address and show it, this once."""
    secret = calendars.renew(engine(), me())
    return _page(address=url_for("calendars.show", secret=secret, _external=True))


@pages.post("/settings/calendar/revoke")
@guard(SIGNED_IN)
def revoke_calendar() -> Any:
    """Let the calendar address open nothing any more."""
    calendars.revoke(engine(), me())
    flash("The calendar address opens nothing any more.", "success")
    return redirect(url_for("settings.show"))


def _page(refusal: Invalid | None = None, address: str = "") -> str:
    return render_template(
        "settings.html",
        absences=absences.of_person(engine(), me()),
        stand_ins=absences.stand_ins(engine(), me()),
        preferences=preferences.of_person(engine(), me()),
        calendar_made_at=calendars.made_at(engine(), me()),
        address=address,
        typed=request.form,
        errors=refusal.errors if refusal is not None else {},
    )


def _absence_page(number: int, refusal: Invalid | None = None) -> str:
    found = next((one for one in absences.of_person(engine(), me()) if one.number == number), None)
    if found is None:
        abort(404)
    known = {
        f"{name}-{part}": getattr(getattr(found, name), part) for name in DAYS for part in ("day", "month", "year")
    }
    typed = request.form if refusal is not None else known
    errors = refusal.errors if refusal is not None else {}
    return render_template("absence.html", absence=found, typed=typed, errors=errors)


def _days() -> tuple[date, date]:
    """Return the two days of the posted page; Invalid, field by field, for what is no day."""
    errors: dict[str, list[str]] = {}
    found = [_day(name, words, errors) for name, words in DAYS.items()]
    first, last = found
    if first is None or last is None:
        raise Invalid(errors)
    return first, last


def _day(name: str, words: str, errors: dict[str, list[str]]) -> date | None:
    year, month, day = (request.form.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day"))
    try:
        return parse_day(f"{year}-{month:0>2}-{day:0>2}")
    except Invalid:
        is_blank = not (year or month or day)
        errors[name] = [f"Enter {words}." if is_blank else f"{words[:1].upper()}{words[1:]} must be a real date."]
        return None
