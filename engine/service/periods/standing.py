"""Where audit periods stand: state, population, sample, progress, and what happens next and with whom (M1, I-04)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.service import rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.service.periods.words import outcome_words
from engine.service.posts import task_holders
from engine.store import periods
from engine.store.instances import STOPPED

PAGE = 12


@dataclass(frozen=True)
class Awaited:
    """Work that the period waits for: its title, the names of who has it today, and its id for who may do it."""

    title: str
    holders: tuple[str, ...]
    due: datetime | None
    overdue: bool
    task: str | None


@dataclass(frozen=True)
class Standing:
    """Where a period stands.

    `population` and `sample` count cases (None before there are any), `outcomes` audits by what became of them.
    `clock` is what happens by itself next, and when; `stopped` tells that an incident keeps it from going on.
    """

    id: str
    reference_date: date
    state: str
    instance: str | None
    population: int | None
    sample: int | None
    outcomes: Mapping[str, int]
    awaited: tuple[Awaited, ...]
    clock: tuple[str, datetime] | None
    stopped: bool

    @property
    def audits(self) -> int:
        """How many audits were assigned."""
        return sum(self.outcomes.values())

    @property
    def done(self) -> int:
        """How many audits were authorised, in time or late."""
        return self.outcomes.get(periods.ON_TIME, 0) + self.outcomes.get(periods.LATE, 0)


@dataclass(frozen=True)
class StandingPage:
    """A page of the audit periods, newest first, of `total`. `words` say what became of an audit."""

    rows: tuple[Standing, ...]
    total: int
    words: Mapping[str, str]


@dataclass(frozen=True)
class PeriodPage:
    """One period, and the parts of it that the reader may open. `row` is its stored row."""

    standing: Standing
    row: Any
    parts: tuple[str, ...]
    words: Mapping[str, str]


def listed(engine: Engine, person: str, page: int = 1) -> StandingPage:
    """Return a page of the audit periods, newest first. NotAllowed by rights.dmn."""

    def work(question: Question) -> StandingPage:
        seeing.refuse(question, person, seeing.OVERVIEW)
        rows = periods.page(question.connection, PAGE, (page - 1) * PAGE)
        total = periods.count(question.connection)
        return StandingPage(_standings(question, person, rows), total, outcome_words(question))

    return engine.ask(work)


def of_period(engine: Engine, person: str, identifier: str) -> PeriodPage:
    """Return one audit period. NotAllowed by rights.dmn, NotFound."""

    def work(question: Question) -> PeriodPage:
        row = seeing.opened(question, person, seeing.OVERVIEW, identifier)
        (found,) = _standings(question, person, [row])
        return PeriodPage(found, row, seeing.parts_of(question, person), outcome_words(question))

    return engine.ask(work)


def _standings(question: Question, person: str, rows: Sequence[Any]) -> tuple[Standing, ...]:
    connection, names = question.connection, [row.id for row in rows]
    sizes, outcomes = periods.frame_sizes(connection, names), periods.outcomes(connection, names)
    instances = [row.instance for row in rows if row.instance is not None]
    tasks: dict[str, list[Any]] = {}
    for task in periods.open_tasks(connection, instances):
        tasks.setdefault(task.instance, []).append(task)
    waiting = {one.id: one for one in periods.waiting(connection, instances)}
    return tuple(
        Standing(
            id=row.id,
            reference_date=row.reference_date,
            state=row.state,
            instance=row.instance,
            population=_population(row, sizes.get(row.id, {})),
            sample=seeing.drawn_in(row, "sample"),
            outcomes=outcomes.get(row.id, {}),
            awaited=tuple(_awaited(question, person, task) for task in tasks.get(row.instance, ())),
            clock=_clock(question, waiting.get(row.instance)) if row.instance not in tasks else None,
            stopped=row.instance in waiting and waiting[row.instance].status == STOPPED,
        )
        for row in rows
    )


def _population(row: Any, sizes: Mapping[str, int]) -> int | None:
    """Return the cases of the frame: those of the certificate once drawn, because lists are erased in time (R-05)."""
    drawn = seeing.drawn_in(row, "population")
    return drawn if drawn is not None or row.report is None else sum(sizes.values())


def _awaited(question: Question, person: str, task: Any) -> Awaited:
    names = tuple(seeing.name_of(question, one) for one in task_holders(question, task))
    allowed = rights.reason_against(question, person, "complete", task.title, task) is None
    overdue = task.due is not None and task.due < question.now
    return Awaited(task.title, names, task.due, overdue, task.id if allowed else None)


def _clock(question: Question, waiting: Any) -> tuple[str, datetime] | None:
    if waiting is None or waiting.timer_due is None or waiting.finished_at is not None:
        return None
    elements = question.deployment(waiting.deployment).definition(waiting.process).elements
    names = [elements[token].name for token in waiting.tokens if token in elements]
    return (names[0] if names else waiting.process), waiting.timer_due
