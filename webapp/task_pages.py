"""The pages of a task: its whole form, the sections of a long form, one section, or what became of it."""

import secrets
from typing import Any

from flask import abort, flash, render_template, request

from engine.errors import Invalid, NotAllowed, Stale
from engine.service.case_file import around, listed_actions, remedies
from engine.service.people import accounts
from engine.service.periods import lists
from engine.service.tasks import drafting, happenings, starting, work
from engine.service.tasks.work import TaskPage
from webapp.reach import asked, engine, me, posted
from webapp.render.questions import lines_of, section_by_field

OPEN = "open"
LONG = 4


def render(page: TaskPage, section: str = "", stale: Stale | None = None) -> str:
    """Return the page of a task. NotAllowed when it is not the reader's, saying why.

    A form of LONG sections or more is shown a section at a time.
    """
    if page.reason_against is not None:
        raise NotAllowed(doing=f"open “{page.task.title}”", reason=page.reason_against)
    told = _told(page, stale)
    if page.task.status != OPEN:
        return render_template("task_closed.html", page=page)
    if section:
        return _section(page, section, told)
    template = "task_sections.html" if is_long(page) else "task.html"
    fields = section_by_field(page.view) if page.view is not None else {}
    return render_template(template, page=page, fields=fields, **told)


def refused(page: TaskPage, section: str, refusal: Invalid) -> str:
    """Return the page with what is wrong; when all of it is that an answer brought up new questions, just with them."""
    shown = {one.id for part in page.view.sections for one in part.questions} if page.view is not None else set()
    if asked() and set(refusal.errors) <= shown - asked():
        flash("Your answers bring up another question. Answer it, then go on.", "note")
        raw = drafting.typed(engine(), me(), page.task.id, posted(), asked())
        return render(work.open_task(engine(), me(), page.task.id, raw), section)
    return render(page, section)


def is_long(page: TaskPage) -> bool:
    """Tell whether the form is shown a section at a time."""
    return page.view is not None and len(page.view.sections) >= LONG


def completed_by_reader(task_id: str) -> bool:
    """Tell whether the reader has completed this task already."""
    task = work.open_task(engine(), me(), task_id).task
    return bool(task.status == "done" and task.closed_by == me())


def uploaded_file() -> tuple[str, str, bytes] | None:
    """Return the question, the name and the content of the file that came with the page, None without one.

    The field of a file is named by its question with "-file" after it.
    """
    for field, file in request.files.items():
        if file.filename:
            return field.removesuffix("-file"), file.filename, file.read()
    return None


def _section(page: TaskPage, section: str, told: dict[str, Any]) -> str:
    found = [one for one in page.view.sections if one.id == section] if page.view is not None else []
    if not found or page.view is None:
        abort(404)
    place = page.view.sections.index(found[0]) + 1
    errors = lines_of(page.view, section)
    return render_template("task_section.html", page=page, section=found[0], place=place, errors=errors, **told)


def _told(page: TaskPage, stale: Stale | None) -> dict[str, Any]:
    last = happenings.last_of_task(engine(), page.task.id) if stale is not None else None
    return {
        "around": around.of_task(engine(), me(), page.task.id),
        "cards": remedies.of_task(engine(), me(), page.task.id),
        "key": secrets.token_hex(16),
        "last": last,
        "listed": listed_actions.of_task(engine(), me(), page.task),
        "list": lists.list_of_task(engine(), me(), page.task.id),
        "people": accounts.everybody(engine()),
        "stale": stale,
        "starts": starting.starts_of(engine(), me(), page.task.case_ref) if page.task.case_ref is not None else (),
    }
