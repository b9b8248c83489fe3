"""Where everything stands: every process counted, on its diagram and listed, for the monthly meeting (I-04)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from engine.bpmn.definitions import ElementFacts
from engine.bpmn.picture import Picture, picture_of
from engine.domain.calendar import local_day, start_of_day
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.overview import listing
from engine.service.overview.listing import Filter, WorkList
from engine.service.overview.seeing import definitions, is_place, may_see, reason_against, refuse
from engine.store import standings

__all__ = ["PERIODS", "Count", "Filter", "Mark", "ProcessPage", "Span", "may_see", "reason_against"]

PERIODS = (30, 90, 365)
MOST_TASKS = 20_000


@dataclass(frozen=True)
class Span:
    """A period from the `first` day to the `last`, both included."""

    first: date
    last: date


@dataclass
class Count:
    """How many instances of one process are under way, how many of these are stopped by an incident or have an overdue
    task, how many ended in the period, and when the oldest that is unfinished began.
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
class ProcessPage:
    """One process: the diagram of its newest `deployment`, a mark for each element that has one, and a page of its
    unfinished instances. `names` has also the elements that only older diagrams have.
    """

    count: Count
    deployment: int
    picture: Picture
    names: Mapping[str, str]
    marks: Mapping[str, Mark]
    list: WorkList


def overview(engine: Engine, person: str, days: int = PERIODS[0]) -> tuple[Count, ...]:
    """Return the counts of every process in force or unfinished, by name, those with nothing under way last.

    `days` are the last days in which those counted as finished did so.
    """

    def work(question: Question) -> tuple[Count, ...]:
        refuse(question, person)
        counts = _counts(question, days).values()
        return tuple(sorted(counts, key=lambda count: (count.under_way == 0, count.name)))

    return engine.ask(work)


def of_process(
    engine: Engine, person: str, wanted: Filter, days: int = PERIODS[0], page: int = 1, span: Span | None = None
) -> ProcessPage:
    """Return where the instances of a process stand, and on its diagram what was done in a `span`, or else in the last
    `days`. NotFound, NotAllowed by rights.dmn.
    """

    def work(question: Question) -> ProcessPage:
        refuse(question, person)
        known = definitions(question, wanted.process)
        number, definition = next(iter(known.items()))
        elements = {facts.id: facts for one in reversed(known.values()) for facts in one.elements.values()}
        return ProcessPage(
            count=_counts(question, days)[wanted.process],
            deployment=number,
            picture=picture_of(definition.xml),
            names={facts.id: facts.name for facts in elements.values()},
            marks=_marks(question, wanted.process, elements, _done_in(question, wanted.process, days, span)),
            list=listing.list_in(question, person, wanted, days, page),
        )

    return engine.ask(work)


def diagram(engine: Engine, person: str, number: int, process: str) -> bytes:
    """Return the file of a diagram as a deployment has it. NotFound, NotAllowed by rights.dmn."""

    def work(question: Question) -> bytes:
        refuse(question, person)
        return question.deployment(number).definition(process).xml

    return engine.ask(work)


def _counts(question: Question, days: int) -> dict[str, Count]:
    connection, processes = question.connection, question.policy.processes
    found = {name: Count(name, one.name) for name, one in processes.items()}
    for row in standings.unfinished(connection):
        one = found.setdefault(row.process, Count(row.process, row.process))
        one.under_way, one.oldest = row.number, row.oldest
    for process, count in standings.stopped(connection).items():
        found[process].stopped = count
    for process, count in standings.finished_since(connection, question.now - timedelta(days=days)).items():
        found.setdefault(process, Count(process, process)).finished = count
    for process, count in standings.late(connection, question.now).items():
        found.setdefault(process, Count(process, process)).overdue = count
    return found


@dataclass
class _Spent:
    done: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)


def _done_in(question: Question, process: str, days: int, span: Span | None) -> Mapping[str, _Spent]:
    """Return what the tasks took that were done in a period, by element."""
    since, until = question.now - timedelta(days=days), None
    if span is not None:
        since, until = start_of_day(span.first), start_of_day(span.last + timedelta(days=1))
    return _spent(question, standings.closed_tasks(question.connection, process, since, MOST_TASKS, until))


def _marks(
    question: Question, process: str, elements: Mapping[str, ElementFacts], spent: Mapping[str, _Spent]
) -> Mapping[str, Mark]:
    connection, now = question.connection, question.now
    counted = standings.waiting(connection, process)
    waiting = {element: count for element, count in counted.items() if is_place(elements, element)}
    overdue = standings.overdue(connection, now).get(process, {})
    stopped = standings.stopped_at(connection, process)
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
