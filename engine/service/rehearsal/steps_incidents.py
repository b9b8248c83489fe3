"""Phrases about incidents: a step that fails, and whether it is skipped by two people or the work is given up."""

import re
from collections.abc import Callable
from typing import Any

from engine.service.overview import incidents, skipping
from engine.service.policy import deployments
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, StoryError, Table, UnmetError
from engine.service.rehearsal.stage import STORY, Stage
from engine.store import incidents as rows

WHY = "The letter has a fault, and they are told by telephone"
_PARAMETER = re.compile(r'(<spiffworkflow:parameter id="(?:to|person|process|state)" type="any" value=)"[^"]*"')


@say("the step {quoted} of {quoted} has a fault")
def has_a_fault(stage: Stage, _table: Table | None, step: str, process: str) -> None:
    """Deploy the policy with a service task that cannot be done, for all work that begins from now on."""
    found, element = _place(stage, step, process)
    drawn = f'(<bpmn:serviceTask id="{element}".*?</bpmn:serviceTask>)'
    before, task, after = re.split(drawn, found.xml.decode(), flags=re.DOTALL)
    broken, count = _PARAMETER.subn(r'\1"1 / 0"', task, count=1)
    if not count:
        raise StoryError(f"The step “{step}” has nothing in which a fault could be.")
    files = {**stage.snapshot, f"processes/{found.id}.bpmn": f"{before}{broken}{after}".encode()}
    deployments.deploy(stage.engine, STORY, files, "a step with a fault")


@say("the work for {case} stops at {quoted}")
def stops_at(stage: Stage, _table: Table | None, case: str, step: str) -> None:
    """Expect one open incident about the case, at the step with this name."""
    row = _incident(stage, case)
    found = stage.ask(lambda question: skipping.step_of(question, row))
    if found is None or found.name != step:
        raise UnmetError(f"It stops at {'nothing' if found is None else found.name}.")


@say("{person} asks to skip the step that failed for {case}[ on {when}]")
def asks(stage: Stage, _table: Table | None, name: str, case: str, when: Moment | None) -> None:
    """Ask that the step be skipped, with a reason."""
    stage.move_to(when)
    skipping.ask(stage.engine, stage.person(name), _incident(stage, case).id, WHY)


@say("{person} may not ask to skip the step that failed for {case}[ because {quoted}]")
def may_not_ask(stage: Stage, _table: Table | None, name: str, case: str, because: str | None) -> None:
    """Expect the request to be refused."""
    stage.refused(
        _doing(stage, name, case, lambda engine, who, number: skipping.ask(engine, who, number, WHY)), because
    )


@say("{person} agrees to skip the step that failed for {case}[ on {when}]")
def agrees(stage: Stage, _table: Table | None, name: str, case: str, when: Moment | None) -> None:
    """Agree, so that the work goes on without the step."""
    stage.move_to(when)
    _doing(stage, name, case, skipping.agree)()


@say("{person} may not agree to skip the step that failed for {case}[ because {quoted}]")
def may_not_agree(stage: Stage, _table: Table | None, name: str, case: str, because: str | None) -> None:
    """Expect somebody's word to be refused."""
    stage.refused(_doing(stage, name, case, skipping.agree), because)


@say("{person} declines to skip the step that failed for {case}")
def declines(stage: Stage, _table: Table | None, name: str, case: str) -> None:
    """Decline, with a reason."""
    _doing(stage, name, case, lambda engine, who, number: skipping.decline(engine, who, number, WHY))()


@say("{person} may not give up the work that failed for {case}[ because {quoted}]")
def may_not_give_up(stage: Stage, _table: Table | None, name: str, case: str, because: str | None) -> None:
    """Expect giving up to be refused."""
    stage.refused(
        _doing(stage, name, case, lambda engine, who, number: incidents.give_up(engine, who, number, WHY)), because
    )


def _place(stage: Stage, step: str, process: str) -> tuple[Any, str]:
    """Return the process with a name and the id of its service task with a name; StoryError."""
    for one in stage.ask(lambda question: question.policy).processes.values():
        for facts in one.elements.values():
            if one.name == process and facts.name == step and facts.operation is not None:
                return one, facts.id
    raise StoryError(f"No process “{process}” has a step “{step}” that the system takes.")


def _doing(stage: Stage, name: str, case: str, work: Callable[..., None]) -> Callable[[], None]:
    return lambda: work(stage.engine, stage.person(name), _incident(stage, case).id)


def _incident(stage: Stage, case: str) -> Any:
    found = stage.ask(lambda question: rows.open_of_case(question.connection, case))
    if len(found) != 1:
        raise UnmetError(f"{len(found) or 'No'} incidents about {case} are open.")
    return found[0]
