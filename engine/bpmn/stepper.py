"""The runtime contract: begin, complete, receive and advance. State in, state out; no storage and no clock.

Each call runs one process instance to its next rest and returns a Step. Whatever fails, the state handed in is
still the truth: the workflow in memory is thrown away.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.bpmn import timers
from engine.bpmn.definitions import Definition, Deployment, ElementFacts
from engine.bpmn.library import READY, WAITING, ProcessWorkflow
from engine.bpmn.moment import running
from engine.bpmn.state import decode, encode
from engine.bpmn.surroundings import ScriptEngine, Surroundings
from engine.bpmn.timers import fire_due, next_due
from engine.domain.calendar import parse_moment
from engine.errors import NotNow, Refusal, StepFailed


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for somebody. `key` is unique in its instance, `due` an ISO moment or None.

    `data` is the process data at the task, for looking up who holds it.
    """

    key: int
    facts: ElementFacts
    due: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """What one call left behind: the new state, who and what it waits for, and the elements it passed."""

    state: bytes
    tasks: tuple[OpenTask, ...]
    tokens: tuple[str, ...]
    next_due: datetime | None
    finished: bool
    passed: tuple[str, ...]


def begin(deployment: Deployment, process: str, facts: Mapping[str, Any], surroundings: Surroundings) -> Step:
    """Start an instance of `process` with `facts` as its data. Raises NotFound for an unknown process,
    StepFailed when the diagram fails, and whatever a service operation refuses.
    """
    definition = deployment.definition(process)
    surroundings.moment.last_id = 0

    def start() -> ProcessWorkflow:
        engine = _script_engine(deployment, surroundings)
        workflow = ProcessWorkflow(definition.spec, definition.subprocess_specs, engine)
        workflow.task_tree.data.update(facts)
        workflow.run_to_rest()
        return workflow

    return _stepped(deployment, definition, surroundings, start)


def complete(
    deployment: Deployment,
    process: str,
    state: bytes,
    key: int,
    answers: Mapping[str, Any],
    surroundings: Surroundings,
) -> Step:
    """Complete the user task `key`, merging `answers` into the process data. Raises NotNow unless it is open."""

    def run(workflow: ProcessWorkflow) -> None:
        task = _find(workflow, key)
        if task is None or task._state != READY or not task.task_spec.manual:
            raise NotNow(doing="Completing this task", reason="it is no longer open")
        task.data.update(answers)
        task.internal_data.pop("due", None)
        task.run()
        workflow.passed.append(task.task_spec.bpmn_id)
        workflow.run_to_rest()

    return _resumed(deployment, process, state, surroundings, run)


def receive(
    deployment: Deployment,
    process: str,
    state: bytes,
    message: str,
    payload: Mapping[str, Any],
    surroundings: Surroundings,
) -> Step:
    """Deliver `message` to the instance. Raises NotNow when nothing in it waits for that message."""

    def run(workflow: ProcessWorkflow) -> None:
        definition = next((one for one in _awaited(workflow) if one.name == message), None)
        if definition is None:
            raise NotNow(doing=f"The message “{message}”", reason="nothing waits for it any more")
        workflow.send_event(BpmnEvent(definition, payload=dict(payload)))
        workflow.run_to_rest()

    return _resumed(deployment, process, state, surroundings, run)


def advance(deployment: Deployment, process: str, state: bytes, now: datetime, surroundings: Surroundings) -> Step:
    """Fire every timer that is due at `now`, one at a time and in due order."""
    return _resumed(
        deployment,
        process,
        state,
        surroundings,
        lambda workflow: fire_due(workflow, surroundings.moment, now),
    )


def reckon_again(
    deployment: Deployment, process: str, state: bytes, surroundings: Surroundings
) -> tuple[Step, list[tuple[str, str, str]]]:
    """Reckon timers and due moments again after days off were added; return the step and what moved later.

    What moved is (element id, moment before, moment after).
    """
    moved: list[tuple[str, str, str]] = []

    def run(workflow: ProcessWorkflow) -> None:
        moved.extend(timers.reckon_again(workflow, surroundings.moment))
        for task in _ready(workflow):
            moved.extend(_later_due(deployment, deployment.definition(process), task, surroundings))

    return _resumed(deployment, process, state, surroundings, run), moved


