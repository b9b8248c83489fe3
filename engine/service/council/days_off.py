"""The council's calendar by year: bank holidays, closure days and meetings; and adding closure days, seen before done.

What adding them would move is found by doing it in a transaction that is then undone, so that it says what happens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.domain.calendar import bank_holidays, bank_holidays_known_until, months_later, parse_day
from engine.service.command import Command, Question
from engine.service.council import keeping
from engine.service.engine import Engine
from engine.service.people import directory
from engine.service.people.directory import Move
from engine.store import people, report_editions, submissions

BANK_HOLIDAY, CLOSED, MEETING = "Bank holiday", "Closed", "Meeting"
WARNING_MONTHS: Final = 12
# What the forms of the processes that prepare for a meeting call its day.
MEETINGS: Final = ("meeting_on", "meeting_date")


@dataclass(frozen=True)
class Day:
    """A day of the calendar: what kind of day it is and what it is called."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class Year:
    """The days of a year that are not ordinary, in order; `holidays_end` is the last day of known bank holidays when
    it is less than twelve months away, None otherwise.
    """

    year: int
    days: tuple[Day, ...]
    holidays_end: date | None
    may_change: bool


def year(engine: Engine, reader: str, wanted: int | None = None) -> Year:
    """Return a year of the calendar, this year for None. NotAllowed; Invalid outside the years that are known."""

    def work(question: Question) -> Year:
        keeping.require(question, reader, keeping.LOOK)
        number = wanted or question.today.year
        end = bank_holidays_known_until()
        days = [Day(day, BANK_HOLIDAY, name) for day, name in bank_holidays(number)]
        days += [Day(row.day, CLOSED, row.reason) for row in people.closure_days(question.connection, number)]
        days += [Day(day, MEETING, name) for day, name in _meetings(question, number)]
        is_near = end <= months_later(question.today, WARNING_MONTHS)
        may_change = keeping.may(question, reader, keeping.CHANGE, keeping.DAYS_OFF)
        ordered = tuple(sorted(days, key=lambda one: (one.day, one.kind)))
        return Year(number, ordered, end if is_near else None, may_change)

    return engine.ask(work)


def _meetings(question: Question, number: int) -> Iterator[tuple[date, str]]:
    """Yield the days of meetings with what is reported there: those that were set, and those that were reported to."""
    drawn = {day: _title(question, name) for day, name in report_editions.meetings(question.connection, number)}
    yield from drawn.items()
    for row in submissions.of_unfinished_without_case(question.connection):
        for day in (parse_day(str(row.answers[name])) for name in MEETINGS if row.answers.get(name)):
            if day.year == number and day not in drawn:
                definition = question.policy.processes.get(row.process)
                yield day, definition.name if definition is not None else row.process


def _title(question: Question, name: str) -> str:
    report = question.policy.reports.get(name)
    return report.title if report is not None else name


class _Seen(Exception):  # noqa: N818 - it undoes what was looked at, and is no error
    def __init__(self, moves: list[Move]) -> None:
        self.moves = moves


def preview(engine: Engine, actor: str, first_day: date, last_day: date, reason: str) -> list[Move]:
    """Return the open due dates that would move if the council closed, and change nothing. NotAllowed, Invalid."""

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.DAYS_OFF)
        raise _Seen(directory.close(command, first_day, last_day, reason))

    try:
        engine.run(actor, work)
    except _Seen as seen:
        return seen.moves
    return []


def close(engine: Engine, actor: str, first_day: date, last_day: date, reason: str) -> list[Move]:
    """Record closure days and return the open due dates that moved, each logged (DEC-2). NotAllowed, Invalid."""

    def work(command: Command) -> list[Move]:
        keeping.require_change(command, keeping.DAYS_OFF)
        return directory.close(command, first_day, last_day, reason)

    return engine.run(actor, work)
