"""Practising a form with an invented case: judged by the same rules, and nothing is kept."""

from typing import Any

from flask import Blueprint, render_template, request

from engine.errors import Invalid
from engine.service.people import accounts
from engine.service.tasks import practice
from webapp.auth import SIGNED_IN, guard
from webapp.reach import asked, engine, posted
from webapp.rows import changed

pages = Blueprint("practice", __name__)


@pages.get("/help/practise")
@guard(SIGNED_IN)
def offer() -> str:
    """List the forms that can be practised."""
    return render_template("practices.html", exercises=practice.offered(engine()))


@pages.get("/help/practise/<form>")
@guard(SIGNED_IN)
def show(form: str) -> str:
    """Show a form with its invented case."""
    return _page(form)


@pages.post("/help/practise/<form>")
@guard(SIGNED_IN)
def answer(form: str) -> Any:
    """Say what would become of the answers; add or remove a row where that was asked for."""
    raw = practice.typed(engine(), form, posted(), asked())
    if (rows := changed(raw, request.form.get("do", ""))) is not None:
        return _page(form, rows.raw)
    try:
        practice.judge(engine(), form, raw)
    except Invalid as refusal:
        return _page(form, raw, refusal), refusal.status
    return _page(form, raw, accepted=True)


def _page(form: str, raw: dict[str, Any] | None = None, refusal: Invalid | None = None, accepted: bool = False) -> str:
    page = practice.open_form(engine(), form, raw, None if refusal is None else refusal.errors)
    return render_template("practice.html", page=page, accepted=accepted, people=accounts.everybody(engine()))
