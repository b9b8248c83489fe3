"""The runtime contract: begin, complete, receive, advance and migrate. State in, state out; no storage and no clock.

Each call runs one process instance to its next rest and returns a Step. Whatever fails, the state handed in is
still the truth: the workflow in memory is thrown away.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent

from engine.bpmn.definitions import Deployment
from engine.bpmn.runtime import timers
from engine.bpmn.runtime.library import FINISHED, READY, WAITING
from engine.bpmn.runtime.messages import awaited
from engine.bpmn.runtime.migration import expect_again, obstacles, past_of
from engine.bpmn.runtime.moment import aware
from engine.bpmn.runtime.state import plain
from engine.bpmn.runtime.stepping import OpenTask, Step, Stepping, all_tasks, open_in
from engine.bpmn.runtime.surroundings import Surroundings
from engine.bpmn.runtime.workflows import ProcessWorkflow
from engine.errors import NotNow

__all__ = ["OpenTask", "Step", "advance", "begin", "complete", "correct", "migrate", "receive", "reckon_again"]


def begin(deployment: Deployment, process: str, facts: Mapping[str, Any], surroundings: Surroundings) -> Step:
    """Start an instance of `process` with `facts` as its data. Raises NotFound for an unknown process,
    StepFailed when the diagram fails, and whatever a service operation refuses.
    """
    stepping = Stepping(deployment, process, surroundings)
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
    stepping = Stepping(deployment, process, surroundings)

    def run(workflow: ProcessWorkflow) -> None:
        task = next((one for one in open_in(workflow) if one.id == key), None)
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
    stepping = Stepping(deployment, process, surroundings)

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
    stepping, until = Stepping(deployment, process, surroundings), aware(now)
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
    stepping = Stepping(deployment, process, surroundings)
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
    stepping = Stepping(after, process, surroundings)
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
    stepping = Stepping(deployment, process, surroundings)

    def run(workflow: ProcessWorkflow) -> None:
        # What waits takes its data once more from the task before it when it goes on.
        for task in all_tasks(workflow):
            if task._state & (READY | WAITING | FINISHED):
                task.data.update(plain(dict(values)))

    return stepping.step(lambda: stepping.loaded(state), run)
