"""SpiffWorkflow as it comes: parse and run a diagram without any of our guards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition, SignalEventDefinition

from engine.bpmn.runtime.library import STOCK, adopt


@contextmanager
def stock_library() -> Iterator[None]:
    """SpiffWorkflow with its own parts, where our runtime has put others into it."""
    for place, name, part in STOCK:
        setattr(place, name, part)
    try:
        yield
    finally:
        adopt()


def parsed(content: bytes, process: str = "errand") -> Any:
    """The spec that SpiffWorkflow makes of a file."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(content)
    return parser.get_spec(process)


def stock(content: bytes, process: str = "errand", **functions: Callable[..., object]) -> BpmnWorkflow:
    """The workflow that SpiffWorkflow makes of a file, run to its first rest; its own exceptions leave."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(content)
    return workflow_on(parser.get_spec(process), parser.get_subprocess_specs(process), **functions)


def workflow_on(spec: Any, subprocess_specs: Any, **functions: Callable[..., object]) -> BpmnWorkflow:
    """A workflow on given specs, run to its first rest."""
    engine = PythonScriptEngine(environment=TaskDataEnvironment(functions))
    workflow = BpmnWorkflow(spec, subprocess_specs, script_engine=engine)
    workflow.do_engine_steps()
    return workflow


def resting(workflow: BpmnWorkflow) -> list[str]:
    """The names of the tasks that wait or can be done, sorted."""
    state = TaskState.READY | TaskState.WAITING | TaskState.STARTED | TaskState.ERROR
    return sorted(task.task_spec.name for task in workflow.get_tasks(state=state))


def ready(workflow: BpmnWorkflow) -> list[str]:
    return sorted(task.task_spec.name for task in workflow.get_tasks(state=TaskState.READY))


def complete(workflow: BpmnWorkflow, name: str, **data: Any) -> None:
    task = next(one for one in workflow.get_tasks(state=TaskState.READY) if one.task_spec.name == name)
    task.data.update(data)
    task.run()
    workflow.do_engine_steps()


def send_message(workflow: BpmnWorkflow, name: str = "recall", **payload: Any) -> None:
    workflow.send_event(BpmnEvent(MessageEventDefinition(name), payload=payload))
    workflow.do_engine_steps()


def send_signal(workflow: BpmnWorkflow, name: str = "recall") -> None:
    workflow.send_event(BpmnEvent(SignalEventDefinition(name), payload={}))
    workflow.do_engine_steps()


def ring_all_timers(workflow: BpmnWorkflow) -> None:
    for task in workflow.get_tasks(state=TaskState.WAITING):
        if task.internal_data.get("event_value"):
            task.internal_data["event_value"] = "2000-01-01T00:00:00+00:00"
    workflow.refresh_timers()
    workflow.do_engine_steps()
