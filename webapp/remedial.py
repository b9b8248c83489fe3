"""What is done with one remedial action: recording work, signing it off."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from engine.service import actions, remedies
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine, me

pages = Blueprint("remedial", __name__)


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
    task = request.form.get("task", "")
    page = url_for("tasks.show", task_id=task) if task else url_for("cases.show", reference=row.case_ref)
    return redirect(f"{page}#action-{action}")
