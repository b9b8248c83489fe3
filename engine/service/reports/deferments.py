"""Deferments and dispensations that auditors asked for, and what was decided (manual section 8; R-63 to R-66)."""

from collections.abc import Iterator
from typing import Any

from engine.domain.calendar import local_day
from engine.service.reports.found import Found, Row, count
from engine.service.reports.scope import Scope
from engine.store import reporting

PROCESS = "deferment"
NAMES = ("asked", "decided", "undecided")


def found(scope: Scope) -> Iterator[Found]:
    """Yield the requests of this month, each counted once by what was decided."""
    instances = scope.ours(reporting.instances_begun(scope.question.connection, PROCESS, scope.since, scope.until))
    decided = _decisions(scope, [one.id for one in instances])
    rows: list[Row] = [
        {
            "case": one.case_ref,
            "asked_on": local_day(one.started_at).isoformat(),
            "decided": decided.get(one.id),
        }
        for one in instances
    ]
    yield count("asked", rows)
    for decision in dict.fromkeys(sorted(set(decided.values()))):
        yield count("decided", [row for row in rows if row["decided"] == decision], len(rows), decision)
    yield count("undecided", [row for row in rows if row["decided"] is None], len(rows))


def _decisions(scope: Scope, instances: list[str]) -> dict[str, str]:
    """Return what was decided about each request as its form words it, such as "Deferment: Grant"."""
    found: dict[str, str] = {}
    for row in reporting.answers_of(scope.question.connection, instances):
        kind, outcome = row.answers.get("request_kind"), row.answers.get("deferment_outcome")
        if kind is not None and outcome is not None:
            form = scope.question.policy.forms.get(row.form)
            found[row.instance] = f"{_label(form, 'request_kind', kind)}: {_label(form, 'deferment_outcome', outcome)}"
    return found


def _label(form: Any, question: str, value: str) -> str:
    asked = None if form is None else form.questions.get(question)
    options = () if asked is None else asked.options
    return next((option.label for option in options if option.value == value), str(value))
