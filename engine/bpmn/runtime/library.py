"""What we put into SpiffWorkflow 3.2.0: our moment, one count for ids and changes, and scans instead of tree walks.

Everything that differs from the stock library stands here, by assignment where it offers no other door, and in
`workflows`, by subclass. The differential test walks all diagrams on both and finds them equal.
"""

import logging
import sys
from collections.abc import Iterator
from datetime import datetime, tzinfo
from importlib.metadata import version
from typing import Any

import SpiffWorkflow.bpmn.specs.control as control_module
import SpiffWorkflow.bpmn.specs.event_definitions.timer as timer_module
import SpiffWorkflow.task as task_module
import SpiffWorkflow.util.task as iterator_module
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.runtime.moment import aware, current

if version("SpiffWorkflow") != "3.2.0":
    raise ImportError("This runtime is proven against SpiffWorkflow 3.2.0 and no other version.")

READY = TaskState.READY
WAITING = TaskState.WAITING
STARTED = TaskState.STARTED
MAYBE = TaskState.MAYBE
COMPLETED = TaskState.COMPLETED
FUTURE = TaskState.FUTURE
UNFINISHED = TaskState.NOT_FINISHED_MASK
FINISHED = TaskState.FINISHED_MASK


class _DatetimeOfMoment(datetime):
    """What SpiffWorkflow's timers take for `datetime`: it knows only the moment handed in."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        moment = current().now
        return moment.astimezone(tz) if tz else moment


def _count() -> int:
    moment = current()
    moment.count += 1
    return moment.count


class _TimeOfCount:
    """What SpiffWorkflow's tasks take for `time`: the order of changes, which is all that a join asks of it.

    Moments would not do: two branches may end in the same one, and a timer fires at its own, earlier one.
    """

    time = staticmethod(_count)


def _get_datetime(text: str) -> datetime:
    # Stock takes the offset that the machine had when the library was imported.
    return aware(datetime.fromisoformat(text))


def _set_state(task: Any, value: int) -> None:
    # As in the library, without gathering all of the task's data for a log that nobody may read.
    if value != task._state:
        task.last_state_change = _count()
        task._state = value


def _children(task: Any) -> list[Any]:
    tasks = task.workflow.tasks
    return [tasks[child] for child in task._children]


def _inherit_data(task: Any) -> None:
    # As in the library, which merges even where there is nothing to merge into.
    before = task.workflow.tasks[task._parent].data
    if task.data:
        DeepMerge.merge(task.data, before)
    else:
        task.data = {key: value.copy() if type(value) in (dict, list) else value for key, value in before.items()}


def _test(spec: Any) -> None:
    if not spec._inputs:
        raise WorkflowException("No input task connected.", task_spec=spec)


def _on_cancel(spec: Any, my_task: Any) -> None:
    # The library also looks for events below one that still waits, where nothing has begun.
    my_task.workflow.top_workflow.event_manager.remove_task(my_task)
    spec.cancelled_event.emit(my_task.workflow, my_task)


def _ancestors(task: Any) -> Iterator[Any]:
    tasks = task.workflow.tasks
    while (task := tasks.get(task._parent)) is not None:
        yield task


def _is_descendant_of(task: Any, other: Any) -> bool:
    return any(one is other for one in _ancestors(task))


def _find_ancestor(task: Any, spec_name: str) -> Any:
    return next((one for one in _ancestors(task) if one.task_spec.name == spec_name), None)


def _nobody_else_is_busy(_spec: Any, my_task: Any) -> bool:
    tasks = my_task.workflow.tasks.values()
    # The end itself, behind the join of the ends, is always still to come.
    return all(task.task_spec.name == "End" for task in tasks if task._state & UNFINISHED and task is not my_task)


def _rivals(spec: Any, my_task: Any) -> list[Any]:
    """Return the tasks of a join that come from the same split, those after `my_task` left out."""
    split = _find_ancestor(my_task, spec.split_task)
    found = [task for task in my_task.workflow.tasks.values() if task.task_spec is spec]
    if split is not None:
        found = [task for task in found if _find_ancestor(task, spec.split_task) is split]
    return [task for task in found if not _is_descendant_of(task, my_task)]


def _round_began(my_task: Any) -> int:
    """Return when the join of `my_task` last fired on the way to it, as a count; 0 in the first round of a loop."""
    before = _find_ancestor(my_task, my_task.task_spec.name)
    return 0 if before is None else int(before.last_state_change)


def _every_branch_came(spec: Any, my_task: Any) -> bool:
    # Stock counts the branches of all rounds of a loop: from the second on a join fires with its first branch, and
    # breaks when the others come.
    missing, began = set(spec.inputs), _round_began(my_task)
    for task in [task for task in my_task.workflow.tasks.values() if task.task_spec is spec]:
        if task._state & UNFINISHED and _is_descendant_of(task, my_task):
            above = (one.task_spec for one in _ancestors(task))
            missing.discard(next((one for one in above if one in missing), None))
        elif task.last_state_change > began and task.parent._state == COMPLETED:
            missing.discard(task.parent.task_spec)
    return not missing


def _merge_branches(spec: Any, my_task: Any) -> bool:
    # As in the library, for the branches of this round only.
    began = _round_began(my_task)
    tasks = [task for task in my_task.workflow.tasks.values() if task.task_spec is spec and task._state & FINISHED]
    for task in sorted(tasks, key=lambda one: one.last_state_change):
        if task.last_state_change > began:
            DeepMerge.merge(my_task.data, task.parent.data)
            if task._state == COMPLETED:
                task._drop_children(force=True)
    my_task._inherit_data()
    return True


_iterate = iterator_module.TaskIterator.__init__


def _iterate_to_the_end(iterator: Any, *arguments: Any, **keywords: Any) -> None:
    # The library stops at a depth of 1,000 tasks: a loop of some 300 rounds would rest for ever, without an error.
    _iterate(iterator, *arguments, **keywords)
    iterator.max_depth = sys.maxsize


_OURS: tuple[tuple[Any, str, Any], ...] = (
    (timer_module, "datetime", _DatetimeOfMoment),
    (timer_module.TimerEventDefinition, "get_datetime", staticmethod(_get_datetime)),
    (task_module, "time", _TimeOfCount),
    (task_module, "uuid4", _count),
    (task_module.Task, "_set_state", _set_state),
    (task_module.Task, "_inherit_data", _inherit_data),
    (task_module.Task, "children", property(_children)),
    (task_module.Task, "is_descendant_of", _is_descendant_of),
    (task_module.Task, "find_ancestor", _find_ancestor),
    (control_module._EndJoin, "_check_threshold_unstructured", _nobody_else_is_busy),
    (TaskSpec, "test", _test),
    (CatchingEvent, "_on_cancel", _on_cancel),
    (Join, "_find_tasks", _rivals),
    (ParallelGateway, "_check_threshold_unstructured", _every_branch_came),
    (UnstructuredJoin, "_run_hook", _merge_branches),
    (iterator_module.TaskIterator, "__init__", _iterate_to_the_end),
)
STOCK = tuple((place, name, vars(place)[name]) for place, name, _ in _OURS)
"""The library's own parts that `adopt` replaces, as (place, name, part)."""


def adopt() -> None:
    """Put our parts into the library, and keep case data out of its logs."""
    for place, name, part in _OURS:
        setattr(place, name, part)
    for name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data", "spiff.dmn"):
        logging.getLogger(name).setLevel(logging.WARNING)


adopt()
