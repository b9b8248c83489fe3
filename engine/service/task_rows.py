"""The rows of open tasks: as they are when a task opens, and as they follow a step that moved it."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.runtime.stepper import OpenTask, Step
from engine.domain.calendar import parse_moment
from engine.service import reminders
from engine.service.command import Command
from engine.service.instance import Instance
from engine.service.posts import place
from engine.store import tasks


def row_of(command: Command, found: Instance, task: OpenTask) -> dict[str, Any]:
    """Return the row of a task that opens, with who has it by the lane it stands in."""
    lane = task.facts.lane or ""
    post, team, assignee = place(command, lane, task.data)
    facts = _declared(command, found, task)
    return {
        "id": tasks.identifier(found.id, task.key),
        "instance": found.id,
        "key": task.key,
        "process": found.process,
        "element": task.facts.id,
        "title": task.facts.name,
        "lane": lane,
        "post": post,
        "team": team,
        "assignee": assignee,
        "case_ref": found.case_ref,
        "audit": found.audit,
        "form": task.facts.form,
        "deadline": task.facts.deadline,
        "facts": facts,
        "due": None if task.due is None else parse_moment(task.due),
        "opened_at": command.now,
        "status": tasks.OPEN,
    }


def _declared(command: Command, found: Instance, task: OpenTask) -> dict[str, Any]:
    """Return the process variables that the task's form declares as facts, as they stand when it opens."""
    if task.facts.form is None:
        return {}
    form = command.deployment(found.deployment).form(task.facts.form)
    return {fact.name: task.data[fact.name] for fact in form.outline.facts if fact.name in task.data}


def plan_of(command: Command, row: Mapping[str, Any]) -> list[list[str]]:
    """Return when its holder is reminded of a task."""
    return reminders.planned(command, row["deadline"], row["due"])


def moved(command: Command, found: Instance, left: Step) -> dict[str, Any]:
    """Let open task rows say what their step says now: its name, its lane, its due moment; return new reminders."""
    rows = {row.key: row for row in tasks.of_instance(command.connection, found.id) if row.status == tasks.OPEN}
    plans: dict[str, Any] = {}
    for task in left.tasks:
        row = rows.get(task.key)
        due = None if task.due is None else parse_moment(task.due)
        if row is not None and (row.title, row.lane) != (task.facts.name, task.facts.lane or ""):
            post, team, assignee = place(command, task.facts.lane or "", task.data)
            held = {"post": post, "team": team, "assignee": assignee} if row.lane != task.facts.lane else {}
            tasks.change(command.connection, row.id, {"title": task.facts.name, "lane": task.facts.lane or "", **held})
        if row is not None and due is not None and due != row.due:
            tasks.move_due(command.connection, row.id, due)
            plans[str(task.key)] = reminders.planned(command, row.deadline, due)
    return plans
