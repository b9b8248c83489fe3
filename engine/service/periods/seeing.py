"""Who may see audit periods, part by part, by rights.dmn. The hidden selection has a right of its own (I-08)."""

from typing import Any, Final

from engine.errors import NotAllowed
from engine.service import rights
from engine.service.audits.cycles import CYCLE
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.store import cycles

SEEING: Final = "see audit period"
OVERVIEW, LIST, CAPACITY, DRAW = "overview", "population list", "capacity", "draw"
ASSIGNMENTS, PROGRESS, FIGURES = "assignments", "progress", "figures"
PARTS: Final = (LIST, CAPACITY, DRAW, ASSIGNMENTS, PROGRESS, FIGURES)


def may_see(engine: Engine, person: str) -> bool:
    """Tell whether somebody may see that there are audit periods, and where each stands."""
    return engine.ask(lambda question: reason_against(question, person, OVERVIEW) is None)


def reason_against(question: Question, person: str, part: str) -> str | None:
    """Return why somebody may not see a part of the audit periods, None when they may.

    Who answers today for a lane of the audit period's diagram "holds" it, in the words of the table.
    """
    lanes = {facts.lane for facts in question.policy.definition(CYCLE).elements.values() if facts.lane}
    held = any(person in question.holders(lane, None) for lane in lanes)
    about = About(assignee=person if held else None)
    return rights.reason_against(question, person, SEEING, part, about)


def parts_of(question: Question, person: str) -> tuple[str, ...]:
    """Return the parts of an audit period that somebody may open."""
    return tuple(part for part in PARTS if reason_against(question, person, part) is None)


def refuse(question: Question, person: str, part: str) -> None:
    """Raise NotAllowed by rights.dmn unless somebody may see a part of the audit periods."""
    reason = reason_against(question, person, part)
    if reason is not None:
        raise NotAllowed(doing=f"see the {part} of audit periods", reason=reason)


def opened(question: Question, person: str, part: str, identifier: str) -> Any:
    """Return the row of a period to somebody who may see this part of it. NotAllowed by rights.dmn, then NotFound."""
    refuse(question, person, part)
    return cycles.get(question.connection, identifier)


def drawn_in(row: Any, what: str) -> int | None:
    """Return the `population` or `sample` of a period by its certificate, None before the draw."""
    return None if row.certificate is None else sum(facts[what] for facts in row.certificate["strata"].values())


def name_of(question: Question, username: str) -> str:
    """Return a person's name; their username when the directory knows them no more, "" for an erased one."""
    person = question.directory.people.get(username)
    return username if person is None else person.name
