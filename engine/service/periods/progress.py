"""How the audits of a period come along, auditor by auditor and audit by audit (R-28, R-59, R-64)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.domain.calendar import local_day
from engine.errors import NotFound
from engine.service import rights
from engine.service.case_file import casework
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.service.periods.exports import Cell, Export, exported
from engine.service.periods.words import ALL, outcome_words
from engine.service.rights import About
from engine.store import periods

PAGE = 50
MOST = 100_000
NAMED = 30
SELECTION = "see selection"


@dataclass(frozen=True)
class ProgressPage:
    """Everybody who held audits of a period, with a number for each outcome; `totals` are those of the whole period.

    `without` are the names of members of the pool who were given none, at most NAMED of `without_total` (R-28).
    """

    row: Any
    words: Mapping[str, str]
    totals: Mapping[str, int]
    auditors: Sequence[Any]
    total: int
    without: Sequence[str]
    without_total: int


@dataclass(frozen=True)
class AuditLine:
    """One audit. `may_open` tells whether the reader may open it, `selected` whether it was drawn for quality
    assurance: None where that is hidden from this reader (I-08).
    """

    audit: Any
    may_open: bool
    selected: bool | None


@dataclass(frozen=True)
class AuditsPage:
    """A page of the audits of a period, narrowed to an auditor and an outcome ("" for any)."""

    row: Any
    words: Mapping[str, str]
    lines: Sequence[AuditLine]
    total: int
    auditor: str
    outcome: str


def by_auditor(engine: Engine, person: str, identifier: str, page: int = 1) -> ProgressPage:
    """Return how the auditors of a period come along. NotAllowed by rights.dmn, NotFound."""

    def work(question: Question) -> ProgressPage:
        row = seeing.opened(question, person, seeing.PROGRESS, identifier)
        connection = question.connection
        without = periods.without_audit(connection, identifier)
        return ProgressPage(
            row=row,
            words=outcome_words(question),
            totals=_totals(question, identifier),
            auditors=periods.by_auditor(connection, identifier, PAGE, (page - 1) * PAGE),
            total=periods.count_auditors(connection, identifier),
            without=[seeing.name_of(question, one) for one in without[:NAMED]],
            without_total=len(without),
        )

    return engine.ask(work)


def audits(
    engine: Engine, person: str, identifier: str, auditor: str = "", outcome: str = "", page: int = 1
) -> AuditsPage:
    """Return a page of the audits of a period. NotAllowed by rights.dmn, NotFound for a period or an outcome."""

    def work(question: Question) -> AuditsPage:
        row = seeing.opened(question, person, seeing.PROGRESS, identifier)
        if outcome not in ("", *ALL):
            raise NotFound(what=f"outcome {outcome} of an audit")
        connection = question.connection
        rows = periods.audits(connection, identifier, auditor, outcome, PAGE, (page - 1) * PAGE)
        return AuditsPage(
            row=row,
            words=outcome_words(question),
            lines=_lines(question, person, rows),
            total=periods.count_audits(connection, identifier, auditor, outcome),
            auditor=auditor,
            outcome=outcome,
        )

    return engine.ask(work)


def export(engine: Engine, person: str, identifier: str, form: str) -> Export:
    """Return the audits of a period as rows: case, auditor, outcome, when assigned, due and authorised, deferments.

    What is hidden stays hidden: the selection is no part of it (I-08). Refused like `by_auditor`.
    """

    def work(command: Command) -> Export:
        row = seeing.opened(command, person, seeing.PROGRESS, identifier)
        words = outcome_words(command)
        found = periods.audits(command.connection, identifier, "", "", MOST, 0)
        return exported(command, row, "audits", form, [_exported(command, words, one) for one in found])

    return engine.run(person, work)


def _exported(question: Question, words: Mapping[str, str], audit: Any) -> tuple[Cell, ...]:
    moments = (audit.assigned_at, audit.due, audit.authorised_at)
    days = tuple(None if at is None else local_day(at).isoformat() for at in moments)
    return audit.case_ref, seeing.name_of(question, audit.auditor), words[audit.outcome], *days, audit.deferments


def _totals(question: Question, identifier: str) -> Mapping[str, int]:
    connection = question.connection
    found = periods.outcomes(connection, [identifier]).get(identifier, {})
    further = {
        periods.DEFERRED: periods.deferments(connection, identifier),
        periods.DISPENSED: periods.dispensations(connection, identifier),
    }
    return {name: {**found, **further}.get(name, 0) for name in ALL}


def _lines(question: Question, person: str, rows: Sequence[Any]) -> Sequence[AuditLine]:
    own = periods.held_by(question.connection, person, [one.id for one in rows])
    shown = {mine: _sees_selection(question, person, rows, own, mine=mine) for mine in (True, False)}
    everything = rights.reason_against(question, person, casework.SEEING, "", About()) is None
    return [
        AuditLine(
            audit=one,
            may_open=everything or _may_open(question, person, one.case_ref),
            selected=bool(one.selected) if shown[one.id in own] else None,
        )
        for one in rows
    ]


def _sees_selection(question: Question, person: str, rows: Sequence[Any], own: frozenset[str], *, mine: bool) -> bool:
    """Tell whether the reader sees the selection of those audits that are (or are not) their own.

    The table is asked about one of them: for the others it says the same.
    """
    one = next((row for row in rows if (row.id in own) is mine), None)
    if one is None:
        return False
    about = About(case_ref=one.case_ref, audit=one.id, instance=one.instance)
    return rights.reason_against(question, person, SELECTION, "", about) is None


def _may_open(question: Question, person: str, case: str) -> bool:
    row = question.case(case)
    return row is not None and casework.may_see(question, person, row)
