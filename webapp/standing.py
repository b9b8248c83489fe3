"""Where everything stands: all processes, one on its diagram, one instance, and the incidents."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid, Refusal
from engine.service import incidents, paths, standing
from engine.service.standing import Filter
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me
from webapp.render.drawing import LATE, TIME, TOKENS, drawing_of
from webapp.render.paging import Paging

pages = Blueprint("standing", __name__)

SHOWN = (TOKENS, TIME, LATE)


@pages.get("/standing")
@guard(SIGNED_IN)
def show() -> str:
    """Show how many instances of each process there are, in which state."""
    days = _days()
    counts = standing.overview(engine(), me(), days)
    return render_template("standing.html", counts=counts, days=days, periods=standing.PERIODS)


@pages.get("/standing/<process>")
@guard(SIGNED_IN)
def process(process: str) -> str:
    """Show a process on its diagram, and its unfinished instances."""
    wanted = Filter(process, *(request.args.get(name, "").strip() for name in ("element", "team", "state")))
    shown = request.args.get("show", TOKENS)
    page = standing.of_process(engine(), me(), wanted, _days(), Paging.wanted(request))
    return render_template(
        "standing_process.html",
        page=page,
        shown=shown if shown in SHOWN else TOKENS,
        drawing=drawing_of(page.picture, page.marks, show=shown if shown in SHOWN else TOKENS),
        paging=Paging(Paging.wanted(request), standing.PAGE, page.total),
        periods=standing.PERIODS,
    )


@pages.get("/standing/instances/<identifier>")
@guard(SIGNED_IN)
def instance(identifier: str) -> str:
    """Show one instance: its way through the diagram, its due dates and what happened."""
    page = paths.of_instance(engine(), me(), identifier)
    return render_template(
        "standing_instance.html", page=page, drawing=drawing_of(page.picture, page.marks, page.passed)
    )


@pages.get("/standing/incidents")
@guard(SIGNED_IN)
def stopped() -> str:
    """Show the incidents that are open."""
    return _incidents()


@pages.post("/standing/incidents/<int:number>/retry")
@guard(SIGNED_IN)
def retry(number: int) -> Any:
    """Do the work of an incident again."""
    try:
        incidents.retry(engine(), me(), number)
    except Refusal as refusal:
        return _incidents({number: refusal.sentence}), refusal.status
    flash(f"Incident {number} is settled: its work is done.", "success")
    return redirect(url_for("standing.stopped"))


@pages.post("/standing/incidents/<int:number>/give-up")
@guard(SIGNED_IN)
def give_up(number: int) -> Any:
    """Give the work of an incident up, with a reason that is kept."""
    reason = request.form.get("reason", "")
    try:
        incidents.give_up(engine(), me(), number, reason)
    except Invalid as refusal:
        return _incidents({number: refusal.errors["reason"][0]}, {number: reason}), refusal.status
    flash(f"Incident {number} is given up.", "success")
    return redirect(url_for("standing.stopped"))


def _incidents(errors: dict[int, str] | None = None, typed: dict[int, str] | None = None) -> str:
    found = incidents.open_incidents(engine(), me())
    return render_template("incidents.html", incidents=found, errors=errors or {}, typed=typed or {})


def _days() -> int:
    text = request.args.get("days", "")
    return int(text) if text in map(str, standing.PERIODS) else standing.PERIODS[0]
