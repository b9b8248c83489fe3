"""Beginning a process by hand, with the form of its start event."""

import secrets
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from engine.errors import Invalid
from engine.service.engine import LONGEST_KEY
from engine.service.people import accounts
from engine.service.shown import FormView
from engine.service.tasks import beginning, starting
from engine.service.tasks.beginning import Begun
from webapp.auth import SIGNED_IN, guard
from webapp.reach import asked, engine, me, posted
from webapp.render.questions import file_question
from webapp.render.words import together
from webapp.rows import changed
from webapp.uploads import CHOOSE_FILE, UNUSABLE_FILE, keep_policy, uploaded_file, why_unusable

pages = Blueprint("starts", __name__)


@pages.get("/start")
@guard(SIGNED_IN)
def offer() -> str:
    """Show what the reader may begin that is not about one case."""
    return render_template("starts.html", starts=starting.starts_of(engine(), me(), None))


@pages.get("/start/<process>", defaults={"reference": None})
@pages.get("/cases/<reference>/start/<process>")
@guard(SIGNED_IN)
def show(reference: str | None, process: str) -> str:
    """Show the form; answers in the address are filled in."""
    return _page(reference, process, starting.prefilled(engine(), process, request.args))


@pages.post("/start/<process>", defaults={"reference": None})
@pages.post("/cases/<reference>/start/<process>")
@guard(SIGNED_IN)
def begin(reference: str | None, process: str) -> Any:
    """Begin the process, once however often the button is pressed."""
    key = request.form.get("key", "")
    if not 0 < len(key) <= LONGEST_KEY:
        abort(400)
    raw = starting.typed(engine(), process, posted(), asked())
    if (rows := changed(raw, request.form.get("do", ""))) is not None:
        return _page(reference, process, rows.raw)
    page = starting.open_start(engine(), me(), process, reference, request.args.get("audit"), raw)
    if request.form.get("do") == "upload":
        return _upload(reference, process, raw, page.view)
    try:
        begun = beginning.begin_and_tell(engine(), me(), process, raw, page.facts, key=key)
    except Invalid as refusal:
        return _refused(reference, process, raw, refusal)
    flash(f"“{page.start.title}” is sent{'' if reference is None else f' for {reference}'}.{_told(begun)}", "success")
    return redirect(_back(reference))


def _upload(reference: str | None, process: str, raw: dict[str, Any], view: FormView) -> Any:
    file = uploaded_file()
    if file is None:
        return _refused(reference, process, raw, Invalid({file_question(view): [CHOOSE_FILE]}))
    question, name, content = file
    try:
        identifier, said = keep_policy(name, content)
    except UNUSABLE_FILE as refusal:
        return _refused(reference, process, raw, Invalid({question: why_unusable(refusal)}))
    flash(said)
    return _page(reference, process, {**raw, question: identifier})


def _refused(reference: str | None, process: str, raw: dict[str, Any], refusal: Invalid) -> tuple[str, int]:
    return _page(reference, process, raw, refusal), Invalid.status


def _told(begun: Begun) -> str:
    """Return who has heard of it, after a space; "" when that is nobody but the reader."""
    if begun.told:
        return f" {together(begun.told)} {'is' if len(begun.told) == 1 else 'are'} told."
    return f" It is with {together(begun.holders)} now." if begun.holders else ""


def _back(reference: str | None) -> str:
    """Return where the reader came from: a section of a task, a task, else the case, else the tasks."""
    task, section = request.args.get("task"), request.args.get("section")
    if task and section:
        return url_for("tasks.show_section", task_id=task, section=section)
    if task:
        return url_for("tasks.show", task_id=task)
    return url_for("cases.show", reference=reference) if reference is not None else url_for("inbox.show")


def _page(reference: str | None, process: str, raw: dict[str, Any], refusal: Invalid | None = None) -> str:
    audit, errors = request.args.get("audit"), refusal.errors if refusal is not None else None
    page = starting.open_start(engine(), me(), process, reference, audit, raw, errors)
    return render_template(
        "start.html",
        page=page,
        reference=reference,
        people=accounts.everybody(engine()),
        key=secrets.token_hex(16),
        came_from=_back(reference),
    )
