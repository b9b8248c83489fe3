"""SpiffWorkflow 3.2.0 as we run it: our moment, one count for ids and changes, and scans instead of tree walks.

Everything that differs from the stock library stands here. It is done by subclass, or by assignment where the
library offers no other door; the differential test walks all diagrams on both and finds them equal.
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
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.moment import aware, current

if version("SpiffWorkflow") != "3.2.0":
    raise ImportError("This runtime is proven against SpiffWorkflow 3.2.0 and no other version.")

READY = TaskState.READY
WAITING = TaskState.WAITING
COMPLETED = TaskState.COMPLETED
MOST_RUNS = 10_000
"""How many elements one call may run; a loop that comes to no rest is stopped there."""

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
    (task_module.Task, "is_descendant_of", _is_descendant_of),
    (task_module.Task, "find_ancestor", _find_ancestor),
    (control_module._EndJoin, "_check_threshold_unstructured", _nobody_else_is_busy),
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


def _in_tree_order(workflow: Any, tasks: list[Any]) -> list[Any]:
    """Return tasks as the library meets them: by branch, whichever was created first."""
    wanted = {task.id for task in tasks}
    found, pending = [], [workflow.task_tree.id]
    while pending:
        task = workflow.tasks[pending.pop()]
        if task.id in wanted:
            found.append(task)
        pending.extend(reversed(task._children))
    return found


def _update_waiting(workflow: Any) -> None:
    for task in [task for task in workflow.tasks.values() if task._state == WAITING]:
        if task._state == WAITING and task.id in workflow.tasks:
            task.task_spec._update(task)


def _is_completed(workflow: Any) -> bool:
    if not workflow.completed:
        workflow.completed = not any(task._state & UNFINISHED for task in workflow.tasks.values())
    return bool(workflow.completed)


class SubWorkflow(BpmnSubWorkflow):  # type: ignore[misc]
    """A sub-process or call activity inside one of our process instances."""

    def update_waiting_tasks(self) -> None:
        """Update all waiting tasks by a scan of states."""
        _update_waiting(self)

    def is_completed(self) -> bool:
        """Tell whether no task is unfinished."""
        return _is_completed(self)

    def _task_removed_notify(self, task: Any) -> None:
        super()._task_removed_notify(task)
        self.top_workflow.forget(task)


class ProcessWorkflow(BpmnWorkflow):  # type: ignore[misc]
    """One process instance in memory. `passed` lists the ids of the elements that were run since it was loaded,
    `element` is the one that was run last.
    """

    def __init__(self, spec: Any, subprocess_specs: Any, script_engine: Any, deserializing: bool = False) -> None:
        self.passed: list[str] = []
        self.element = str(spec.name)
        self._runs = 0
        super().__init__(spec, subprocess_specs, script_engine=script_engine, deserializing=deserializing)

    def forget(self, task: Any) -> None:
        """Drop what a removed task leaves behind in stock: its events, and sub-workflows without a parent."""
        self.event_manager.remove_task(task)
        child = self.subprocesses.pop(task.id, None)
        for one in list(child.tasks.values()) if child is not None else ():
            self.forget(one)

    def _task_removed_notify(self, task: Any) -> None:
        super()._task_removed_notify(task)
        self.forget(task)

    def create_subprocess(self, my_task: Any, spec_name: str) -> SubWorkflow:
        """Create the sub-workflow of a task that has just been reached."""
        child = SubWorkflow(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = child
        return child

    def update_waiting_tasks(self) -> None:
        """Update all waiting tasks by a scan of states."""
        _update_waiting(self)

    def is_completed(self) -> bool:
        """Tell whether no task is unfinished."""
        return _is_completed(self)

    def run_to_rest(self) -> None:
        """Run everything that needs nobody; timers that are due are not looked for."""
        while self._do_engine_steps():
            pass

    def run(self, task: Any) -> None:
        """Run one task that is ready."""
        element = task.task_spec.bpmn_id
        if element is not None:
            self.element = element
        self._runs += 1
        if self._runs > MOST_RUNS:
            raise RecursionError(f"it runs on and on; more than {MOST_RUNS} elements in one go")
        task.run()
        if element is not None:
            self.passed.append(element)

    def _do_engine_steps(self, *_hooks: Any) -> bool:
        active = self.get_active_subprocesses()
        for child in sorted(active, key=lambda one: one.depth, reverse=True):
            while self._run_ready(child):
                pass
            parent = self.get_task_from_id(child.parent_task_id)
            parent.task_spec._update(parent)
        return self._run_ready(self) or len(self.get_active_subprocesses()) > len(active)

    def _run_ready(self, workflow: Any) -> bool:
        ready = [task for task in workflow.tasks.values() if task._state == READY and not task.task_spec.manual]
        for task in _in_tree_order(workflow, ready) if len(ready) > 1 else ready:
            if task._state == READY and task.id in workflow.tasks:
                self.run(task)
        return bool(ready)
