"""One step of one process instance, from its row to its row: state, tasks, reminders, next due and event in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from secrets import token_hex
from typing import Any

from engine.bpmn import stepper
from engine.bpmn.stepper import OpenTask, Step
from engine.bpmn.surroundings import Surroundings
from engine.domain.calendar import parse_moment
from engine.domain.eventlog import BEGINNING
from engine.errors import StepFailed
from engine.service import notices, reminders
from engine.service.command import CLOCK, Command, Question
from engine.service.posts import place
from engine.service.registry import Operating, registered
from engine.store import instances, tasks

FINISHED = "finished"
RECKONED_AGAIN = "reckoned again"


@dataclass(frozen=True)
class Instance:
    """A process instance as this transaction knows it. `version` 0 is one that is not stored yet."""

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
    events: int
    head: str
    status: str = instances.RUNNING


def load(command: Command, identifier: str) -> Instance:
    """Return the instance, locked for this transaction; NotFound."""
    row = instances.lock(command.connection, identifier)
    return Instance(
        id=row.id,
        process=row.process,
        deployment=row.deployment,
        parent=row.parent,
        case_ref=row.case_ref,
        audit=row.audit,
        cycle=row.cycle,
        state=row.state,
        version=row.version,
        open_tasks=tuple(row.open_tasks),
        tokens=tuple(row.tokens),
        reminders=row.reminders,
        next_due=row.next_due,
        timer_due=row.timer_due,
        events=row.events,
        head=row.head,
        status=row.status,
    )


def get_row(question: Question, identifier: str) -> Any:
    """Return the stored row of an instance without a lock; NotFound."""
    return instances.get(question.connection, identifier)


def new_id() -> str:
    """Return an id for an instance, an audit or an upload: 16 hexadecimal digits."""
    return token_hex(8)


def begin(
    command: Command,
    process: str,
    facts: Mapping[str, Any],
    *,
    identifier: str | None = None,
    parent: str | None = None,
    business_key: str | None = None,
) -> str:
    """Begin an instance of `process` under the policy in force and return its id.

    `facts` become its process data, with its own id as `instance` and its `parent`. A `business_key` can be
    used once, so that nothing recurring begins twice.
    """
    fresh = Instance(
        id=identifier or new_id(),
        process=process,
        deployment=command.number_in_force,
        parent=parent,
        case_ref=facts.get("case"),
        audit=facts.get("audit"),
        cycle=facts.get("cycle"),
        state=b"",
        version=0,
        open_tasks=(),
        tokens=(),
        reminders={},
        next_due=None,
        timer_due=None,
        events=0,
        head=BEGINNING,
    )
    data = {**facts, "instance": fresh.id, "parent": parent}
    _step(command, fresh, "began", {"facts": dict(facts)}, partial(_begin, process, data), business_key)
    return fresh.id


def complete(command: Command, found: Instance, key: int, answers: Mapping[str, Any]) -> Instance:
    """Complete the user task `key` with the answers that are process variables."""
    element = {"task": tasks.identifier(found.id, key), "variables": dict(answers)}
    return _step(command, found, "completed", element, partial(_complete, found, key, answers), closing=key)


def receive(command: Command, found: Instance, message: str, payload: Mapping[str, Any]) -> Instance:
    """Deliver a message; NotNow when the instance does not wait for it."""
    details = {"message": message, "payload": dict(payload)}
    return _step(command, found, "received", details, partial(_receive, found, message, payload))


def catch_up(command: Command, found: Instance) -> Instance:
    """Do what was due before now, in due order: reminders of its tasks and timers of its diagram."""
    until = command.moment.now
    while found.next_due is not None and found.next_due <= until and found.status == instances.RUNNING:
        at = found.next_due
        reminder = reminders.first(found.reminders)
        if reminder is not None and reminder[0] <= at:
            found = _remind(command, found, reminder[1])
        else:
            found = _step(command, found, "due", {"at": at.isoformat()}, partial(_advance, found, at), actor=CLOCK)
    command.moment.now = until
    return found


def reckon_again(command: Command, identifier: str) -> int:
    """Reckon an instance's due moments again after days off were added; return how many moved later."""
    found = load(command, identifier)
    moved: list[tuple[str, str, str]] = []

    def work(command: Command, surroundings: Surroundings) -> Step:
        deployment = command.deployment(found.deployment)
        step, later = stepper.reckon_again(deployment, found.process, found.state, surroundings)
        moved.extend(later)
        return step

    _step(command, found, RECKONED_AGAIN, {"moved": moved}, work)
    return len(moved)


def _begin(process: str, data: Mapping[str, Any], command: Command, surroundings: Surroundings) -> Step:
    return stepper.begin(command.policy, process, data, surroundings)


