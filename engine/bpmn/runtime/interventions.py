"""What people with the right do to work that stands where it should not: more time, and back to an earlier task."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from engine.bpmn.definitions import Deployment
from engine.bpmn.runtime import timers, ways_back
from engine.bpmn.runtime.library import COMPLETED, FUTURE, READY, UNFINISHED, WAITING
from engine.bpmn.runtime.stepping import DUE, Step, Stepping, all_tasks, open_in
from engine.bpmn.runtime.surroundings import Surroundings
from engine.bpmn.runtime.workflows import ProcessWorkflow
from engine.domain.calendar import format_moment, parse_moment
from engine.errors import NotNow

BACK = "Moving this work back"


def extend(
    deployment: Deployment, process: str, state: bytes, key: int, due: datetime, surroundings: Surroundings
) -> tuple[Step, list[tuple[str, str, str]]]:
    """Give the user task `key` until `due`; return the step and what moved: (element, before, after).

    The timers at its edge that run out with it or later move by as much. Raises NotNow when it is not open, has no due
    date, or would be due earlier than before (DEC-9).
    """
    stepping = Stepping(deployment, process, surroundings)
    moved: list[tuple[str, str, str]] = []

    def run(workflow: ProcessWorkflow) -> None:
        task = next((one for one in open_in(workflow) if one.id == key), None)
        before = None if task is None else task.internal_data.get(DUE)
        if task is None or before is None:
            raise NotNow(doing="Giving this task more time", reason="it is not open or has no due date")
        more = due - parse_moment(before)
        if more <= timedelta(0):
            raise NotNow(doing="Giving this task more time", reason="a due date may only be moved to a later day")
        task.internal_data[DUE] = format_moment(due)
        moved.append((task.task_spec.bpmn_id, before, task.internal_data[DUE]))
        moved.extend(timers.put_off(_beside(workflow, task), parse_moment(before), more))

    return stepping.step(lambda: stepping.loaded(state), run), moved


def data_of(deployment: Deployment, process: str, state: bytes, surroundings: Surroundings) -> Mapping[str, Any]:
    """Return the process data wherever the instance waits, as they are taken when it goes on."""
    stepping = Stepping(deployment, process, surroundings)
    found: dict[str, Any] = {}

    def run(workflow: ProcessWorkflow) -> None:
        for task in all_tasks(workflow):
            if task._state & (READY | WAITING):
                found.update({**(task.parent.data if task.parent is not None else {}), **task.data})

    stepping.step(lambda: stepping.loaded(state), run)
    return found


def places_back(
    deployment: Deployment, process: str, state: bytes, repeatable: Collection[str], surroundings: Surroundings
) -> tuple[str, ...]:
    """Return the elements of user tasks to which the instance may be moved back; none when it may not be moved."""
    stepping = Stepping(deployment, process, surroundings)
    found: list[str] = []

    def run(workflow: ProcessWorkflow) -> None:
        task = _only_one(workflow)
        if task is not None:
            found.extend(_before(workflow, task, repeatable))

    stepping.step(lambda: stepping.loaded(state), run)
    return tuple(found)


def move_back(
    deployment: Deployment,
    process: str,
    state: bytes,
    element: str,
    repeatable: Collection[str],
    surroundings: Surroundings,
) -> Step:
    """Withdraw what waits and let the instance wait at the user task `element` again, with its data as they are now.

    `repeatable` are the operations that may be called a second time. Raises NotNow when more than one thing waits, the
    instance was not at that task before, or something between the two may not happen twice (see `ways_back`).
    """
    stepping = Stepping(deployment, process, surroundings)

    def run(workflow: ProcessWorkflow) -> None:
        task = _only_one(workflow)
        if task is None:
            raise NotNow(doing=BACK, reason="it waits at more than one place, or at none that is a task of people")
        if element not in _before(workflow, task, repeatable):
            raise NotNow(doing=BACK, reason="it was not there before, or what lies between may not happen twice")
        _replace(workflow, task, element)
        stepping.rest(workflow)

    return stepping.step(lambda: stepping.loaded(state), run)


def _before(workflow: ProcessWorkflow, task: Any, repeatable: Collection[str]) -> list[str]:
    been = {one.task_spec.name for one in workflow.tasks.values() if one._state == COMPLETED}
    possible = ways_back.tasks_before(workflow.spec.task_specs, task.task_spec.name, repeatable)
    return [name for name in possible if name in been]


def _only_one(workflow: ProcessWorkflow) -> Any | None:
    """Return the one user task at which all of the instance waits, None when there is another."""
    tasks = open_in(workflow)
    if len(tasks) != 1 or workflow.subprocesses:
        return None
    edge = _entered(tasks[0])
    resting = (one for one in all_tasks(workflow) if one._state & (READY | WAITING))
    return tasks[0] if all(one is tasks[0] or edge in _ancestors(one) for one in resting) else None


def _entered(task: Any) -> Any:
    """Return the task by which the token came: the one that opened the edge of `task`, or itself."""
    name = ways_back.entry(task.workflow.spec.task_specs, task.task_spec.name).name
    return task.parent if task.parent.task_spec.name == name else task


def _replace(workflow: ProcessWorkflow, task: Any, element: str) -> None:
    entered = _entered(task)
    before = entered.parent
    workflow._remove_task(entered.id)
    again = before._add_child(ways_back.entry(workflow.spec.task_specs, element), FUTURE)
    again.task_spec._predict(again, mask=UNFINISHED)
    again.task_spec._update(again)


def _beside(workflow: ProcessWorkflow, task: Any) -> Iterator[Any]:
    return (one for one in all_tasks(workflow) if one._parent == task._parent and one.workflow is task.workflow)


def _ancestors(task: Any) -> Iterator[Any]:
    while task.parent is not None:
        task = task.parent
        yield task
