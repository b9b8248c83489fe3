"""Where everything stands: every process counted, on its diagram and listed, for the monthly meeting (I-04)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from engine.bpmn.definitions import Definition, ElementFacts
from engine.bpmn.picture import Picture, picture_of
from engine.domain.calendar import local_day
from engine.service import rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.store import standings
from engine.store.instances import STOPPED
from engine.store.standings import OVERDUE, STANDING_STILL, Filter

__all__ = ["OVERDUE", "PAGE", "PERIODS", "SEEING", "STANDING_STILL", "Filter"]

SEEING = "see where everything stands"
PAGE = 50
PERIODS = (30, 90, 365)
MOST_TASKS = 20_000


@dataclass
class Count:
    """How many instances of one process are under way, stopped by an incident or finished in the period, how many of
    their tasks are overdue, and when the oldest that is unfinished began.
    """

    process: str
    name: str
    under_way: int = 0
    stopped: int = 0
    overdue: int = 0
    finished: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True)
class Mark:
    """What is told of one element of a diagram: tokens that wait there now, tasks of them overdue, incidents; and of
    the tasks done in the period how many, how many late, and the working days that half of them took at most.
    """

    waiting: int = 0
    overdue: int = 0
    stopped: int = 0
    done: int = 0
    late: int = 0
    days: float | None = None


@dataclass(frozen=True)
class Row:
    """An unfinished instance in a list: no name of a child, only the reference of its case."""

    id: str
    case_ref: str | None
    cycle: str | None
    team: str | None
    stopped: bool
    places: tuple[str, ...]
    started_at: datetime
    age: int
    due: datetime | None


@dataclass(frozen=True)
class ProcessPage:
    """One process: the diagram of its newest `deployment`, a mark for each element that has one, and a page of its
    unfinished instances. `names` has also the elements that only older diagrams have.
    """

    count: Count
    deployment: int
    picture: Picture
    names: Mapping[str, str]
    marks: Mapping[str, Mark]
    rows: tuple[Row, ...]
    total: int
    teams: tuple[str, ...]
    wanted: Filter
    days: int
    now: datetime


def may_see(engine: Engine, person: str) -> bool:
    """Tell whether rights.dmn lets somebody see where everything stands."""
    return engine.ask(lambda question: reason_against(question, person) is None)


def reason_against(question: Question, person: str) -> str | None:
    """Return why `person` may not see where everything stands, None when they may."""
    return rights.reason_against(question, person, SEEING, "", About())


def refuse(question: Question, person: str) -> None:
    """Raise NotAllowed by rights.dmn."""
    rights.refuse(question, person, SEEING, "all processes", About())


def overview(engine: Engine, person: str, days: int = PERIODS[0]) -> tuple[Count, ...]:
    """Return the counts of every process in force or unfinished, by name, those with nothing under way last.

    `days` are the last days in which those counted as finished did so.
    """

    def work(question: Question) -> tuple[Count, ...]:
        refuse(question, person)
        counts = _counts(question, days).values()
        return tuple(sorted(counts, key=lambda count: (count.under_way == 0, count.name)))

    return engine.ask(work)


def of_process(engine: Engine, person: str, wanted: Filter, days: int = PERIODS[0], page: int = 1) -> ProcessPage:
    """Return where the instances of a process stand. NotFound, NotAllowed by rights.dmn."""

    def work(question: Question) -> ProcessPage:
        refuse(question, person)
        connection, now = question.connection, question.now
        known = _definitions(question, wanted.process)
        number, definition = next(iter(known.items()))
        rows = standings.listed(connection, wanted, now, PAGE, (page - 1) * PAGE)
        elements = {facts.id: facts for one in reversed(known.values()) for facts in one.elements.values()}
        return ProcessPage(
            count=_counts(question, days)[wanted.process],
            deployment=number,
            picture=picture_of(definition.xml),
            names={facts.id: facts.name for facts in elements.values()},
            marks=_marks(question, wanted.process, elements, days),
            rows=tuple(_row(question, known[row.deployment], row) for row in rows),
            total=standings.count(connection, wanted, now),
            teams=tuple(standings.teams(connection, wanted.process)),
            wanted=wanted,
            days=days,
            now=now,
        )

    return engine.ask(work)


def diagram(engine: Engine, person: str, number: int, process: str) -> bytes:
    """Return the file of a diagram as a deployment has it. NotFound, NotAllowed by rights.dmn."""

    def work(question: Question) -> bytes:
        refuse(question, person)
        return question.deployment(number).definition(process).xml

    return engine.ask(work)


def _definitions(question: Question, process: str) -> dict[int, Definition]:
    """Return the process as the policy in force has it and as its unfinished instances do, newest first; NotFound."""
    numbers = set(standings.deployments(question.connection, process))
    if process in question.policy.processes or not numbers:
        numbers.add(question.number_in_force)
    return {number: question.deployment(number).definition(process) for number in sorted(numbers, reverse=True)}


def _counts(question: Question, days: int) -> dict[str, Count]:
    connection, processes = question.connection, question.policy.processes
    found = {name: Count(name, one.name) for name, one in processes.items()}
    for row in standings.unfinished(connection):
        one = found.setdefault(row.process, Count(row.process, row.process))
        one.stopped += row.number if row.status == STOPPED else 0
        one.under_way += row.number
        one.oldest = min((moment for moment in (one.oldest, row.oldest) if moment is not None), default=None)
    for process, count in standings.finished_since(connection, question.now - timedelta(days=days)).items():
        found.setdefault(process, Count(process, process)).finished = count
    for process, places in standings.overdue(connection, question.now).items():
        found.setdefault(process, Count(process, process)).overdue = sum(places.values())
    return found


def _place_name(definition: Definition, element: str) -> str:
    facts = definition.elements.get(element)
    return element if facts is None else facts.name


@dataclass
class _Spent:
    done: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)


def is_place(elements: Mapping[str, ElementFacts], element: str) -> bool:
    """Tell whether a token stands at an element; an event at the edge of an activity only listens there."""
    facts = elements.get(element)
    return facts is None or facts.kind != "boundaryEvent"


def _marks(question: Question, process: str, elements: Mapping[str, ElementFacts], days: int) -> Mapping[str, Mark]:
    connection, now = question.connection, question.now
    counted = standings.waiting(connection, process)
    waiting = {element: count for element, count in counted.items() if is_place(elements, element)}
    overdue = standings.overdue(connection, now).get(process, {})
    stopped = standings.stopped_at(connection, process)
    spent = _spent(question, standings.closed_tasks(connection, process, now - timedelta(days=days), MOST_TASKS))
    found = {}
    for element in {*waiting, *overdue, *stopped, *spent}:
        one = spent.get(element, _Spent())
        found[element] = Mark(
            waiting=waiting.get(element, 0),
            overdue=overdue.get(element, 0),
            stopped=stopped.get(element, 0),
            done=one.done,
            late=one.late,
            days=float(median(one.days)) if one.days else None,
        )
    return found


def _spent(question: Question, rows: Iterable[Any]) -> Mapping[str, _Spent]:
    found: dict[str, _Spent] = {}
    for row in rows:
        one = found.setdefault(row.element, _Spent())
        one.done += 1
        one.late += row.due is not None and row.closed_at > row.due
        one.days.append(question.calendar.between(local_day(row.opened_at), local_day(row.closed_at)))
    return found


def _row(question: Question, definition: Definition, row: Any) -> Row:
    places = [element for element in dict.fromkeys(row.tokens) if is_place(definition.elements, element)]
    return Row(
        id=row.id,
        case_ref=row.case_ref,
        cycle=row.cycle,
        team=row.team,
        stopped=row.status == STOPPED,
        places=tuple(_place_name(definition, element) for element in places),
        started_at=row.started_at,
        age=question.calendar.between(local_day(row.started_at), question.today),
        due=row.due,
    )
