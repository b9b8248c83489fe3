"""Looking after the tasks that were chosen in a list."""

from typing import Any

from flask import Blueprint, render_template, request

from engine.errors import Invalid
from engine.service.inboxes import steering
from webapp.auth import SIGNED_IN, guard
from webapp.onward import onward
from webapp.reach import engine, me

pages = Blueprint("steering", __name__)


@pages.post("/steer")
@guard(SIGNED_IN)
def steer() -> Any:
    """Do what the pressed button says with each chosen task, and say what became of each."""
    chosen, doing = request.form.getlist("task"), request.form.get("do", "")
    try:
        results = steering.steer(
            engine(), me(), doing, chosen, request.form.get("to", ""), request.form.get("note", "")
        )
    except Invalid as refusal:
        return _page((), refusal), refusal.status
    return _page(results)


def _page(results: tuple[steering.Result, ...], refusal: Invalid | None = None) -> str:
    chosen = request.form.getlist("task")
    return render_template(
        "steered.html",
        results=results,
        failed=sum(not one.done for one in results),
        way_back=onward("back"),
        people=steering.people_for(engine(), me()),
        colleagues=steering.colleagues_for(engine(), me(), chosen) if refusal is not None else (),
        chosen=chosen,
        typed=request.form,
        errors=refusal.errors if refusal is not None else {},
    )