def _later_due(
    deployment: Deployment, definition: Definition, task: Any, surroundings: Surroundings
) -> list[tuple[str, str, str]]:
    facts, before = _facts_of(deployment, definition, task), task.internal_data.get("due")
    if facts.due is None or before is None:
        return []
    moment, now = surroundings.moment, surroundings.moment.now
    moment.now = datetime.fromtimestamp(task.last_state_change, UTC)
    after = task.workflow.script_engine.evaluate(task, facts.due)
    moment.now = now
    if parse_moment(after) <= parse_moment(before):
        return []
    task.internal_data["due"] = after
    return [(facts.id, before, after)]


def _awaited(workflow: ProcessWorkflow) -> Iterator[Any]:
    """Yield the message definitions that something waits for: events, event-based gateways, event sub-processes."""
    for task in workflow.event_manager.tasks.values():
        definition = task.task_spec.event_definition
        for one in getattr(definition, "event_definitions", None) or (definition,):
            if isinstance(one, MessageEventDefinition):
                yield one
    for name in workflow.spec.start.trigger_specs:
        for start in workflow.subprocess_specs[name].bpmn_start_events:
            if isinstance(start.event_definition, MessageEventDefinition):
                yield start.event_definition


def _script_engine(deployment: Deployment, surroundings: Surroundings) -> ScriptEngine:
    return ScriptEngine(surroundings, deployment.language(surroundings.functions))


def _resumed(
    deployment: Deployment,
    process: str,
    state: bytes,
    surroundings: Surroundings,
    run: Callable[[ProcessWorkflow], None],
) -> Step:
    definition = deployment.definition(process)

    def load_and_run() -> ProcessWorkflow:
        engine = _script_engine(deployment, surroundings)
        workflow = decode(state, definition.spec, definition.subprocess_specs, engine, surroundings.moment)
        run(workflow)
        return workflow

    return _stepped(deployment, definition, surroundings, load_and_run)


def _stepped(
    deployment: Deployment,
    definition: Definition,
    surroundings: Surroundings,
    work: Callable[[], ProcessWorkflow],
) -> Step:
    with running(surroundings.moment):
        try:
            workflow = work()
            _refuse_lost_events(workflow)
            tasks = tuple(_open_task(deployment, definition, task) for task in _ready(workflow))
            return Step(
                state=encode(workflow, surroundings.moment),
                tasks=tasks,
                tokens=_tokens(workflow),
                next_due=next_due(workflow),
                finished=workflow.is_completed(),
                passed=tuple(workflow.passed),
            )
        except Refusal:
            raise
        except SpiffWorkflowException as error:
            raise _failure(definition, error) from error
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise StepFailed(process=definition.id, element="a step", reason=str(error)) from error


def _failure(definition: Definition, error: SpiffWorkflowException) -> Refusal:
    cause = getattr(error, "__cause__", None) or error.__context__
    if isinstance(cause, Refusal):
        return cause
    spec = getattr(error, "task_spec", None)
    return StepFailed(process=definition.id, element=getattr(spec, "name", "a step"), reason=str(error))


def _refuse_lost_events(workflow: ProcessWorkflow) -> None:
    for event in workflow.get_events():
        if not isinstance(event.event_definition, TerminateEventDefinition):
            raise StepFailed(
                process=workflow.spec.name,
                element=event.event_definition.name,
                reason="an event was thrown that nothing in the diagram catches",
            )


def _all_tasks(workflow: ProcessWorkflow) -> list[Any]:
    return [task for part in (workflow, *workflow.subprocesses.values()) for task in part.tasks.values()]


def _ready(workflow: ProcessWorkflow) -> list[Any]:
    return [task for task in _all_tasks(workflow) if task._state == READY and task.task_spec.manual]


def _tokens(workflow: ProcessWorkflow) -> tuple[str, ...]:
    resting = READY | WAITING
    found = (task.task_spec.bpmn_id for task in _all_tasks(workflow) if task._state & resting)
    return tuple(dict.fromkeys(name for name in found if name is not None))


def _find(workflow: ProcessWorkflow, key: int) -> Any | None:
    return next((task for task in _all_tasks(workflow) if task.id == key), None)


def _open_task(deployment: Deployment, definition: Definition, task: Any) -> OpenTask:
    facts = _facts_of(deployment, definition, task)
    if facts.due is not None and "due" not in task.internal_data:
        task.internal_data["due"] = task.workflow.script_engine.evaluate(task, facts.due)
    return OpenTask(key=task.id, facts=facts, due=task.internal_data.get("due"), data=task.data)


def _facts_of(deployment: Deployment, definition: Definition, task: Any) -> ElementFacts:
    called = deployment.processes.get(task.workflow.spec.name)
    return (called or definition).elements[task.task_spec.bpmn_id]
