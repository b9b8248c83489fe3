"""A task: opening it, keeping a draft, going from section to section, taking it, giving it back, completing it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, request, url_for

from engine.errors import AlreadyAnswered, DraftChanged, Invalid, NotNow, Refusal, Stale
from engine.service.audits import cycles
from engine.service.case_file import blind_grades, looks
from engine.service.periods import lists
from engine.service.tasks import drafting, handover, two_drafts, work
from engine.service.tasks.began import mark_of
from webapp.auth import SIGNED_IN, guard
from webapp.onward import onward
from webapp.reach import asked, began, engine, me, now, posted
from webapp.render.questions import file_question
from webapp.render.words import clock_time
from webapp.rows import changed
from webapp.task_pages import (
    completed_by_reader,
    left_stored,
    refused,
    render,
    render_two_drafts,
)
from webapp.uploads import CHOOSE_FILE, LIST_KEPT, UNUSABLE_FILE, keep_policy, uploaded_file, why_unusable

pages = Blueprint("tasks", __name__)


@pages.get("/tasks/<task_id>")
@guard(SIGNED_IN)
def show(task_id: str) -> str:
    """Show a task with its form, or the sections of a long one."""
    return render(looks.at_task(engine(), me(), task_id))


@pages.get("/tasks/<task_id>/sections/<section>")
@guard(SIGNED_IN)
def show_section(task_id: str, section: str) -> str:
    """Show one section of a long form; with ?check its errors too."""
    if "check" not in request.args:
        return render(looks.at_task(engine(), me(), task_id), section)
    raw = drafting.typed(engine(), me(), task_id, posted())
    faults = drafting.faults(engine(), task_id, raw)
    return render(work.open_task(engine(), me(), task_id, raw, faults), section)


@pages.post("/tasks/<task_id>")
@guard(SIGNED_IN)
def answer(task_id: str) -> Any:
    """Do what the pressed button says with the page of a task."""
    return _answered(task_id, "")


@pages.post("/tasks/<task_id>/sections/<section>")
@guard(SIGNED_IN)
def answer_section(task_id: str, section: str) -> Any:
    """Do what the pressed button says with the page of a section."""
    return _answered(task_id, section)


@pages.post("/tasks/<task_id>/take")
@guard(SIGNED_IN)
def take(task_id: str) -> Any:
    """Take a task of the reader's post."""
    work.take(engine(), me(), task_id)
    flash("You have taken this task. It is yours until you complete it or give it back.", "success")
    return redirect(onward("back") if "back" in request.form else url_for("tasks.show", task_id=task_id))


@pages.post("/tasks/<task_id>/take-over-draft")
@guard(SIGNED_IN)
def take_over_draft(task_id: str) -> Any:
    """Go on with the draft that a predecessor left."""
    handover.take_over(engine(), me(), task_id)
    flash("The draft is yours now. Check every answer before you complete the task.", "success")
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.post("/tasks/<task_id>/give-back")
@guard(SIGNED_IN)
def give_back(task_id: str) -> Any:
    """Give a task back to its post."""
    work.give_back(engine(), me(), task_id)
    flash("You have given this task back.", "success")
    return redirect(onward("back"))


def _answered(task_id: str, section: str) -> Any:
    raw = drafting.typed(engine(), me(), task_id, posted(), asked() - left_stored())
    doing = request.form.get("do", "complete").partition(":")[0]
    try:
        return _DOING.get(doing, _unknown)(task_id, section, raw)
    except DraftChanged as refusal:
        return _two_drafts(task_id, raw, refusal)


