"""The runtime contract: begin, complete, receive, advance and migrate. State in, state out; no storage and no clock.

Each call runs one process instance to its next rest and returns a Step. Whatever fails, the state handed in is
still the truth: the workflow in memory is thrown away.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import CallActivity
from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.bpmn.definitions import Deployment, ElementFacts
from engine.bpmn.runtime import timers
from engine.bpmn.runtime.library import FINISHED, READY, WAITING
from engine.bpmn.runtime.messages import awaited
from engine.bpmn.runtime.migration import expect_again, obstacles, past_of
from engine.bpmn.runtime.moment import aware, running
from engine.bpmn.runtime.state import decode, encode, plain
from engine.bpmn.runtime.surroundings import ScriptEngine, Surroundings
from engine.bpmn.runtime.workflows import ProcessWorkflow
from engine.errors import ExpressionRefused, NotNow, Refusal, StepFailed

_DUE = "due"
_RESTING = READY | WAITING
_BROKEN = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for somebody. `key` is unique in its instance, `due` an ISO moment or None, and `data` the
    process data at the task, for looking up who holds it.
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
    stepping = _Stepping(deployment, process, surroundings)
    surroundings.moment.count = 0

    def start(workflow: ProcessWorkflow) -> None:
        workflow.task_tree.data.update(plain(dict(facts)))
        stepping.rest(workflow)

    return stepping.step(stepping.fresh, start)


def complete(
    deployment: Deployment,
    process: str,
    state: bytes,
    key: int,
    answers: Mapping[str, Any],
    surroundings: Surroundings,
) -> Step:
    """Complete the user task `key`, merging `answers` into the process data. Raises NotNow unless it is open,
    StepFailed when the diagram fails, and whatever a service operation refuses.
    """
    stepping = _Stepping(deployment, process, surroundings)

    def run(workflow: ProcessWorkflow) -> None:
        task = next((one for one in _open(workflow) if one.id == key), None)
        if task is None:
            raise NotNow(doing="Completing this task", reason="it is no longer open")
        task.data.update(plain(dict(answers)))
        workflow.run(task)
        stepping.rest(workflow)

    return stepping.step(lambda: stepping.loaded(state), run)


def receive(
    deployment: Deployment,
    process: str,
    state: bytes,
    message: str,
    payload: Mapping[str, Any],
    surroundings: Surroundings,
) -> Step:
    """Deliver `message` to the instance. Raises NotNow when nothing in it waits for that message,
    StepFailed when the diagram fails, and whatever a service operation refuses.
    """
    stepping = _Stepping(deployment, process, surroundings)

    def run(workflow: ProcessWorkflow) -> None:
        definition = next((one for one in awaited(workflow) if one.name == message), None)
        if definition is None:
            raise NotNow(doing=f"The message “{message}”", reason="nothing waits for it any more")
        workflow.send_event(BpmnEvent(definition, payload=plain(dict(payload))))
        stepping.rest(workflow)

    return stepping.step(lambda: stepping.loaded(state), run)


def advance(deployment: Deployment, process: str, state: bytes, now: datetime, surroundings: Surroundings) -> Step:
    """Fire every timer that is due at `now`, one at a time and in due order. Raises StepFailed when the diagram
    fails or its timers come to no end, whatever a service operation refuses, and ValueError for a naive `now`.
    """
    stepping, until = _Stepping(deployment, process, surroundings), aware(now)
    return stepping.step(
        lambda: stepping.loaded(state),
        lambda workflow: timers.fire_due(workflow, surroundings.moment, until, stepping.rest),
    )


def reckon_again(
    deployment: Deployment, process: str, state: bytes, surroundings: Surroundings
) -> tuple[Step, list[tuple[str, str, str]]]:
    """Reckon timers and due moments again after days off were added; return the step and what moved later.

    What moved is (element id, moment before, moment after). Raises StepFailed when an expression fails.
    """
    stepping = _Stepping(deployment, process, surroundings)
    moved: list[tuple[str, str, str]] = []

    def run(workflow: ProcessWorkflow) -> None:
        moved.extend(timers.reckon_again(workflow, surroundings.moment))
        moved.extend(stepping.later_dues(workflow))

    return stepping.step(lambda: stepping.loaded(state), run), moved


def migrate(
    before: Deployment, after: Deployment, process: str, state: bytes, surroundings: Surroundings
) -> tuple[Step, list[tuple[str, str, str]]]:
    """Move an instance to another deployment; return the step and what moved later: (element, before, after).

    What waits goes on waiting, with its key. Due moments that the new policy sets later move; none moves earlier.
    Raises NotNow with every reason why it cannot move, StepFailed when an expression fails.
    """
    reasons = obstacles(before, after, process, state)
    if reasons:
        raise NotNow(doing="Moving this work to the new policy", reason="; ".join(reasons))
    stepping = _Stepping(after, process, surroundings)
    moved: list[tuple[str, str, str]] = []

    def run(workflow: ProcessWorkflow) -> None:
        expect_again(workflow)
        moved.extend(timers.reckon_again(workflow, surroundings.moment))
        moved.extend(stepping.later_dues(workflow))

    return stepping.step(lambda: stepping.loaded(past_of(state)), run), moved


def correct(
    deployment: Deployment, process: str, state: bytes, values: Mapping[str, Any], surroundings: Surroundings
) -> Step:
    """Put corrected values into the process data, as if they had always been there; nothing else happens."""
    stepping = _Stepping(deployment, process, surroundings)

    def run(workflow: ProcessWorkflow) -> None:
        # What waits takes its data once more from the task before it when it goes on.
        for task in _all_tasks(workflow):
            if task._state & (READY | WAITING | FINISHED):
                task.data.update(plain(dict(values)))

    return stepping.step(lambda: stepping.loaded(state), run)


class _Stepping:
    """One call on its way: the instance is loaded, run to a rest, and turned into a Step."""

    def __init__(self, deployment: Deployment, process: str, surroundings: Surroundings) -> None:
        self._deployment = deployment
        self._definition = deployment.definition(process)
        self._moment = surroundings.moment
        self._engine = ScriptEngine(surroundings, deployment.language(surroundings.functions))

    def fresh(self) -> ProcessWorkflow:
        """Return a new instance."""
        return ProcessWorkflow(self._definition.spec, self._definition.subprocess_specs, self._engine)

    def loaded(self, state: bytes) -> ProcessWorkflow:
        """Return the instance of a state."""
        definition = self._definition
        return decode(state, definition.spec, definition.subprocess_specs, self._engine, self._moment)

    def rest(self, workflow: ProcessWorkflow) -> None:
        """Run to a rest, and reckon from this moment what has come to wait."""
        workflow.run_to_rest()
        timers.note_armed(workflow, self._moment)
        for task in _open(workflow):
            due = self._facts_of(task).due
            if due is not None and _DUE not in task.internal_data:
                timers.keep(task, _DUE, self._engine.evaluate(task, due), self._moment)

    def later_dues(self, workflow: ProcessWorkflow) -> Iterator[tuple[str, str, str]]:
        """Reckon the due moments of open tasks again; yield (element, before, after) of those that moved later."""
        for task in _open(workflow):
            facts = self._facts_of(task)
            change = None if facts.due is None else timers.later(task, facts.due, _DUE, self._moment)
            if change is not None:
                yield facts.id, *change

    def step(self, load: Callable[[], ProcessWorkflow], run: Callable[[ProcessWorkflow], None]) -> Step:
        """Return what `run` leaves of the instance; every failure of the diagram becomes StepFailed."""
        workflow = None
        with running(self._moment):
            try:
                workflow = load()
                run(workflow)
                return self._left(workflow)
            except ExpressionRefused as error:
                raise self._failure(workflow, error.sentence) from error
            except SpiffWorkflowException as error:
                raise _refusal_behind(error) or self._failure(workflow, str(error)) from error
            except _BROKEN as error:
                raise self._failure(workflow, str(error)) from error

    def _left(self, workflow: ProcessWorkflow) -> Step:
        _refuse_lost_events(workflow)
        resting = [task for task in _all_tasks(workflow) if task._state & _RESTING]
        return Step(
            state=encode(workflow, self._moment),
            tasks=tuple(self._open_task(task) for task in resting if _is_open(task)),
            tokens=_tokens(resting),
            next_due=timers.next_due(workflow),
            finished=workflow.is_completed(),
            passed=tuple(workflow.passed),
        )

    def _failure(self, workflow: ProcessWorkflow | None, reason: str) -> StepFailed:
        element = "its start" if workflow is None else workflow.element
        return StepFailed(process=self._definition.id, element=element, reason=reason)

    def _open_task(self, task: Any) -> OpenTask:
        return OpenTask(key=task.id, facts=self._facts_of(task), due=task.internal_data.get(_DUE), data=task.data)

    def _facts_of(self, task: Any) -> ElementFacts:
        called = self._deployment.processes.get(_process_of(task.workflow), self._definition)
        return called.elements[task.task_spec.bpmn_id]


def _process_of(workflow: Any) -> str:
    """Return the process in whose diagram the elements of a workflow are drawn: the one called, or the first."""
    while workflow.parent_task_id is not None:
        parent = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        if isinstance(parent.task_spec, CallActivity):
            break
        workflow = parent.workflow
    return str(workflow.spec.name)


def _refusal_behind(error: BaseException | None) -> Refusal | None:
    while error is not None:
        error = error.__cause__ or error.__context__
        if isinstance(error, Refusal):
            return error
    return None


def _refuse_lost_events(workflow: ProcessWorkflow) -> None:
    for event in workflow.get_events():
        if not isinstance(event.event_definition, TerminateEventDefinition):
            raise StepFailed(
                process=workflow.spec.name,
                element=workflow.element,
                reason=f"“{event.event_definition.name}” was thrown and nothing in the diagram catches it",
            )


def _all_tasks(workflow: ProcessWorkflow) -> Iterable[Any]:
    if not workflow.subprocesses:
        return list(workflow.tasks.values())
    return (task for part in (workflow, *workflow.subprocesses.values()) for task in part.tasks.values())


def _open(workflow: ProcessWorkflow) -> list[Any]:
    return [task for task in _all_tasks(workflow) if _is_open(task)]


def _is_open(task: Any) -> bool:
    return bool(task._state == READY and task.task_spec.manual)


def _tokens(resting: list[Any]) -> tuple[str, ...]:
    names = (task.task_spec.bpmn_id for task in resting)
    return tuple(dict.fromkeys(name for name in names if name is not None))
