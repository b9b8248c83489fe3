"""Phrases about the inter-rater reliability exercise."""

from typing import Any

from engine.errors import NotAllowed
from engine.service.audits import reliability
from engine.service.rehearsal.acting import complete, start, try_to_complete
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, StoryError, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.store import exercises

PROCESS, COPY, DISCUSS = "reliability_exercise", "Audit the shared case record", "Discuss the variations"
ITEMS = 10


@say("{person} starts a reliability exercise on case {case} on {when}")
def starts(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Start an exercise on ten items."""
    stage.move_to(when)
    start(stage, name, PROCESS, {"case": case}, {"items": ITEMS})


@say("{person} cannot see {person}'s answers in the reliability exercise on {case}")
def cannot_see(stage: Stage, _table: Table | None, name: str, other: str, case: str) -> None:
    """Expect the other's copy to be blind."""
    try:
        reliability.readings_of(stage.engine, stage.person(name), _exercise(stage, case).instance, stage.person(other))
    except NotAllowed:
        return
    raise UnmetError(f"{name} can see the answers of {other}.")


@say("the officers submit the reliability exercise on {case} on {when} as")
def officers_submit(stage: Stage, table: Table | None, case: str, when: Moment) -> None:
    """Submit every officer's copy; an empty cell is an item that was not read."""
    stage.move_to(when)
    if not table:
        raise StoryError("This phrase needs a table of items and officers.")
    for column, name in enumerate(table[0][1:], start=1):
        person = stage.person(name)
        given = [{"item": int(row[0]), "reading": int(row[column])} for row in table[1:] if row[column].strip()]
        complete(stage, person, stage.task(COPY, case, person), {"readings": given})


@say("{number} of {number} items of the reliability exercise on {case} are unanimous")
def are_unanimous(stage: Stage, _table: Table | None, unanimous: int, items: int, case: str) -> None:
    """Count the items that all officers read alike."""
    row = _exercise(stage, case)
    found = stage.ask(lambda question: reliability.compared(question, row.instance))
    if (found.unanimous, row.items) != (unanimous, items):
        raise UnmetError(f"{found.unanimous} of {row.items} items are unanimous.")


@say("Krippendorff's alpha of the reliability exercise on {case} is {decimal}")
def alpha_is(stage: Stage, _table: Table | None, case: str, value: float) -> None:
    """Compare the ordinal alpha over the items."""
    _coefficient(stage, case, "krippendorff_alpha", value)


@say("Gwet's AC2 of the reliability exercise on {case} is {decimal}")
def ac2_is(stage: Stage, _table: Table | None, case: str, value: float) -> None:
    """Compare AC2 with ordinal weights over the items."""
    _coefficient(stage, case, "gwet_ac2", value)


def _coefficient(stage: Stage, case: str, name: str, value: float) -> None:
    row = _exercise(stage, case)
    found = stage.ask(lambda question: reliability.compared(question, row.instance))
    values = [one.value for one in found.coefficients if one.name == name]
    if not values or values[0] is None or round(values[0], 3) != value:
        raise UnmetError(f"It is {values[0] if values else 'not reported'}.")


@say("{person} may not close the reliability exercise on {case} because {quoted}")
def may_not_close(stage: Stage, _table: Table | None, name: str, case: str, because: str) -> None:
    """Expect closing to be refused while a variation is undiscussed."""
    stage.refused(lambda: try_to_complete(stage, name, DISCUSS, case, {"agreed": []}), because)


def _exercise(stage: Stage, case: str) -> Any:
    row = stage.ask(lambda question: exercises.newest_of_case(question.connection, case))
    if row is None:
        raise UnmetError(f"There is no reliability exercise on {case}.")
    return row
