"""One process instance in memory: SpiffWorkflow's workflows, run to a rest without trees to walk or timers to fire."""

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins import ServiceTaskMixin
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import CallActivity
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow

from engine.bpmn.runtime.library import READY, UNFINISHED, WAITING
from engine.bpmn.runtime.passing_over import PassingOver

MOST_RUNS = 10_000
"""How many elements one call may run; a loop that comes to no rest is stopped there."""


def _in_tree_order(workflow: Any, tasks: list[Any]) -> list[Any]:
    """Return tasks as the library meets them: by branch, whichever was created first."""
    parents = {task._parent for task in tasks}
    if len(parents) == 1:
        children = workflow.tasks[parents.pop()]._children
        return sorted(tasks, key=lambda task: children.index(task.id))
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


def process_of(workflow: Any) -> str:
    """Return the process in whose diagram the elements of a workflow are drawn: the one called, or the first."""
    while workflow.parent_task_id is not None:
        parent = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        if isinstance(parent.task_spec, CallActivity):
            break
        workflow = parent.workflow
    return str(workflow.spec.name)


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
    `element` is the one that was run last, and `passing_over` has those of its own diagram that are not done.
    """

    def __init__(self, spec: Any, subprocess_specs: Any, script_engine: Any, deserializing: bool = False) -> None:
        self.passed: list[str] = []
        self.element = str(spec.name)
        self.passing_over: PassingOver | None = None
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
        if self._passes_over(task):
            task.complete()
            return
        task.run()
        if element is not None:
            self.passed.append(element)

    def _passes_over(self, task: Any) -> bool:
        if self.passing_over is None or not isinstance(task.task_spec, ServiceTaskMixin):
            return False
        return process_of(task.workflow) == str(self.spec.name) and self.passing_over.takes(task.task_spec.bpmn_id)

    def _do_engine_steps(self, *_hooks: Any) -> bool:
        if not self.subprocesses:
            return self._run_ready(self) or bool(self.subprocesses)
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
