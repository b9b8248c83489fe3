"""The calendar by year, and closure days, which are seen with what they move before they are confirmed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.domain.calendar import FIRST_YEAR, LAST_YEAR
from engine.errors import Invalid
from engine.service.council import days_off
from webapp.auth import SIGNED_IN, guard
from webapp.directory import asking
from webapp.reach import engine, me
from webapp.render.words import count_of

pages = Blueprint("days_off", __name__)

MOST_SHOWN = 200


@pages.get("/directory/calendar")
@guard(SIGNED_IN)
def show() -> str:
    """Show a year."""
    return render_template("directory/calendar.html", page=days_off.year(engine(), me(), _year()))


@pages.get("/directory/calendar/close")
@guard(SIGNED_IN)
def ask() -> str:
    """Show the form of closure days."""
    return _form()


@pages.post("/directory/calendar/close")
@guard(SIGNED_IN)
def close() -> Any:
    """Show what closure days would move; recorded only when that was seen and confirmed."""
    try:
        first = asking.needed_day("first_day", "the first closure day")
        last, reason = asking.day("last_day") or first, asking.text("reason") or ""
        if request.form.get("do") != "confirm":
            moves = days_off.preview(engine(), me(), first, last, reason)
            return _preview(moves, first, last, reason)
        moves = days_off.close(engine(), me(), first, last, reason)
    except Invalid as refusal:
        return _form(refusal), refusal.status
    flash(f"The closure days are recorded. {count_of(len(moves), 'due date', 'due dates')} moved later.", "success")
    return redirect(url_for("days_off.show", year=first.year))


def _preview(moves: Any, first: Any, last: Any, reason: str) -> str:
    return render_template(
        "directory/close_preview.html",
        moves=moves[:MOST_SHOWN],
        total=len(moves),
        first=first,
        last=last,
        reason=reason,
        typed=request.form,
    )


def _form(refusal: Invalid | None = None) -> str:
    year = days_off.year(engine(), me())
    errors = refusal.errors if refusal is not None else {}
    return render_template("directory/close.html", year=year, typed=asking.typed(refusal) or {}, errors=errors)


def _year() -> int | None:
    text = request.args.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) < LAST_YEAR else None
