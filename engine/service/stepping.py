"""Saving one step of one process instance: state, tasks, reminders, next due and event in one go."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from engine.bpmn.runtime import stepper
from engine.bpmn.runtime.stepper import Step
from engine.bpmn.runtime.surroundings import Surroundings
from engine.domain.calendar import parse_moment
from engine.errors import NotNow, StepFailed
from engine.service import reminders
from engine.service.command import Command, Skips
from engine.service.instance import Instance
from engine.service.registry import Operating, registered
from engine.service.task_rows import moved, plan_of, row_of
from engine.store import instances, tasks

FINISHED = "finished"
RECKONED_AGAIN, CORRECTED, MOVED = "reckoned again", "corrected", "moved"
EXTENDED, MOVED_BACK = "extended", "moved back"
STANDING_STILL = (RECKONED_AGAIN, CORRECTED, MOVED, EXTENDED)


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
    rows = [row_of(command, found, task) for task in opened]
    waiting = {key: value for key, value in found.reminders.items() if int(key) in keys}
    waiting.update({str(row["key"]): plan for row in rows if (plan := plan_of(command, row))})
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
        waiting.update(moved(command, found, left))
    saved = write(command, after, left.next_due, business_key)
    close_tasks(command, found, keys, closing, actor)
    tasks.add(command.connection, rows)
    for row in rows:
        _follow_leaver(command, row)
    return saved


def _follow_leaver(command: Command, row: Mapping[str, Any]) -> None:
    if row["post"] is None and row["assignee"] is not None and command.directory.has_left(row["assignee"]):
        command.later(partial(pass_on, command, row["id"]))


def pass_on(command: Command, task_id: str) -> bool:
    """Let an open task that is by name with somebody who has left go on as its diagram says: its instance gets the
    message that posts.dmn has for its lane (I-06). Return whether it did.

    Nothing is done for a diagram that does not wait for the message, such as one of an older policy, nor, until it goes
    on, for an instance that an incident stopped.
    """
    task = tasks.get(command.connection, task_id)
    message = command.posts.rule(task.lane).message
    left = task.status == tasks.OPEN and task.assignee is not None and command.directory.has_left(task.assignee)
    found = Instance.of(instances.lock(command.connection, task.instance))
    if message is None or not left or found.status != instances.RUNNING:
        return False
    try:
        receive(command, found, message, {})
    except NotNow:
        return False
    return True


def receive(command: Command, found: Instance, message: str, payload: Mapping[str, Any]) -> Instance:
    """Deliver a message; NotNow when the instance does not wait for it."""
    details = {"message": message, "payload": dict(payload)}
    return step(command, found, "received", details, partial(_receive, found, message, payload))


def _receive(
    found: Instance, message: str, payload: Mapping[str, Any], command: Command, surroundings: Surroundings
) -> Step:
    deployment = command.deployment(found.deployment)
    return stepper.receive(deployment, found.process, found.state, message, payload, surroundings)


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
