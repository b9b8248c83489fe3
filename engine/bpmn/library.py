"""SpiffWorkflow 3.2.0 as we run it: our moment, small task ids, and steps that scan states instead of trees.

Everything that differs from the stock library stands here. It is done by subclass, or by assignment where the
library offers no other door; the differential test walks all diagrams on both and finds them equal.
"""

import logging
from datetime import datetime, tzinfo
from importlib.metadata import version
from typing import Any

import SpiffWorkflow.bpmn.specs.control as control_module
import SpiffWorkflow.bpmn.specs.event_definitions.timer as timer_module
import SpiffWorkflow.task as task_module
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.moment import current

if version("SpiffWorkflow") != "3.2.0":
    raise ImportError("This runtime is proven against SpiffWorkflow 3.2.0 and no other version.")

READY = TaskState.READY
WAITING = TaskState.WAITING
UNFINISHED = TaskState.NOT_FINISHED_MASK
FINISHED = TaskState.FINISHED_MASK


class _DatetimeOfMoment(datetime):
    """What SpiffWorkflow's timers take for `datetime`: it knows only the moment handed in."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        moment = current().now
        return moment.astimezone(tz) if tz else moment


class _TimeOfMoment:
    @staticmethod
    def time() -> float:
        return float(int(current().now.timestamp()))


def _next_id() -> int:
    moment = current()
    moment.last_id += 1
    return moment.last_id


def _nobody_else_is_busy(_spec: Any, my_task: Any) -> bool:
    # What is predicted below the join that asks waits for nobody.
    below = my_task._children
    return not any(
        task._state & UNFINISHED and task is not my_task and task.id not in below
        for task in my_task.workflow.tasks.values()
    )


def adopt() -> None:
    """Put our moment, ids and end condition into the library, and keep case data out of its logs."""
    timer_module.datetime = _DatetimeOfMoment
    task_module.time = _TimeOfMoment
    task_module.uuid4 = _next_id
    control_module._EndJoin._check_threshold_unstructured = _nobody_else_is_busy
    for name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data", "spiff.dmn"):
        logging.getLogger(name).setLevel(logging.WARNING)


adopt()


def _update_waiting(workflow: Any) -> None:
    for task in [task for task in workflow.tasks.values() if task._state == WAITING]:
        if task.id in workflow.tasks:
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
        self.top_workflow.subprocesses.pop(task.id, None)


class ProcessWorkflow(BpmnWorkflow):  # type: ignore[misc]
    """One process instance in memory. `passed` lists the element ids run since it was loaded."""

    def __init__(self, spec: Any, subprocess_specs: Any, script_engine: Any, deserializing: bool = False) -> None:
        self.passed: list[str] = []
        super().__init__(spec, subprocess_specs, script_engine=script_engine, deserializing=deserializing)

    def _task_removed_notify(self, task: Any) -> None:
        super()._task_removed_notify(task)
        # Stock leaves the sub-workflows of removed multi-instance children behind and then looks for their parents.
        self.subprocesses.pop(task.id, None)

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
        """Run everything that needs nobody, without firing timers (SpiffWorkflow's own loop fires them unordered)."""
        while self._do_engine_steps():
            pass

    def _do_engine_steps(self, *_hooks: Any) -> bool:
        active = self.get_active_subprocesses()
        for child in sorted(active, key=lambda one: one.depth, reverse=True):
            while self._run_ready(child):
                pass
            parent = self.get_task_from_id(child.parent_task_id)
            parent.task_spec._update(parent)
        return self._run_ready(self) or len(self.get_active_subprocesses()) > len(active)

    def _run_ready(self, workflow: Any) -> bool:
        ran = False
        for task in [t for t in workflow.tasks.values() if t._state == READY and not t.task_spec.manual]:
            if task._state == READY and task.id in workflow.tasks:
                task.run()
                ran = True
                if task.task_spec.bpmn_id is not None:
                    self.passed.append(task.task_spec.bpmn_id)
        return ran
