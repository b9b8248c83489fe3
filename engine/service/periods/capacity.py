"""Who can audit in a period: pool and officers, who is away, and how large the sample becomes (R-43 to R-45)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.domain.calendar import local_day, parse_moment
from engine.service.audits import assignments, conflicts
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.service.tasks import facts
from engine.store import periods

MOST_NAMED = 200


@dataclass(frozen=True)
class Auditor:
    """Somebody who may audit, with what bears on it: the share (0 to 1) of the working days that they are away, and
    how many audits of earlier periods they still hold, how many of these deferred. `released` tells that they were
    released from an audit of this period.
    """

    name: str
    source: str
    away: float
    open_audits: int
    deferred: int
    released: bool


@dataclass(frozen=True)
class CapacityPage:
    """The capacity of a period. `confirmed` is what was confirmed (None before): pool, each_officer, officers.

    `noted` are members of the pool of whom something is to be known; `pool` counts all. `first_day` and `last_day`
    bound the days for which absences are looked at. `population` and `sample` count cases, None before they exist.
    """

    row: Any
    pool: int
    noted: Sequence[Auditor]
    unnamed: int
    officers: Sequence[Auditor]
    officer_maximum: int
    first_day: date
    last_day: date
    confirmed: Mapping[str, Any] | None
    population: int | None
    sample: int | None


def of_period(engine: Engine, person: str, identifier: str) -> CapacityPage:
    """Return the capacity of a period. NotAllowed by rights.dmn, NotFound."""

    def work(question: Question) -> CapacityPage:
        row = seeing.opened(question, person, seeing.CAPACITY, identifier)
        first = question.today if row.released_at is None else local_day(row.released_at)
        last = _last_day(question, first)
        pool = _auditors(question, identifier, assignments.pool_of(question), conflicts.POOL, first, last)
        noted = [one for one in pool if one.away or one.open_audits or one.released]
        officers = assignments.officers_of(question)
        sizes = periods.frame_sizes(question.connection, [identifier]).get(identifier, {})
        return CapacityPage(
            row=row,
            pool=len(pool),
            noted=noted[:MOST_NAMED],
            unnamed=len(noted[MOST_NAMED:]),
            officers=_auditors(question, identifier, officers, conflicts.OFFICER, first, last),
            officer_maximum=int(facts.capacity(question)["officer_maximum"]),
            first_day=first,
            last_day=last,
            confirmed=row.capacity,
            population=sum(sizes.values()) or None,
            sample=seeing.drawn_in(row, "sample"),
        )

    return engine.ask(work)


def _last_day(question: Question, first: date) -> date:
    """Return the day on which an audit given on `first` is due, by the policy in force."""
    deadline = question.functions(question.policy)["deadline"]
    return local_day(parse_moment(str(deadline("audit", first.isoformat()))))


def _auditors(
    question: Question, identifier: str, usernames: Sequence[str], source: str, first: date, last: date
) -> list[Auditor]:
    directory = question.directory
    away = {one.person for one in directory.absences if one.first_day <= last and one.last_day > first}
    held = {row.auditor: row for row in periods.left_over(question.connection, identifier)}
    released = periods.released(question.connection, identifier)
    return [
        Auditor(
            name=seeing.name_of(question, one),
            source=source,
            away=directory.absent_share(one, first, last) if one in away else 0.0,
            open_audits=held[one].number if one in held else 0,
            deferred=held[one].deferred if one in held else 0,
            released=one in released,
        )
        for one in sorted(usernames, key=lambda name: seeing.name_of(question, name))
    ]
