"""Timers of one process instance: when the next is due, and firing them one at a time in due order."""

from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    TimeDateEventDefinition,
    TimerEventDefinition,
)

from engine.bpmn.library import WAITING, ProcessWorkflow
from engine.bpmn.moment import Moment
from engine.domain.calendar import parse_moment
from engine.errors import StepFailed

MOST_FIRES = 200
_JUST_AFTER = timedelta(microseconds=1)


def next_due(workflow: ProcessWorkflow) -> datetime | None:
    """Return the earliest moment (UTC) at which a timer of this instance is due, None when none waits."""
    first = _first_due(workflow)
    return None if first is None else first[0]


def fire_due(workflow: ProcessWorkflow, moment: Moment, until: datetime) -> None:
    """Fire every timer due at `until` or before, in due order, running to rest after each.

    While one fires, `moment` stands at its due time, so that what follows from it is reckoned from there and an
    interrupting timer ends its siblings before they can fire. Raises StepFailed when timers never end.
    """
    for _ in range(MOST_FIRES):
        first = _first_due(workflow)
        if first is None or first[0] > until:
            moment.now = until
            return
        due, task = first
        moment.now = due + _JUST_AFTER
        task.task_spec._update(task)
        workflow.run_to_rest()
    raise StepFailed(
        process=workflow.spec.name,
        element="its timers",
        reason=f"more than {MOST_FIRES} timers were due at once",
    )


def _first_due(workflow: ProcessWorkflow) -> tuple[datetime, Any] | None:
    waiting = [task for task in workflow.event_manager.tasks.values() if task._state == WAITING]
    dated = [(due, task) for task in waiting if (due := _due_of(task)) is not None]
    return min(dated, key=lambda pair: pair[0]) if dated else None


def _due_of(task: Any) -> datetime | None:
    definition = task.task_spec.event_definition
    value = task.internal_data.get("event_value")
    if value is None or not isinstance(definition, TimerEventDefinition | MultipleEventDefinition):
        return None
    if isinstance(definition, CycleTimerEventDefinition):
        return parse_moment(value["next"]) if value["cycles"] else None
    return parse_moment(value) if isinstance(value, str) else None


def reckon_again(workflow: ProcessWorkflow, moment: Moment) -> list[tuple[str, str, str]]:
    """Reckon waiting dated timers again from when each was armed; return (element, before, after) of those moved.

    A timer only ever moves later: a holiday that is added gives more time and never takes any.
    """
    now, moved = moment.now, []
    for task in workflow.event_manager.tasks.values():
        definition, before = task.task_spec.event_definition, task.internal_data.get("event_value")
        if task._state == WAITING and isinstance(definition, TimeDateEventDefinition) and isinstance(before, str):
            moment.now = datetime.fromtimestamp(task.last_state_change, UTC)
            after = task.workflow.script_engine.evaluate(task, definition.expression)
            if parse_moment(after) > parse_moment(before):
                task.internal_data["event_value"] = after
                moved.append((task.task_spec.bpmn_id, before, after))
    moment.now = now
    return moved
