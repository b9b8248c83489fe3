"""Who may see where everything stands, and what the places of process instances are called."""

from collections.abc import Mapping

from engine.bpmn.definitions import Definition, ElementFacts
from engine.service import rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.store import standings

SEEING = "see where everything stands"


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
