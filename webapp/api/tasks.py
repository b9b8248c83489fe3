"""The tasks of the person whom a token acts for: what they may see and do on the pages, and no more."""

from dataclasses import asdict
from typing import Any

from marshmallow import fields, validate

from engine.errors import NotAllowed
from engine.service.inboxes import inbox as inboxes
from engine.service.people import tokens
from engine.service.tasks import task_tag, work
from engine.service.tasks.work import TaskPage
from webapp.api.bearer import engine, engine_unless_changed, me
from webapp.api.paging import Answer, listing, page
from webapp.api.resource import Paged, Resource, Shape, sought
from webapp.render.paging import Paging

resource = Resource("tasks", "Tasks of the person whom the token acts for.")


class Inbox(Paged):
    """Which tasks are wanted: about a case, or due."""

    case = sought(load_default="", metadata={"description": "The reference of a case; empty for all."})
    due = fields.String(load_default="", validate=validate.OneOf(("", inboxes.OVERDUE, inboxes.WEEK)))


class ListedTask(Shape):
    """A task in a list."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    process = fields.String(required=True)
    instance = fields.String(required=True)
    case = fields.String(attribute="case_ref", required=True, allow_none=True)
    post = fields.String(required=True, allow_none=True)
    team = fields.String(required=True, allow_none=True)
    assignee = fields.String(required=True, allow_none=True)
    due = fields.AwareDateTime(required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True)


class Task(ListedTask):
    """A task. Its ETag is what If-Match takes."""

    status = fields.String(required=True)
    audit = fields.String(required=True, allow_none=True)
    form = fields.String(required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_by = fields.String(required=True, allow_none=True)


class Option(Shape):
    """An answer to choose from."""

    value = fields.String(required=True)
    label = fields.String(required=True)
    hint = fields.String(required=True)
    chosen = fields.Boolean(required=True)


class Question(Shape):
    """A question as it stands. `value` is what was typed; send answers by `id` in the same shape."""

    id = fields.String(required=True)
    type = fields.String(required=True)
    label = fields.String(required=True)
    hint = fields.String(required=True)
    guidance = fields.String(required=True)
    shown = fields.Boolean(required=True)
    required = fields.Boolean(required=True)
    value = fields.Raw(required=True, allow_none=True)
    options = fields.List(fields.Nested(Option), required=True)
    rows = fields.List(fields.Nested(lambda: Row()), required=True)
    minimum = fields.Integer(required=True, allow_none=True)
    maximum = fields.Integer(required=True, allow_none=True)


class Row(Shape):
    """A row of a repeated group."""

    number = fields.Integer(required=True)
    questions = fields.List(fields.Nested(Question), required=True)


class Section(Shape):
    """A section that applies, with its questions in order."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    guidance = fields.String(required=True)
    questions = fields.List(fields.Nested(Question), required=True)


class TaskForm(Shape):
    """The form of a task, with the draft of its reader; no sections where the task has no form."""

    task = fields.String(required=True)
    form = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    sections = fields.List(fields.Nested(Section), required=True)
    draft_at = fields.AwareDateTime(required=True, allow_none=True)


class Answers(Shape):
    """Answers by the id of their question: text, a list for checkboxes, {"day", "month", "year"} or 2026-12-31 for a
    date, a list of records for rows.
    """

    answers = fields.Dict(required=True)


class Done(Shape):
    """What was done, to which task."""

    task = fields.String(required=True)


@resource.reads("/tasks", tokens.TASKS_READ, listing("TaskList", ListedTask), Inbox)
def inbox(query: dict[str, Any]) -> Answer:
    """List open tasks, those due first at the top"""
    wanted = inboxes.Wanted(case=query["case"], due=query["due"])
    found = inboxes.open_inbox(engine(), me(), query["page"], wanted)
    rows = tuple(row.task for row in found.rows)
    return page(rows, Paging(query["page"], inboxes.PAGE, found.total))


@resource.reads("/tasks/<task_id>", tokens.TASKS_READ, Task)
def one(task_id: str) -> tuple[Any, dict[str, str]]:
    """Read a task"""
    return _opened(task_id).task, _tag(task_id)


@resource.reads("/tasks/<task_id>/form", tokens.TASKS_READ, TaskForm)
def form(task_id: str) -> dict[str, Any]:
    """Read the form of a task, with the draft"""
    opened = _opened(task_id)
    view = asdict(opened.view) if opened.view is not None else {"title": opened.task.title, "sections": []}
    return {**view, "task": task_id, "form": opened.task.form, "draft_at": opened.draft_at}


@resource.writes("POST", "/tasks/<task_id>/complete", tokens.TASKS_WRITE, Done, Answers, matched=True)
def complete(body: dict[str, Any], task_id: str) -> dict[str, Any]:
    """Complete a task with answers

    The process moves on. What is wrong with the answers is told by question.
    """
    return work.complete(engine_unless_changed(task_id), me(), task_id, body["answers"])


@resource.writes("POST", "/tasks/<task_id>/take", tokens.TASKS_WRITE, Done, matched=True)
def take(task_id: str) -> dict[str, Any]:
    """Take a task of the person’s post"""
    work.take(engine_unless_changed(task_id), me(), task_id)
    return {"task": task_id}


@resource.writes("POST", "/tasks/<task_id>/give-back", tokens.TASKS_WRITE, Done, matched=True)
def give_back(task_id: str) -> dict[str, Any]:
    """Give a task back to its post"""
    work.give_back(engine_unless_changed(task_id), me(), task_id)
    return {"task": task_id}


@resource.writes("PUT", "/tasks/<task_id>/draft", tokens.TASKS_WRITE, Done, Answers, matched=True)
def draft(body: dict[str, Any], task_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Keep answers as the draft, whatever they are, in place of an earlier draft"""
    work.save_draft(engine_unless_changed(task_id), me(), task_id, body["answers"])
    return {"task": task_id}, _tag(task_id)


def _opened(task_id: str) -> TaskPage:
    found = work.open_task(engine(), me(), task_id)
    if found.reason_against is not None:
        raise NotAllowed(doing=f"open “{found.task.title}”", reason=found.reason_against)
    return found


def _tag(task_id: str) -> dict[str, str]:
    return {"ETag": f'"{task_tag.tag(engine(), me(), task_id)}"'}
