"""The pages of a task: its whole form, the sections of a long form, one section, or what became of it."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, render_template, request

from engine.errors import Invalid, NotAllowed, Stale
from engine.service.case_file import around, listed_actions, remedies
from engine.service.people import accounts
from engine.service.periods import lists
from engine.service.tasks import drafting, happenings, starting, work
from engine.service.tasks.began import mark_of
from engine.service.tasks.two_drafts import TwoDrafts
from engine.service.tasks.work import TaskPage
from webapp.reach import asked, engine, me, posted
from webapp.render.questions import lines_of, section_by_field

OPEN = "open"
LONG = 4
CHOICE, STORED = "keep:", "stored"

# What may follow at once when somebody has chosen between two drafts. Anything else they look at again first.
_GOING_ON = ("begin", "continue", "go")


def render(page: TaskPage, section: str = "", stale: Stale | None = None, began: str | None = None) -> str:
    """Return the page of a task. NotAllowed when it is not the reader's, saying why.

    A form of LONG sections or more is shown a section at a time. `began` is the mark of the draft that the page began
    from, when it shows what was typed and not kept.
    """
    if page.reason_against is not None:
        raise NotAllowed(doing=f"open “{page.task.title}”", reason=page.reason_against)
    told = {**_told(page, stale), "began": began}
    if page.task.status != OPEN:
        return render_template("task_closed.html", page=page)
    if section:
        return _section(page, section, told)
    template = "task_sections.html" if is_long(page) else "task.html"
    fields = section_by_field(page.view) if page.view is not None else {}
    return render_template(template, page=page, fields=fields, **told)


def refused(page: TaskPage, section: str, refusal: Invalid | Stale) -> str:
    """Return the page with what is wrong; when all of it is that an answer brought up new questions, just with them."""
    began = request.form.get("began")
    if isinstance(refusal, Stale):
        return render(page, section, refusal, began)
    shown = {one.id for part in page.view.sections for one in part.questions} if page.view is not None else set()
    if asked() and set(refusal.errors) <= shown - asked():
        flash("Your answers bring up another question. Answer it, then go on.", "note")
        raw = drafting.typed(engine(), me(), page.task.id, posted(), asked())
        return render(work.open_task(engine(), me(), page.task.id, raw), section, began=began)
    return render(page, section, began=began)


def render_two_drafts(two: TwoDrafts, added: Mapping[str, str]) -> str:
    """Return the page on which somebody chooses between the draft that is kept and what a posted page holds.

    It carries all fields of that page, with what was `added` to them, and goes where its button went.
    """
    fields = ((name, value) for name, value in request.form.items(multi=True) if _is_carried(name))
    carried = [*((name, value) for name, value in fields if name not in added), *added.items()]
    doing = request.form.get("do", "")
    then = doing if doing.partition(":")[0] in _GOING_ON else "save"
    began = mark_of(two.page.draft, asked())
    return render_template("two_drafts.html", two=two, page=two.page, carried=carried, then=then, began=began)


def left_stored() -> frozenset[str]:
    """Return the questions to which somebody chose the answers of the draft that is kept."""
    return frozenset(
        name.removeprefix(CHOICE) for name, value in request.form.items() if name.startswith(CHOICE) and value == STORED
    )


def is_long(page: TaskPage) -> bool:
    """Tell whether the form is shown a section at a time."""
    return page.view is not None and len(page.view.sections) >= LONG


def completed_by_reader(task_id: str) -> bool:
    """Tell whether the reader has completed this task already."""
    task = work.open_task(engine(), me(), task_id).task
    return bool(task.status == "done" and task.closed_by == me())


def _is_carried(field: str) -> bool:
    return field not in ("began", "csrf_token", "do") and not field.startswith(CHOICE)


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
