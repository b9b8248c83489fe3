"""Timers of one process instance: when the next is due, and firing them one at a time in due order."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimeDateEventDefinition, TimerEventDefinition

from engine.bpmn.runtime.library import WAITING
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.surroundings import failed
from engine.bpmn.runtime.workflows import ProcessWorkflow
from engine.domain.calendar import format_moment, parse_moment
from engine.errors import Invalid, StepFailed

Rest = Callable[[ProcessWorkflow], None]

MOST_FIRES = 200
ARMED_AT = "at"
_VALUE = "event_value"
_TIMED = TimerEventDefinition | MultipleEventDefinition
_JUST_AFTER = timedelta(microseconds=1)


def next_due(workflow: ProcessWorkflow) -> datetime | None:
    """Return the earliest moment (UTC) at which a timer of this instance is due, None when none waits."""
    return min((due for due, _ in _dated(workflow)), default=None)


def fire_due(workflow: ProcessWorkflow, moment: Moment, until: datetime, rest: Rest) -> None:
    """Fire every timer due at `until` or before, in due order, and run to `rest` after each.

    While one fires, `moment` stands at its due time, so that what follows from it is reckoned from there and an
    interrupting timer ends its siblings before they can fire. Raises StepFailed when timers never end.
    """
    for _ in range(MOST_FIRES):
        first = min(_dated(workflow), key=_order, default=None)
        if first is None or first[0] > until:
            moment.now = until
            return
        due, task = first
        moment.now = due + _JUST_AFTER
        task.task_spec._update(task)
        moment.now = due
        rest(workflow)
    raise StepFailed(
        process=workflow.spec.name,
        element=workflow.element,
        reason=f"more than {MOST_FIRES} timers were due at once",
    )


def note_armed(workflow: ProcessWorkflow, moment: Moment) -> None:
    """Note in each timer that waits since the last rest when it was armed."""
    for task in workflow.event_manager.tasks.values():
        if _VALUE in task.internal_data and ARMED_AT not in task.internal_data:
            keep(task, _VALUE, task.internal_data[_VALUE], moment)


def keep(task: Any, name: str, value: Any, moment: Moment) -> None:
    """Keep the ISO moment that was just reckoned for a task, and when, in whole seconds; StepFailed for no moment."""
    if value is not None:
        _moment(task, value)
    task.internal_data[name] = value
    task.internal_data[ARMED_AT] = int(moment.now.timestamp())


def reckon_again(workflow: ProcessWorkflow, moment: Moment) -> list[tuple[str, str, str]]:
    """Reckon waiting dated timers again from when each was armed; return (element, before, after) of those moved.

    A timer only ever moves later: a holiday that is added gives more time and never takes any.
    """
    moved = []
    for task in _waiting(workflow):
        expression = _expression(task.task_spec.event_definition)
        if expression is not None and (change := later(task, expression, _VALUE, moment)) is not None:
            moved.append((task.task_spec.bpmn_id, *change))
    return moved


def put_off(tasks: Iterable[Any], since: datetime, more: timedelta) -> list[tuple[str, str, str]]:
    """Let the dated timers among `tasks` that run out at `since` or later run out later by `more`; return what moved
    as (element, before, after).
    """
    moved = []
    for task in tasks:
        before = task.internal_data.get(_VALUE)
        dated = (
            task._state == WAITING and isinstance(before, str) and isinstance(task.task_spec.event_definition, _TIMED)
        )
        if dated and _moment(task, before) >= since:
            task.internal_data[_VALUE] = format_moment(_moment(task, before) + more)
            moved.append((task.task_spec.bpmn_id, before, task.internal_data[_VALUE]))
    return moved


def later(task: Any, expression: str, name: str, moment: Moment) -> tuple[str, str] | None:
    """Reckon the moment that a task keeps under `name` again; keep and return (before, after) when it is later.

    StepFailed for no moment.
    """
    before, armed_at = task.internal_data.get(name), task.internal_data.get(ARMED_AT)
    if before is None or armed_at is None:
        return None
    now, moment.now = moment.now, datetime.fromtimestamp(armed_at, UTC)
    try:
        after = task.workflow.script_engine.evaluate(task, expression)
    finally:
        moment.now = now
    if after is None or _moment(task, after) <= _moment(task, before):
        return None
    task.internal_data[name] = after
    return before, after


def _waiting(workflow: ProcessWorkflow) -> Iterator[Any]:
    return (task for task in workflow.event_manager.tasks.values() if task._state == WAITING)


def _dated(workflow: ProcessWorkflow) -> Iterator[tuple[datetime, Any]]:
    for task in _waiting(workflow):
        value = task.internal_data.get(_VALUE)
        if isinstance(value, str) and isinstance(task.task_spec.event_definition, _TIMED):
            yield _moment(task, value), task


def _moment(task: Any, text: Any) -> datetime:
    try:
        return parse_moment(text)
    except Invalid as error:
        raise failed(task, str(error.details["summary"])) from error


def _order(pair: tuple[datetime, Any]) -> tuple[datetime, int]:
    return pair[0], pair[1].id


def _expression(definition: Any) -> str | None:
    """Return the date expression of a timer, also of one behind an event-based gateway; None for a duration."""
    for one in getattr(definition, "event_definitions", None) or (definition,):
        if isinstance(one, TimeDateEventDefinition):
            return str(one.expression)
    return None
