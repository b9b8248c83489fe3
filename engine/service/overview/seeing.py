"""Who may see where everything stands, and what the places of process instances are called."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from engine.bpmn.definitions import Definition, ElementFacts
from engine.service import restricted, rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.store import standings
from engine.store.barring import Barred

SEEING = "see where everything stands"
RESTRICTED = "Restricted"
_SEEING_A_CASE = "see case"


def may_see(engine: Engine, person: str) -> bool:
    """Tell whether rights.dmn lets somebody see where everything stands."""
    return engine.ask(lambda question: reason_against(question, person) is None)


def reason_against(question: Question, person: str) -> str | None:
    """Return why `person` may not see where everything stands, None when they may."""
    return rights.reason_against(question, person, SEEING, "", About())


def refuse(question: Question, person: str) -> None:
    """Raise NotAllowed by rights.dmn."""
    rights.refuse(question, person, SEEING, "all processes", About())


def definitions(question: Question, process: str) -> dict[int, Definition]:
    """Return the process as the policy in force has it and as its unfinished instances do, newest first; NotFound."""
    numbers = set(standings.deployments(question.connection, process))
    if process in question.policy.processes or not numbers:
        numbers.add(question.number_in_force)
    return {number: question.deployment(number).definition(process) for number in sorted(numbers, reverse=True)}


def is_place(elements: Mapping[str, ElementFacts], element: str) -> bool:
    """Tell whether a token stands at an element; an event at the edge of an activity only listens there."""
    facts = elements.get(element)
    return facts is None or facts.kind != "boundaryEvent"


def place_name(definition: Definition, element: str) -> str:
    """Return what an element is called, its id when the diagram has it not."""
    facts = definition.elements.get(element)
    return element if facts is None else facts.name


def barring(question: Question, person: str) -> Callable[[Any], bool]:
    """Return what tells of a case, a row with `restricted`, `team` and `social_worker`, whether restricted_records.dmn
    bars `person` from it (I-16). The table is asked once for all cases of one team and social worker.
    """

    @cache
    def barred(team: str | None, social_worker: str | None) -> bool:
        case = _RestrictedCase(team, social_worker)
        return restricted.reason_against(question, person, _SEEING_A_CASE, "", case) is not None

    return lambda case: case.restricted is True and barred(case.team, case.social_worker)


class _RestrictedCase(NamedTuple):
    team: str | None
    social_worker: str | None
    restricted: bool = True


def barred(question: Question, person: str) -> Barred:
    """Return which restricted cases are kept from `person` in a list."""
    return restricted.barred(question, person, _SEEING_A_CASE)


def about(question: Question, person: str, row: Any) -> str:
    """Return what the instance of a row is about: its case, its audit period or its id; for who is barred from the
    case only that it is restricted.
    """
    case = question.case(row.case_ref) if row.case_ref is not None else None
    if case is not None and barring(question, person)(case):
        return RESTRICTED
    return str(row.case_ref or row.cycle or row.id)
