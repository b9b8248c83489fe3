"""Process instances: beginning one, and every step that a person, a message or the clock lets it take."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from secrets import token_hex
from typing import Any

from engine.bpmn.runtime import stepper
from engine.bpmn.runtime.stepper import Step
from engine.bpmn.runtime.surroundings import Surroundings
from engine.domain.eventlog import BEGINNING
from engine.service import notices, reminders
from engine.service.command import CLOCK, Command, Question
from engine.service.instance import Instance
from engine.service.stepping import CORRECTED, FINISHED, RECKONED_AGAIN, close_tasks, pass_on, step, write
from engine.store import cases, incidents, instances, tasks


def load(command: Command, identifier: str) -> Instance:
    """Return the instance, locked for this transaction; NotFound."""
    return Instance.of(instances.lock(command.connection, identifier))


def get_row(question: Question, identifier: str) -> Any:
    """Return the stored row of an instance without a lock; NotFound."""
    return question.once(instances.get, identifier)


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
    if facts.get("case") is not None:
        # So that no case is cleared for closing while work about it begins.
        cases.hold(command.connection, str(facts["case"]))
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
        task_due=None,
        events=0,
        head=BEGINNING,
    )
    data = {**facts, "instance": fresh.id, "parent": parent}
    step(command, fresh, "began", {"facts": dict(facts)}, partial(_begin, process, data), business_key)
    return fresh.id


def complete(command: Command, found: Instance, key: int, answers: Mapping[str, Any]) -> Instance:
    """Complete the user task `key` with the answers that are process variables."""
    element = {"task": tasks.identifier(found.id, key), "variables": dict(answers)}
    return step(command, found, "completed", element, partial(_complete, found, key, answers), closing=key)


def catch_up(command: Command, found: Instance) -> Instance:
    """Do what was due before now, in due order: reminders of its tasks and timers of its diagram.

    An instance that had stopped at an incident goes on, and its incident is settled, when it can be done now.
    """
    until, stopped = command.moment.now, found.status == instances.STOPPED
    while found.next_due is not None and found.next_due <= until and found.status != FINISHED:
        at = found.next_due
        reminder = reminders.first(found.reminders)
        if reminder is not None and reminder[0] <= at:
            command.moment.now = reminder[0]
            found = _remind(command, found, reminder[1])
        else:
            found = step(command, found, "due", {"at": at.isoformat()}, partial(_advance, found, at), actor=CLOCK)
    command.moment.now = until
    return _gone_on(command, found) if stopped else found


def _gone_on(command: Command, found: Instance) -> Instance:
    for incident in incidents.settle_stop(command.connection, found.id, command.actor, command.now):
        command.note(f"incident {incident}", "went on", {"instance": found.id})
    for key in found.open_tasks:
        command.later(partial(pass_on, command, tasks.identifier(found.id, key)))
    if found.status != instances.STOPPED:
        return found
    return write(command, replace(found, status=instances.RUNNING), found.timer_due)


def stop(command: Command, found: Instance, incident: int, element: str) -> None:
    """Set an instance aside after an incident: nothing of it falls due until it goes on."""
    details = {"incident": incident, "element": element}
    head = command.record(found.id, found.events + 1, found.head, "stopped", details, CLOCK)
    write(command, replace(found, status=instances.STOPPED, events=found.events + 1, head=head), found.timer_due)


def end(
    command: Command,
    found: Instance,
    reason: str,
    status: str = instances.GIVEN_UP,
    details: Mapping[str, str] | None = None,
) -> None:
    """End an instance where it stands, given up or cancelled: its tasks are withdrawn, nothing of it falls due again.

    The event is called like the new `status`, and has the reason and further `details`.
    """
    close_tasks(command, found, set(), None, None)
    head = command.record(found.id, found.events + 1, found.head, status, {"reason": reason, **(details or {})})
    after = replace(
        found, status=status, open_tasks=(), task_due=None, reminders={}, events=found.events + 1, head=head
    )
    write(command, after, None)


def correct(command: Command, found: Instance, values: Mapping[str, Any]) -> Instance:
    """Put corrected values into the process data wherever the instance waits."""

    def work(command: Command, surroundings: Surroundings) -> Step:
        deployment = command.deployment(found.deployment)
        return stepper.correct(deployment, found.process, found.state, values, surroundings)

    return step(command, found, CORRECTED, {"values": dict(values)}, work)


class _UnmovedError(Exception):
    """Nothing of the instance moved, so that there is nothing to save."""


def reckon_again(command: Command, identifier: str) -> list[tuple[str, str, str]]:
    """Reckon an instance's due moments again after days off were added; return what moved later.

    What moved is (element id, ISO moment before, ISO moment after).

    An instance of which nothing moves is not touched.
    """
    found = load(command, identifier)
    moved: list[tuple[str, str, str]] = []

    def work(command: Command, surroundings: Surroundings) -> Step:
        deployment = command.deployment(found.deployment)
        left, later = stepper.reckon_again(deployment, found.process, found.state, surroundings)
        moved.extend(later)
        if not moved:
            raise _UnmovedError
        return left

    with suppress(_UnmovedError):
        step(command, found, RECKONED_AGAIN, {"moved": moved}, work)
    return moved


def _begin(process: str, data: Mapping[str, Any], command: Command, surroundings: Surroundings) -> Step:
    return stepper.begin(command.policy, process, data, surroundings)


def _complete(
    found: Instance, key: int, answers: Mapping[str, Any], command: Command, surroundings: Surroundings
) -> Step:
    deployment = command.deployment(found.deployment)
    return stepper.complete(deployment, found.process, found.state, key, answers, surroundings)


def _advance(found: Instance, at: datetime, command: Command, surroundings: Surroundings) -> Step:
    deployment = command.deployment(found.deployment)
    return stepper.advance(deployment, found.process, found.state, at, surroundings)


def _remind(command: Command, found: Instance, key: str) -> Instance:
    _, notice, to = found.reminders[key][0]
    task = tasks.get(command.connection, tasks.identifier(found.id, int(key)))
    notices.remind(command, task, notice, to)
    told = {"task": task.id, "notice": notice, "to": task.post or task.assignee if to == reminders.HOLDER else to}
    head = command.record(found.id, found.events + 1, found.head, "reminded", told, CLOCK)
    return write(
        command,
        replace(
            found,
            status=instances.RUNNING,
            reminders=reminders.without_first(found.reminders, key),
            events=found.events + 1,
            head=head,
        ),
        found.timer_due,
    )
