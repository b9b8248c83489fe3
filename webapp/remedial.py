"""One remedial action: its page, recording work on it, signing it off."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.service.case_file import one_action, remedies
from engine.service.cases import actions
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me

pages = Blueprint("remedial", __name__)


@pages.get("/actions/<int:action>")
@guard(SIGNED_IN)
def show(action: int) -> str:
    """Show one remedial action to somebody who may read its audit."""
    return render_template("action.html", page=one_action.of_action(engine(), me(), action))


@pages.post("/actions/<int:action>/sign-off")
@guard(SIGNED_IN)
def sign_off(action: int) -> Any:
    """Sign an action off as completed."""
    actions.sign_off(engine(), me(), action, _what())
    return _back(action, "Remedial action {} is signed off.")


@pages.post("/actions/<int:action>/work")
@guard(SIGNED_IN)
def record_work(action: int) -> Any:
    """Record work done on an action."""
    what = _what()
    if not what:
        return _back(action, "Nothing was recorded for remedial action {}: say what was done.", "error")
    actions.record_work(engine(), me(), action, what)
    return _back(action, "The work on remedial action {} is recorded.")


def _what() -> str:
    return request.form.get("what", "").strip()


def _back(action: int, words: str, category: str = "success") -> Any:
    row = remedies.where(engine(), action)
    flash(words.format(row.number), category)
    return redirect(f"{_page(action, row.case_ref)}#action-{action}")


def _page(action: int, case: str) -> str:
    """Return the page whose button was pressed: that of a task, of the action, or of the case."""
    if task := request.form.get("task", ""):
        return url_for("tasks.show", task_id=task)
    return url_for("remedial.show", action=action) if "alone" in request.form else url_for("cases.show", reference=case)
