"""Reliability exercises: how officers who audited one case blind agree, item by item (R-72 to R-74; statistics 3.4)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.domain.agreement import ExerciseAgreement, agreement_over_exercises
from engine.domain.calendar import local_day
from engine.service.audits import reliability
from engine.service.reports.found import Figure, Found, Row, Table, agreed, count
from engine.service.reports.scope import Scope
from engine.store import exercises, reporting

SUBJECT, ALPHA = "exercises", "krippendorff_alpha"
POOLED = ("gwet_ac2", ALPHA)
NAMES = (
    "none_yet",
    "exercises",
    "items",
    "unanimous",
    "to_discuss",
    "copies_missing",
    "gwet_ac2",
    "krippendorff_alpha",
    "pooled",
    "spread",
    "spread.item",
    "spread.readings",
    "spread.lowest",
    "spread.highest",
    "spread.agreed",
    "words.dependable",
    "words.tentative",
    "words.to_discuss",
    *(f"words.{name}" for name in POOLED),
    "words.not_discussed",
    "words.all_alike",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the newest exercise that was revealed by the end of this month, and agreement over those before it."""
    rows = reporting.exercises_before(scope.question.connection, scope.until)
    if not rows:
        yield Figure("none_yet", "count", 0, 0)
        return
    recent = [row for row in rows if row.revealed_at >= scope.months_back(scope.months)]
    shown: list[Row] = [{"case": row.case_ref, "revealed_on": local_day(row.revealed_at).isoformat()} for row in recent]
    yield count("exercises", shown)
    newest = rows[0]
    result = reliability.compared(scope.question, newest.instance)
    items: list[Row] = [{"case": newest.case_ref, "item": one.item} for one in result.items]
    yield count("items", items)
    yield count("unanimous", _only(items, result, lambda one: one.unanimous), len(items))
    yield count("to_discuss", _only(items, result, lambda one: one.item in result.to_discuss), len(items))
    missing = [one for one in exercises.copies(scope.question.connection, newest.instance) if one.submitted_at is None]
    yield count("copies_missing", [{"case": newest.case_ref, "holder": scope.name(one.reviewer)} for one in missing])
    for coefficient in result.coefficients:
        is_alpha = coefficient.name == ALPHA
        yield agreed(coefficient.name, coefficient, scope.reliance(SUBJECT, coefficient.value) if is_alpha else None)
    yield from _pooled(scope, rows)
    yield _spread(scope, result, newest)


def _only(items: Sequence[Row], result: ExerciseAgreement, applies: Any) -> list[Row]:
    return [row for row, one in zip(items, result.items, strict=True) if applies(one)]


def _pooled(scope: Scope, rows: Sequence[Any]) -> Iterator[Found]:
    if len(rows) < 2:
        return
    answers = {f"{row.revealed_at:%Y-%m-%d} {row.instance}": _answers(scope, row) for row in rows}
    minimum, scale = int(scope.rule("exercises_minimum")), reliability.scale(scope.question)
    # The seed makes the same report give the same interval whenever it is made.
    pooled = agreement_over_exercises(answers, scale, minimum, seed=scope.period, level=scope.rule("confidence"))
    for coefficient in pooled.coefficients:
        figure = agreed("pooled", coefficient)
        remarks, name = (*figure.remarks, *pooled.remarks), scope.said(SUBJECT, coefficient.name)
        yield Figure("pooled", figure.kind, figure.value, figure.n, len(rows), None, figure.interval, remarks, name)


def _answers(scope: Scope, row: Any) -> dict[str, dict[str, Any]]:
    compared = reliability.compared(scope.question, row.instance)
    return {one.item: dict(one.answers) for one in compared.items}


def _spread(scope: Scope, result: ExerciseAgreement, newest: Any) -> Table:
    agreed_on = {str(one.get("item")): one.get("agreed_reading") for one in newest.agreed or []}
    rows = tuple(
        (
            int(one.item),
            _readings(scope, one.answers),
            _number(one.lowest),
            _number(one.highest),
            agreed_on.get(one.item) or scope.said(SUBJECT, "all_alike" if one.unanimous else "not_discussed"),
        )
        for one in result.items
    )
    return Table("spread", ("item", "readings", "lowest", "highest", "agreed"), rows)


def _readings(scope: Scope, answers: Mapping[str, Any]) -> str:
    return ", ".join(f"{scope.name(officer)} {'–' if grade is None else grade}" for officer, grade in answers.items())


def _number(grade: Any) -> int | None:
    return None if grade is None else int(grade)