def _complete(
    found: Instance, key: int, answers: Mapping[str, Any], command: Command, surroundings: Surroundings
) -> Step:
    deployment = command.deployment(found.deployment)
    return stepper.complete(deployment, found.process, found.state, key, answers, surroundings)


def _receive(
    found: Instance, message: str, payload: Mapping[str, Any], command: Command, surroundings: Surroundings
) -> Step:
    deployment = command.deployment(found.deployment)
    return stepper.receive(deployment, found.process, found.state, message, payload, surroundings)


def _advance(found: Instance, at: datetime, command: Command, surroundings: Surroundings) -> Step:
    deployment = command.deployment(found.deployment)
    return stepper.advance(deployment, found.process, found.state, at, surroundings)


def _remind(command: Command, found: Instance, key: str) -> Instance:
    _, notice, to = found.reminders[key][0]
    task = tasks.get(command.connection, tasks.identifier(found.id, int(key)))
    notices.remind(command, task, notice, to)
    head = command.record(
        found.id, found.events + 1, found.head, "reminded", {"task": task.id, "notice": notice}, CLOCK
    )
    return _write(
        command,
        replace(found, reminders=reminders.without_first(found.reminders, key), events=found.events + 1, head=head),
        found.timer_due,
    )


def _step(
    command: Command,
    found: Instance,
    kind: str,
    details: Mapping[str, Any],
    work: Any,
    business_key: str | None = None,
    *,
    actor: str | None = None,
    closing: int | None = None,
) -> Instance:
    deployment = command.deployment(found.deployment)
    surroundings = Surroundings(
        command.moment,
        command.functions(deployment),
        registered(Operating(command, found.id, found.parent, deployment)),
    )
    try:
        step: Step = work(command, surroundings)
    except StepFailed as failure:
        failure.details = {**failure.details, "incident": _incident(found, kind, details, failure)}
        raise
    return _save(command, found, step, (kind, {**details, "passed": list(step.passed)}, actor), business_key, closing)


def _incident(found: Instance, kind: str, details: Mapping[str, Any], failure: StepFailed) -> dict[str, Any]:
    return {
        "instance": found.id,
        "element": str(failure.details.get("element", "")),
        "message": failure.sentence,
        "command": {"kind": kind, "process": found.process, **details},
        "stored": found.version > 0,
    }


def _save(
    command: Command,
    found: Instance,
    step: Step,
    event: tuple[str, dict[str, Any], str | None],
    business_key: str | None,
    closing: int | None,
) -> Instance:
    kind, details, actor = event
    opened = [task for task in step.tasks if task.key not in found.open_tasks]
    keys = {task.key for task in step.tasks}
    rows = [_row(command, found, task) for task in opened]
    waiting = {key: value for key, value in found.reminders.items() if int(key) in keys}
    waiting.update({str(row["key"]): plan for row in rows if (plan := _plan(command, row))})
    head = command.record(found.id, found.events + 1, found.head, kind, details, actor)
    after = replace(
        found,
        state=step.state,
        open_tasks=tuple(keys),
        tokens=step.tokens,
        reminders=waiting,
        events=found.events + 1,
        head=head,
        status=FINISHED if step.finished else instances.RUNNING,
    )
    if kind == RECKONED_AGAIN:
        waiting.update(_moved(command, found, step))
    saved = _write(command, after, step.next_due, business_key)
    _close_tasks(command, found, keys, closing, actor)
    tasks.add(command.connection, rows)
    return saved


def _close_tasks(command: Command, found: Instance, keys: set[int], closing: int | None, actor: str | None) -> None:
    gone = [key for key in found.open_tasks if key not in keys]
    by = actor or command.actor
    done = [tasks.identifier(found.id, key) for key in gone if key == closing]
    withdrawn = [tasks.identifier(found.id, key) for key in gone if key != closing]
    tasks.close(command.connection, done, tasks.DONE, command.now, by)
    tasks.close(command.connection, withdrawn, tasks.WITHDRAWN, command.now, by)


def _write(
    command: Command,
    after: Instance,
    timer_due: datetime | None,
    business_key: str | None = None,
) -> Instance:
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
        "events": after.events,
        "head": after.head,
        "finished_at": command.now if after.status == FINISHED else None,
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


def _moved(command: Command, found: Instance, step: Step) -> dict[str, Any]:
    """Move the due moments of open task rows that a step reckoned again; return their new reminders."""
    rows = {row.key: row for row in tasks.of_instance(command.connection, found.id) if row.status == tasks.OPEN}
    plans: dict[str, Any] = {}
    for task in step.tasks:
        row = rows.get(task.key)
        due = None if task.due is None else parse_moment(task.due)
        if row is not None and due is not None and due != row.due:
            tasks.move_due(command.connection, row.id, due)
            plans[str(task.key)] = reminders.planned(command, row.deadline, due)
    return plans
