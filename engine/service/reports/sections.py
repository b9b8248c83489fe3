"""Grades by section of the audit form and team: where records are weakest (R-06, R-10; product feature 14)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.domain.intervals import wilson
from engine.domain.suppression import TOTAL, Cell, with_totals, withheld
from engine.service.reports.answers import GRADE, NOT_APPLICABLE, first_answers, graded_sections
from engine.service.reports.found import Found, Grid, Piece, Row
from engine.service.reports.scope import Scope

SUBJECT: Final = "sections"
REMARKS, ALL = "remarks", "all_together"
NAMES: Final = ("by_team", "words.no_team")
Place = tuple[str, str]
Graded = list[tuple[Any, str]]


def found(scope: Scope) -> Iterator[Found]:
    """Yield the share of audits graded good or better in each section, for each team that holds the cases now."""
    audits = [one for row in scope.cycles[: scope.months] for one in scope.ours(scope.audits(row))]
    yield _grid(scope, _graded(scope, [one for one in audits if _by_the_end(scope, one)]))


def _by_the_end(scope: Scope, audit: Any) -> bool:
    return audit.authorised_at is not None and audit.authorised_at < scope.until


def _graded(scope: Scope, audits: Sequence[Any]) -> dict[Place, Graded]:
    """Return the audits whose sections were graded, by section and team, each with the grade."""
    questions = {f"{section}{GRADE}": title for section, title in graded_sections(scope).items()}
    answers = first_answers(scope, [one.instance for one in audits])
    nobody = scope.said(SUBJECT, "no_team")
    found: dict[Place, Graded] = {}
    for audit in audits:
        given, team = answers[audit.instance], audit.team or nobody
        for question, title in questions.items():
            grade = given.get(question)
            if isinstance(grade, str) and grade != NOT_APPLICABLE:
                found.setdefault((title, team), []).append((audit, grade))
    return found


def _grid(scope: Scope, graded: Mapping[Place, Graded]) -> Grid:
    minimum, level = int(scope.rule("suppress_below")), scope.rule("confidence")
    sizes: dict[Cell, int] = {cell: len(those) for cell, those in graded.items()}
    hidden, every = withheld(sizes, minimum), with_totals(sizes)
    good = with_totals({cell: _good(scope, those) for cell, those in graded.items()})
    rows = [title for title in graded_sections(scope).values() if (title, TOTAL) in every]
    teams = sorted({team for _, team in graded})
    columns: list[str | None] = [*teams, TOTAL] if len(teams) != 1 else [*teams]

    def piece(row: str | None, column: str | None) -> Piece | None:
        cell = (row, column)
        if cell in hidden:
            return None
        # The grades of one audit say much the same: over all sections there are fewer opinions than grades.
        interval = wilson(good[cell], every[cell], level) if row is not TOTAL else None
        return Piece(_key(cell), good[cell], every[cell], interval)

    everywhere = scope.said(REMARKS, ALL)
    return Grid(
        "by_team",
        (*rows, everywhere),
        tuple(column or everywhere for column in columns),
        tuple(tuple(piece(row, column) for column in columns) for row in (*rows, TOTAL)),
        minimum,
        {_key(cell): _rows(scope, those) for cell, those in graded.items() if cell not in hidden},
    )


def _good(scope: Scope, graded: Graded) -> int:
    given = Counter(grade for _, grade in graded)
    return sum(number for grade, number in given.items() if scope.grade(grade).get("good_or_better") is True)


def _rows(scope: Scope, graded: Graded) -> list[Row]:
    labels = {grade: scope.label(grade) for grade in {grade for _, grade in graded}}
    return [{"case": audit.case_ref, "team": audit.team, "grade": labels[grade]} for audit, grade in graded]


def _key(cell: Cell) -> str:
    return " – ".join(str(part or "") for part in cell)
