"""Saving one step of one process instance: state, tasks, reminders, next due and event in one go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.bpmn.runtime.stepper import OpenTask, Step
from engine.bpmn.runtime.surroundings import Surroundings
from engine.domain.calendar import parse_moment
from engine.errors import StepFailed
from engine.service import reminders
from engine.service.command import Command, Skips
from engine.service.posts import place
from engine.service.registry import Operating, registered
from engine.store import instances, tasks

FINISHED = "finished"
RECKONED_AGAIN, CORRECTED, MOVED = "reckoned again", "corrected", "moved"
EXTENDED, MOVED_BACK = "extended", "moved back"
STANDING_STILL = (RECKONED_AGAIN, CORRECTED, MOVED, EXTENDED)


@dataclass(frozen=True)
class Instance:
    """A process instance as this transaction knows it. `version` 0 is one that is not stored yet, and `task_due` when
    the first of its open tasks is due.
    """

    id: str
    process: str
    deployment: int
    parent: str | None
    case_ref: str | None
    audit: str | None
    cycle: str | None
    state: bytes
    version: int
    open_tasks: tuple[int, ...]
    tokens: tuple[str, ...]
    reminders: Mapping[str, Any]
    next_due: datetime | None
    timer_due: datetime | None
    task_due: datetime | None
    events: int
    head: str
    status: str = instances.RUNNING


def step(
    command: Command,
    found: Instance,
    kind: str,
    details: Mapping[str, Any],
    work: Callable[[Command, Surroundings], Step],
    business_key: str | None = None,
    *,
    actor: str | None = None,
    closing: int | None = None,
) -> Instance:
    """Let `work` take an instance from its row to a Step, and save it with one event of `kind` by `actor`.

    The user task `closing` is recorded as done by them, others that are gone as withdrawn. A diagram that failed
    is StepFailed with the "incident" that may be kept of it.
    """
    deployment = command.deployment(found.deployment)
    skips = command.skips if command.skips.instance == found.id else Skips()
    before = len(skips.passing_over.done)
    surroundings = Surroundings(
        command.moment,
        command.functions(deployment),
        registered(Operating(command, found.id, found.parent, deployment)),
        skips.passing_over,
    )
    try:
        left = work(command, surroundings)
    except StepFailed as failure:
        failure.details = {**failure.details, "incident": _incident(found, kind, failure)}
        raise
    told = {**details, "passed": list(left.passed)}
    if skips.passing_over.done[before:]:
        told["skipped"] = [{"element": one, **skips.agreed[one]} for one in skips.passing_over.done[before:]]
    return _save(command, found, left, (kind, told, actor), business_key, closing)


def _incident(found: Instance, kind: str, failure: StepFailed) -> dict[str, Any]:
    return {
        "instance": found.id,
        "element": str(failure.details.get("element", "")),
        "message": failure.sentence,
        "command": {"kind": kind, "process": found.process},
    }


def _save(
    command: Command,
    found: Instance,
    left: Step,
    event: tuple[str, dict[str, Any], str | None],
    business_key: str | None,
    closing: int | None,
) -> Instance:
    kind, details, actor = event
    opened = [task for task in left.tasks if task.key not in found.open_tasks]
    keys = {task.key for task in left.tasks}
    rows = [_row(command, found, task) for task in opened]
    waiting = {key: value for key, value in found.reminders.items() if int(key) in keys}
    waiting.update({str(row["key"]): plan for row in rows if (plan := _plan(command, row))})
    head = command.record(found.id, found.events + 1, found.head, kind, details, actor)
    after = replace(
        found,
        state=left.state,
        open_tasks=tuple(keys),
        tokens=left.tokens,
        task_due=min((parse_moment(task.due) for task in left.tasks if task.due is not None), default=None),
        reminders=waiting,
        events=found.events + 1,
        head=head,
        status=FINISHED if left.finished else (found.status if kind in STANDING_STILL else instances.RUNNING),
    )
    if kind in (RECKONED_AGAIN, MOVED, EXTENDED):
        waiting.update(_moved(command, found, left))
    saved = write(command, after, left.next_due, business_key)
    close_tasks(command, found, keys, closing, actor)
    tasks.add(command.connection, rows)
    return saved


def close_tasks(command: Command, found: Instance, keys: set[int], closing: int | None, actor: str | None) -> None:
    """Close the open task rows of an instance that are not among `keys`: `closing` as done, others as withdrawn."""
    gone = [key for key in found.open_tasks if key not in keys]
    by = actor or command.actor
    done = [tasks.identifier(found.id, key) for key in gone if key == closing]
    withdrawn = [tasks.identifier(found.id, key) for key in gone if key != closing]
    tasks.close(command.connection, done, tasks.DONE, command.now, by)
    tasks.close(command.connection, withdrawn, tasks.WITHDRAWN, command.now, by)


def write(
    command: Command,
    after: Instance,
    timer_due: datetime | None,
    business_key: str | None = None,
) -> Instance:
    """Write the row of an instance and return it as it stands now; Stale when another step was saved first."""
    reminder = reminders.first(after.reminders)
    due = min((one for one in (timer_due, reminder and reminder[0]) if one is not None), default=None)
    values = {
        "status": after.status,
        "state": after.state,
        "version": after.version + 1,
        "tokens": list(after.tokens),
        "open_tasks": list(after.open_tasks),
        "reminders": after.reminders,
        "next_due": due,
        "timer_due": timer_due,
        "task_due": after.task_due,
        "events": after.events,
        "head": after.head,
        "finished_at": None if after.status in instances.UNFINISHED else command.now,
    }
    if after.version == 0:
        fixed = {
            "id": after.id,
            "process": after.process,
            "deployment": after.deployment,
            "parent": after.parent,
            "case_ref": after.case_ref,
            "audit": after.audit,
            "cycle": after.cycle,
            "business_key": business_key,
            "started_at": command.now,
        }
        instances.add(command.connection, {**fixed, **values})
    else:
        instances.write(command.connection, after.id, after.version, values)
    return replace(after, version=after.version + 1, next_due=due, timer_due=timer_due)


def _row(command: Command, found: Instance, task: OpenTask) -> dict[str, Any]:
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


def _plan(command: Command, row: Mapping[str, Any]) -> list[list[str]]:
    return reminders.planned(command, row["deadline"], row["due"])


def _moved(command: Command, found: Instance, left: Step) -> dict[str, Any]:
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
