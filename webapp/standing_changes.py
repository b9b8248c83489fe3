"""Changing how one piece of work stands: more time for a task, another holder, back to an earlier task, cancelled."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid
from engine.service.overview import cancelling, interventions
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me

pages = Blueprint("standing_changes", __name__)


@pages.get("/standing/instances/<identifier>/change")
@guard(SIGNED_IN)
def show(identifier: str) -> str:
    """Offer what the reader may do to an instance."""
    return _page(identifier)


@pages.post("/standing/instances/<identifier>/tasks/<task_id>/extend")
@guard(SIGNED_IN)
def extend(identifier: str, task_id: str) -> Any:
    """Give a task more time."""

    def work() -> None:
        interventions.extend(engine(), me(), task_id, _day(), request.form.get("reason", ""))

    return _done(identifier, f"extend-{task_id}", work, "The task has more time. Its reminders moved with it.")


@pages.post("/standing/instances/<identifier>/tasks/<task_id>/reassign")
@guard(SIGNED_IN)
def reassign(identifier: str, task_id: str) -> Any:
    """Give a task to a colleague of its post."""

    def work() -> None:
        interventions.reassign(engine(), me(), task_id, request.form.get("to", ""), request.form.get("reason", ""))

    return _done(identifier, f"reassign-{task_id}", work, "The task has another holder.")


@pages.post("/standing/instances/<identifier>/move-back")
@guard(SIGNED_IN)
def move_back(identifier: str) -> Any:
    """Move an instance back to an earlier task."""

    def work() -> None:
        interventions.move_back(
            engine(), me(), identifier, request.form.get("element", ""), request.form.get("reason", "")
        )

    return _done(identifier, "back", work, "The work is back at the earlier task.")


@pages.get("/standing/instances/<identifier>/cancel")
@guard(SIGNED_IN)
def cancel(identifier: str) -> str:
    """Ask for the reason, and tell what cancelling an instance does."""
    return _cancel_page(identifier)


@pages.post("/standing/instances/<identifier>/cancel")
@guard(SIGNED_IN)
def cancel_it(identifier: str) -> Any:
    """Cancel an instance."""
    reason = request.form.get("reason", "")
    try:
        cancelling.cancel(engine(), me(), identifier, reason)
    except Invalid as refusal:
        return _cancel_page(identifier, refusal.errors["reason"][0], reason), refusal.status
    flash("The work is cancelled. Those who had its tasks are told by a notice.", "success")
    return redirect(url_for("standing.instance", identifier=identifier))


def _cancel_page(identifier: str, wrong: str = "", typed: str = "") -> str:
    page = cancelling.page_of(engine(), me(), identifier)
    return render_template("standing_cancel.html", page=page, wrong=wrong, typed=typed)


def _done(identifier: str, form: str, work: Callable[[], None], words: str) -> Any:
    try:
        work()
    except Invalid as refusal:
        return _page(identifier, form, refusal), refusal.status
    flash(words, "success")
    return redirect(url_for("standing.instance", identifier=identifier))


def _page(identifier: str, form: str = "", refusal: Invalid | None = None) -> str:
    return render_template(
        "standing_change.html",
        page=interventions.page_of(engine(), me(), identifier),
        wrong=form,
        errors={} if refusal is None else {name: messages[0] for name, messages in refusal.errors.items()},
        typed=request.form if refusal is not None else {},
    )


def _day() -> date | None:
    """Return the day that was typed, None for what is no day."""
    parts = [request.form.get(f"day-{name}", "").strip() for name in ("year", "month", "day")]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
