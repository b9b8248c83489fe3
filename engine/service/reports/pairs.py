"""Pairs of grades: what the auditor gave, and what quality assurance gave to the same record (R-31, R-75, I-13)."""

from dataclasses import dataclass
from typing import Any, Final

from engine.domain.calendar import local_day
from engine.service.reports.found import Row
from engine.service.reports.scope import Scope, after, month_of
from engine.store import audits, reporting

GRADE: Final = "overall_grade"
PAIRS: Final = "pairs"


@dataclass(frozen=True)
class Pair:
    """The auditor's first grade and the reviewer's for one audit, which was authorised in `month` ("2026-11")."""

    audit: str
    case: str
    auditor: str
    reviewer: str
    first: str
    second: str
    month: str

    def row(self, scope: Scope) -> Row:
        """Return the pair as a row behind a figure; without the names of those who judged."""
        return {"case": self.case, "auditor_grade": scope.label(self.first), "reviewer_grade": scope.label(self.second)}


def pairs_of(scope: Scope, *, cycle: str | None = None, months: int = 1, auditor: str | None = None) -> list[Pair]:
    """Return the pairs of audits authorised in the `months` that end with this one, or of one audit period.

    Only audits drawn for quality assurance count: reviews that somebody asked for are left out (R-110).
    """
    first = month_of(after(scope.first, 1 - months))
    found = [one for one in _of_all_months(scope) if auditor in (None, one.auditor)]
    if cycle is None:
        return [one for one in found if one.month >= first]
    of_cycle = {row.id for row in audits.of_cycle(scope.question.connection, cycle)}
    return [one for one in found if one.audit in of_cycle]


def _of_all_months(scope: Scope) -> list[Pair]:
    if PAIRS not in scope.kept:
        connection = scope.question.connection
        rows = scope.ours(reporting.reviews_between(connection, scope.months_back(scope.months), scope.until))
        grades = _grades(scope, [row.audit_instance for row in rows] + [row.instance for row in rows])
        both = [row for row in rows if row.audit_instance in grades and row.instance in grades]
        scope.kept[PAIRS] = [_pair(row, grades) for row in both]
    return list(scope.kept[PAIRS])


def ranks(scope: Scope, pairs: list[Pair]) -> list[tuple[int, int]]:
    """Return the pairs as ranks of grades.dmn, auditor first."""
    return [(int(scope.grade(pair.first)["rank"]), int(scope.grade(pair.second)["rank"])) for pair in pairs]


def _grades(scope: Scope, instances: list[str]) -> dict[str, str]:
    """Return the first overall grade that was given in each instance: later changes do not count (I-13)."""
    found: dict[str, str] = {}
    for row in reporting.answers_of(scope.question.connection, instances):
        if isinstance(row.answers.get(GRADE), str):
            found.setdefault(row.instance, row.answers[GRADE])
    return found


def _pair(row: Any, grades: dict[str, str]) -> Pair:
    first, second = grades[row.audit_instance], grades[row.instance]
    month = month_of(local_day(row.authorised_at))
    return Pair(row.audit, row.case_ref, row.auditor, row.reviewer, first, second, month)
