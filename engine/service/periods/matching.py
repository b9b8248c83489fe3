"""Who was given which case, and who was kept from it and why (DEC-12, R-30, R-44), without the hidden ranks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.service.periods.exports import Cell, Export, exported
from engine.store import periods

PAGE = 50
MOST = 100_000
NAMED = 4


@dataclass(frozen=True)
class Barred:
    """Why auditors were kept from a case: the reason of conflicts.dmn, how many, and the names of the first few."""

    reason: str
    number: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """A drawn case, its service area and the auditor proposed or given, with everybody who was kept from it.

    `barred` is None where it was not recorded.
    """

    case: str
    stratum: str
    auditor: str
    source: str
    barred: tuple[Barred, ...] | None


@dataclass(frozen=True)
class Unmatched:
    """A drawn case that no auditor could be given: how many were kept from it by which reason, and how many allowed
    ones had all that they can do.
    """

    case: str
    barred: Mapping[str, int]
    full: int


@dataclass(frozen=True)
class MatchingPage:
    """A page of the pairs of a period by case, `total` in all, and the cases for which nobody was found."""

    row: Any
    pairs: Sequence[Pair]
    unmatched: Sequence[Unmatched]
    total: int


def of_period(engine: Engine, person: str, identifier: str, page: int = 1) -> MatchingPage:
    """Return who was given which case. NotAllowed by rights.dmn, NotFound."""

    def work(question: Question) -> MatchingPage:
        row = seeing.opened(question, person, seeing.ASSIGNMENTS, identifier)
        found = periods.pairs(question.connection, identifier, PAGE, (page - 1) * PAGE)
        unmatched = (row.capacity or {}).get("unmatched", ())
        return MatchingPage(
            row=row,
            pairs=[_pair(question, one) for one in found],
            unmatched=[Unmatched(one["case"], one["barred"], one["full"]) for one in unmatched],
            total=periods.count_pairs(question.connection, identifier),
        )

    return engine.ask(work)


def export(engine: Engine, person: str, identifier: str, form: str) -> Export:
    """Return the pairs as rows: case, service area, auditor, pool or officer, and who was kept from it and why.

    Refused like `of_period`; recorded.
    """

    def work(command: Command) -> Export:
        row = seeing.opened(command, person, seeing.ASSIGNMENTS, identifier)
        found = periods.pairs(command.connection, identifier, MOST, 0)
        return exported(command, row, seeing.ASSIGNMENTS, form, [_exported(command, one) for one in found])

    return engine.run(person, work)


def _pair(question: Question, row: Any) -> Pair:
    name = seeing.name_of(question, row.auditor)
    if row.barred is None:
        return Pair(row.case_ref, row.stratum or "", name, row.source, None)
    barred = [
        Barred(reason, len(those), tuple(sorted(seeing.name_of(question, one) for one in those)[:NAMED]))
        for reason, those in sorted(row.barred.items())
    ]
    return Pair(row.case_ref, row.stratum or "", name, row.source, tuple(barred))


def _exported(question: Question, row: Any) -> tuple[Cell, ...]:
    told = [
        f"{reason}: {', '.join(sorted(seeing.name_of(question, one) for one in those))}"
        for reason, those in sorted((row.barred or {}).items())
    ]
    return row.case_ref, row.stratum, seeing.name_of(question, row.auditor), row.source, "; ".join(told)
