"""Passing a task on to somebody else who may have it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import Invalid
from engine.service.tasks import delegating
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me

pages = Blueprint("delegating", __name__)


@pages.get("/tasks/<task_id>/pass-on")
@guard(SIGNED_IN)
def show(task_id: str) -> str:
    """Show to whom the reader may pass a task on."""
    return _page(task_id)


@pages.post("/tasks/<task_id>/pass-on")
@guard(SIGNED_IN)
def pass_on(task_id: str) -> Any:
    """Pass the task on to whom the reader chose."""
    to, note = request.form.get("to", ""), request.form.get("note", "")
    try:
        delegating.delegate(engine(), me(), task_id, to, note)
    except Invalid as refusal:
        return _page(task_id, refusal), refusal.status
    flash("You have passed this task on.", "success")
    return redirect(url_for("inbox.show"))


def _page(task_id: str, refusal: Invalid | None = None) -> str:
    offer = delegating.offer(engine(), me(), task_id)
    errors = refusal.errors if refusal is not None else {}
    return render_template("pass_on.html", offer=offer, typed=request.form, errors=errors)