def _two_drafts(
    task_id: str, raw: Mapping[str, Any], refusal: DraftChanged, added: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """Let the reader choose between their draft and what they typed, with what was `added` to it since."""
    put = added or {}
    two = two_drafts.compare(engine(), me(), task_id, {**raw, **put}, asked())
    return render_two_drafts(two, put), refusal.status


def _unknown(_task_id: str, _section: str, _raw: Mapping[str, Any]) -> Any:
    abort(400)


def _complete(task_id: str, section: str, raw: Mapping[str, Any]) -> Any:
    version, key = request.form.get("version", type=int), request.form.get("key", "")
    if version is None or not 0 < len(key) <= 64:
        abort(400)
    try:
        work.complete(engine(), me(), task_id, raw, version=version, key=key, began=began())
    except Invalid as refusal:
        return refused(work.open_task(engine(), me(), task_id, raw, refusal.errors), section, refusal), refusal.status
    except Stale as refusal:
        return refused(work.open_task(engine(), me(), task_id, raw), section, refusal), refusal.status
    except (NotNow, AlreadyAnswered):
        # The second press of a button finds the task completed by the first.
        if not completed_by_reader(task_id):
            raise
    flash("The task is completed.", "success")
    return redirect(url_for("inbox.show"))


def _save(task_id: str, _section: str, raw: Mapping[str, Any]) -> Any:
    by_script = request.accept_mimetypes.best == "application/json"
    try:
        kept = work.save_draft(engine(), me(), task_id, raw, began())
    except Refusal as refusal:
        if by_script:
            return jsonify(saved=f"Not saved. {refusal.sentence}"), refusal.status
        raise
    words = f"Draft saved at {clock_time(now())}"
    if by_script:
        return jsonify(saved=words, began=mark_of(kept, asked()))
    flash(f"{words}. You can come back to it later.", "success")
    return redirect(request.path)


def _continue(task_id: str, section: str, raw: Mapping[str, Any]) -> Any:
    end = drafting.keep_section(engine(), me(), task_id, raw, section, began())
    if not end.right:
        faults = drafting.faults(engine(), task_id, raw)
        return render(work.open_task(engine(), me(), task_id, raw, faults), section), Invalid.status
    return redirect(_path(task_id, end.following))


def _go(task_id: str, _section: str, raw: Mapping[str, Any]) -> Any:
    work.save_draft(engine(), me(), task_id, raw, began())
    return redirect(_path(task_id, request.form.get("do", "").partition(":")[2]))


def _begin(task_id: str, section: str, raw: Mapping[str, Any]) -> Any:
    task = work.open_task(engine(), me(), task_id).task
    try:
        work.save_draft(engine(), me(), task_id, raw, began())
    except DraftChanged:
        raise
    except Refusal as refusal:
        # What somebody goes to begin may be a concern, and that waits for nothing.
        flash(f"What you typed on the page before was not kept. {refusal.sentence}", "error")
    process = request.form.get("do", "").partition(":")[2]
    about = {"reference": task.case_ref, "audit": task.audit, "task": task_id, "section": section or None}
    return redirect(url_for("starts.show", process=process, **about))


def _grades(task_id: str, section: str, raw: Mapping[str, Any]) -> Any:
    try:
        blind_grades.keep(engine(), me(), task_id, raw, began())
    except Invalid as refusal:
        return refused(work.open_task(engine(), me(), task_id, raw, refusal.errors), section, refusal), refusal.status
    flash("Your grades are kept. Compare them with the auditor’s, then go back to the review and send it.", "success")
    task = work.open_task(engine(), me(), task_id).task
    return redirect(url_for("cases.compare", reference=task.case_ref, audit=task.audit, task=task_id))


def _change_rows(task_id: str, _section: str, raw: Mapping[str, Any]) -> Any:
    rows = changed(raw, request.form.get("do", ""))
    if rows is None:
        abort(400)
    work.save_draft(engine(), me(), task_id, rows.raw, began())
    place = rows.question if rows.row is None else f"{rows.question}-{rows.row}"
    return redirect(f"{request.path}#{place}")


def _upload(task_id: str, section: str, raw: Mapping[str, Any]) -> Any:
    file = uploaded_file()
    if file is None:
        return _not_uploaded(task_id, section, raw, [CHOOSE_FILE])
    question, name, content = file
    try:
        identifier, said = _keep_file(task_id, name, content)
        work.save_draft(engine(), me(), task_id, {**raw, question: identifier}, began())
    except UNUSABLE_FILE as refusal:
        return _not_uploaded(task_id, section, raw, why_unusable(refusal))
    except DraftChanged as refusal:
        return _two_drafts(task_id, raw, refusal, {question: identifier})
    flash(said)
    return redirect(request.path)


def _keep_file(task_id: str, name: str, content: bytes) -> tuple[str, str]:
    """Keep the population list of a period, or else a changed policy; return its id and what to say of it."""
    belongs = lists.list_of_task(engine(), me(), task_id)
    if belongs is None:
        work.refuse(engine(), me(), task_id)
        return keep_policy(name, content)
    return cycles.upload(engine(), me(), belongs.cycle, name, content)[0], LIST_KEPT


def _not_uploaded(task_id: str, section: str, raw: Mapping[str, Any], sentences: list[str]) -> Any:
    view = work.open_task(engine(), me(), task_id, raw).view
    errors = {file_question(view): sentences} if view is not None else {}
    return refused(work.open_task(engine(), me(), task_id, raw, errors), section, Invalid(errors)), Invalid.status


def _path(task_id: str, section: str) -> str:
    """The address of a section, of all of them for ""."""
    if not section:
        return url_for("tasks.show", task_id=task_id)
    return url_for("tasks.show_section", task_id=task_id, section=section)


_DOING: Mapping[str, Callable[[str, str, Mapping[str, Any]], Any]] = {
    "add": _change_rows,
    "begin": _begin,
    "complete": _complete,
    "continue": _continue,
    "go": _go,
    "grades": _grades,
    "remove": _change_rows,
    "save": _save,
    "upload": _upload,
}
