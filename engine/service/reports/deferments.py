"""Deferments and dispensations that auditors asked for, and what was decided (manual section 8; R-63 to R-66)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from engine.domain.calendar import local_day
from engine.service.reports.found import Found, Row, count
from engine.service.reports.scope import Scope
from engine.store import reporting

PROCESS: Final = "deferment"
SUBJECT: Final = "deferments"
WORDED: Final = ("deferment_grant", "deferment_refuse", "dispensation_grant", "dispensation_refuse")
NAMES = ("asked", "decided", "undecided", *(f"words.{one}" for one in WORDED))


class _Decision(NamedTuple):
    """What was decided, in words, and the day on which a deferred audit starts."""

    words: str
    start: str | None


def found(scope: Scope) -> Iterator[Found]:
    """Yield the requests of this month, each counted once by what was decided."""
    instances = scope.ours(reporting.instances_begun(scope.question.connection, PROCESS, scope.since, scope.until))
    decided = _decisions(scope, [one.id for one in instances])
    rows: list[Row] = [
        {
            "case": one.case_ref,
            "asked_on": local_day(one.started_at).isoformat(),
            "decided": decided[one.id].words if one.id in decided else None,
            "starts_on": decided[one.id].start if one.id in decided else None,
        }
        for one in instances
    ]
    yield count("asked", rows)
    for decision in sorted({one.words for one in decided.values()}):
        yield count("decided", [row for row in rows if row["decided"] == decision], len(rows), decision)
    yield count("undecided", [row for row in rows if row["decided"] is None], len(rows))


def _decisions(scope: Scope, instances: list[str]) -> dict[str, _Decision]:
    """Return what was decided about each request, in the words of the policy, such as "Deferment granted"."""
    found: dict[str, _Decision] = {}
    for row in reporting.answers_of(scope.question.connection, instances):
        kind, outcome = row.answers.get("request_kind"), row.answers.get("deferment_outcome")
        if kind is not None and outcome is not None:
            words = scope.said(SUBJECT, f"{kind}_{outcome}")
            found[row.instance] = _Decision(words, row.answers.get("new_start"))
    return found
