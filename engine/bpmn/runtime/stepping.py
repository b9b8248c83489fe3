"""One call of the runtime on its way: the instance is loaded, run to a rest, and turned into a Step."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.bpmn.definitions import Deployment, ElementFacts
from engine.bpmn.runtime import timers
from engine.bpmn.runtime.library import READY, WAITING
from engine.bpmn.runtime.moment import running
from engine.bpmn.runtime.state import decode, encode
from engine.bpmn.runtime.surroundings import ScriptEngine, Surroundings
from engine.bpmn.runtime.workflows import ProcessWorkflow, process_of
from engine.errors import ExpressionRefused, Refusal, StepFailed

DUE = "due"
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


class Stepping:
    """One call on its way: the instance is loaded, run to a rest, and turned into a Step."""

    def __init__(self, deployment: Deployment, process: str, surroundings: Surroundings) -> None:
        self._deployment = deployment
        self._definition = deployment.definition(process)
        self._moment = surroundings.moment
        self._passing_over = surroundings.passing_over
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
        for task in open_in(workflow):
            due = self._facts_of(task).due
            if due is not None and DUE not in task.internal_data:
                timers.keep(task, DUE, self._engine.evaluate(task, due), self._moment)

    def later_dues(self, workflow: ProcessWorkflow) -> Iterator[tuple[str, str, str]]:
        """Reckon the due moments of open tasks again; yield (element, before, after) of those that moved later."""
        for task in open_in(workflow):
            facts = self._facts_of(task)
            change = None if facts.due is None else timers.later(task, facts.due, DUE, self._moment)
            if change is not None:
                yield facts.id, *change

    def step(self, load: Callable[[], ProcessWorkflow], run: Callable[[ProcessWorkflow], None]) -> Step:
        """Return what `run` leaves of the instance; every failure of the diagram becomes StepFailed."""
        workflow = None
        with running(self._moment):
            try:
                workflow = load()
                workflow.passing_over = self._passing_over
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
        resting = [task for task in all_tasks(workflow) if task._state & _RESTING]
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
        return OpenTask(key=task.id, facts=self._facts_of(task), due=task.internal_data.get(DUE), data=task.data)

    def _facts_of(self, task: Any) -> ElementFacts:
        called = self._deployment.processes.get(process_of(task.workflow), self._definition)
        return called.elements[task.task_spec.bpmn_id]


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


def all_tasks(workflow: ProcessWorkflow) -> Iterable[Any]:
    """Return all tasks of an instance, those of its sub-processes too."""
    if not workflow.subprocesses:
        return list(workflow.tasks.values())
    return (task for part in (workflow, *workflow.subprocesses.values()) for task in part.tasks.values())


def open_in(workflow: ProcessWorkflow) -> list[Any]:
    """Return the user tasks that wait for somebody."""
    return [task for task in all_tasks(workflow) if _is_open(task)]


def _is_open(task: Any) -> bool:
    return bool(task._state == READY and task.task_spec.manual)


def _tokens(resting: list[Any]) -> tuple[str, ...]:
    names = (task.task_spec.bpmn_id for task in resting)
    return tuple(dict.fromkeys(name for name in names if name is not None))
