"""Which records are due for review: how long each kind is kept stands in retention.dmn, when its work ended in the
records (manual, before section 1: Retention and Destruction of Records Procedure; R-05).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.domain.calendar import end_of_day, local_day, months_later
from engine.service.command import Question
from engine.store import ended, retention

RETENTION = "retention"
AUDIT, CONCERN, EXERCISE, REPORT = "audit", "safeguarding concern", "reliability exercise", "report"
PARTS_OF_AUDIT = (AUDIT, "remedial action", "management decision")
POPULATION, LETTER, SENT, HELD = "population list", "letter", "record sent", "legal hold"
CASE_HISTORY = "case history"
OF_NO_PROCESS = (LETTER, SENT, CASE_HISTORY)


@dataclass(frozen=True)
class Record:
    """A record as retention.dmn calls its kind, by its id, with the day on which its work ended."""

    kind: str
    id: str
    case: str | None
    ended_on: date


@dataclass(frozen=True)
class Due:
    """A record whose review day has come, with its class."""

    record: Record
    retention_class: str
    review_on: date


@dataclass(frozen=True)
class Period:
    """What retention.dmn says of a kind of record: its class, and how many calendar months it is kept."""

    retention_class: str
    months: int


class Periods:
    """What retention.dmn says, asked once for each kind of record."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._known: dict[str, Period] = {}

    def of(self, kind: str) -> Period:
        """Return how long a kind of record is kept. None is without a class: the last row catches all the rest."""
        if kind not in self._known:
            row = self._question.decide(RETENTION, record=kind)
            self._known[kind] = Period(str(row["retention_class"]), int(row["length"]))
        return self._known[kind]

    def review_day(self, record: Record) -> date:
        """Return the day on which a record is looked at. An audit waits for the part of it that is kept longest."""
        kinds = PARTS_OF_AUDIT if record.kind == AUDIT else (record.kind,)
        return months_later(record.ended_on, max(self.of(kind).months for kind in kinds))


def due(question: Question) -> list[Due]:
    """Return every record whose review day has come and that nobody has decided to keep, by class and kind.

    A record that was held for a legal reason comes again, in the class of the row "legal hold", when that hold's own
    period is over. One that waits in an open review is left out.
    """
    periods = Periods(question)
    decided = retention.last_decisions(question.connection)
    waiting = retention.awaiting_decision(question.connection)
    found = []
    for record in _ended(question, periods):
        if (record.kind, record.id) not in waiting:
            one = _due(question, periods, record, decided.get((record.kind, record.id)))
            found.extend([one] if one is not None else [])
    return sorted(found, key=lambda one: (one.retention_class, one.record.kind, one.record.ended_on, one.record.id))


def _due(question: Question, periods: Periods, record: Record, decision: Any) -> Due | None:
    day, kind = periods.review_day(record), record.kind
    if decision is not None:
        if decision.decision == retention.DELETE:
            return None
        if decision.decision == retention.HOLD:
            kind = HELD
            day = months_later(local_day(decision.decided_at), periods.of(HELD).months)
        elif decision.keep_until is not None:
            day = max(day, decision.keep_until)
    return Due(record, periods.of(kind).retention_class, day) if day <= question.today else None


def _ended(question: Question, periods: Periods) -> Iterator[Record]:
    yield from _audits(question)
    kinds = {
        CONCERN: ended.concerns,
        EXERCISE: ended.exercises,
        REPORT: ended.reports,
        LETTER: ended.letters,
        SENT: ended.sent_records,
        CASE_HISTORY: ended.case_histories,
    }
    for kind, find in kinds.items():
        rows = find(question.connection, _latest_end(question, periods, kind))
        yield from (_record(kind, row) for row in rows)
    for process in ended.processes_of_their_own(question.connection):
        rows = ended.others(question.connection, process, _latest_end(question, periods, process))
        yield from (_record(process, row) for row in rows)


def _audits(question: Question) -> Iterator[Record]:
    """Yield the audits that are over, and the population lists of the periods whose audits all are."""
    cycles = {row.id: row.ended for row in ended.cycles(question.connection)}
    last_of_cycle = dict(cycles)
    for row in ended.audits(question.connection, question.now):
        moments = [row.assigned_at, row.authorised_at, row.ended, cycles.get(row.cycle)]
        over = row.open == 0 and (row.cycle is None or cycles.get(row.cycle) is not None)
        last = max(moment for moment in moments if moment is not None)
        if over:
            yield Record(AUDIT, row.id, row.case_ref, local_day(last))
        if row.cycle in last_of_cycle:
            known = last_of_cycle[row.cycle]
            last_of_cycle[row.cycle] = max(known, last) if over and known is not None else None
    for cycle, last in last_of_cycle.items():
        if last is not None:
            yield Record(POPULATION, cycle, None, local_day(last))


def _record(kind: str, row: Any) -> Record:
    return Record(kind, str(row.id), row.case_ref, local_day(row.ended))


def _latest_end(question: Question, periods: Periods, kind: str) -> datetime:
    """Return the moment before which a record of this kind must have ended to be due."""
    return end_of_day(months_later(question.today, -periods.of(kind).months))
