"""Practising a form with an invented case: judged by the same rules, and nothing is kept.

A long form goes from section to section, as in real work. What was typed in the other sections travels in the page.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template, request

from engine.errors import Invalid, TooLarge, Unreadable
from engine.service.audits import cycles
from engine.service.people import accounts
from engine.service.tasks import practice
from webapp.auth import SIGNED_IN, guard
from webapp.reach import asked, engine, posted
from webapp.render.questions import file_question, lines_of, section_by_field
from webapp.rows import changed
from webapp.task_pages import LONG
from webapp.uploads import CHOOSE_FILE, uploaded_file

pages = Blueprint("practice", __name__)


@pages.get("/help/practise")
@guard(SIGNED_IN)
def offer() -> str:
    """List the forms that can be practised."""
    return render_template("practices.html", exercises=practice.offered(engine()))


@pages.get("/help/practise/<form>")
@guard(SIGNED_IN)
def show(form: str) -> str:
    """Show a form with its invented case, or the sections of a long one."""
    return _page(form, {})


@pages.post("/help/practise/<form>")
@guard(SIGNED_IN)
def answer(form: str) -> Any:
    """Do what the pressed button says: try the answers, or go to a section, a row or a file."""
    raw = practice.typed(engine(), form, posted(), asked())
    doing, _, rest = request.form.get("do", "try").partition(":")
    section = request.form.get("section", "")
    if (rows := changed(raw, request.form.get("do", ""))) is not None:
        return _page(form, rows.raw, section)
    if doing == "go":
        return _page(form, raw, rest)
    if doing == "check":
        return _page(form, raw, rest, _refusal(form, raw))
    if doing == "continue":
        end = practice.end_of(engine(), form, section, raw)
        return _page(form, raw, end.following) if end.right else _refused(form, raw, section, _refusal(form, raw))
    if doing == "upload":
        return _upload(form, raw, section)
    refusal = _refusal(form, raw)
    return _page(form, raw, accepted=True) if refusal is None else _refused(form, raw, "", refusal)


def _upload(form: str, raw: Mapping[str, Any], section: str) -> Any:
    """Show what is in a list. Of the file nothing stays but that there was one."""
    file = uploaded_file()
    if file is None:
        asking = file_question(practice.open_form(engine(), form, raw).view)
        return _refused(form, raw, section, Invalid({asking: [CHOOSE_FILE]}))
    question, name, content = file
    try:
        report = cycles.read_list(engine(), content, name).summary()
    except (TooLarge, Unreadable) as refusal:
        return _refused(form, raw, section, Invalid({question: [refusal.sentence]}))
    return _page(form, {**raw, question: practice.AN_UPLOAD}, section, report=report)


def _refusal(form: str, raw: Mapping[str, Any]) -> Invalid | None:
    try:
        practice.judge(engine(), form, raw)
    except Invalid as refusal:
        return refusal
    return None


def _refused(form: str, raw: Mapping[str, Any], section: str, refusal: Invalid | None) -> tuple[str, int]:
    return _page(form, raw, section, refusal), Invalid.status


def _page(form: str, raw: Mapping[str, Any], section: str = "", refusal: Invalid | None = None, **told: object) -> str:
    page = practice.open_form(engine(), form, raw, None if refusal is None else refusal.errors)
    is_long = len(page.view.sections) >= LONG
    if is_long and section and section not in {one.id for one in page.view.sections}:
        abort(404)
    shown = [one for one in page.view.sections if not is_long or one.id == section]
    others = asked() - {one.id for part in shown for one in part.questions}
    return render_template(
        "practice.html",
        page=page,
        is_long=is_long,
        shown=shown,
        others=others,
        carried=[(name, one) for name, one in request.form.items(multi=True) if name.partition("-")[0] in others],
        errors=lines_of(page.view, section) if is_long and section else page.view.errors,
        section_of=section_by_field(page.view),
        people=accounts.everybody(engine()),
        **told,
    )
