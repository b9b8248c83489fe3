"""Remedial actions by nature and state, and how many an audit leads to (manual section 10; R-32; requirements 1.9)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from engine.domain.calendar import local_day
from engine.domain.estimates import estimate_mean
from engine.service import figures
from engine.service.closure import unsettled
from engine.service.reports.categories import label_of
from engine.service.reports.found import Found, Row, Table, count, estimated
from engine.service.reports.scope import Scope, in_words
from engine.store import reporting

NAMES = (
    "opened",
    "state",
    "unsettled",
    "per_audit",
    "decisions",
    "nature",
    "nature.category",
    "nature.actions",
    "nature.unsettled",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the actions opened this month, each counted once by state, and the mean number for each case."""
    opened = reporting.actions_opened(scope.question.connection, scope.since, scope.until)
    rows = [_row(scope, action) for action in opened]
    yield count("opened", rows)
    for state in dict.fromkeys(sorted(action.state for action in opened)):
        yield count("state", [row for row in rows if row["state"] == state], len(rows), state)
    left = {action.id for action in unsettled(scope.question, "action", opened)}
    yield count("unsettled", _only(rows, opened, left), len(rows))
    yield from _per_audit(scope)
    decided = reporting.decisions_between(scope.question.connection, scope.since, scope.until)
    for state in dict.fromkeys(sorted(one.state for one in decided)):
        own: list[Row] = [
            {"case": one.case_ref, "reference": one.reference, "state": one.state}
            for one in decided
            if one.state == state
        ]
        yield count("decisions", own, len(decided), state)
    yield _nature(rows, opened, left)


def _row(scope: Scope, action: Any) -> Row:
    return {
        "case": action.case_ref,
        "action": action.number,
        "category": label_of(scope, str(action.details.get("category") or "other")),
        "team": action.team,
        "state": action.state,
        "opened_on": local_day(action.opened_at).isoformat(),
    }


def _only(rows: Sequence[Row], opened: Sequence[Any], chosen: set[int]) -> list[Row]:
    return [row for row, action in zip(rows, opened, strict=True) if action.id in chosen]


def _per_audit(scope: Scope) -> Iterator[Found]:
    if scope.cycle is None:
        return
    cycle, cut_off = scope.cycle, scope.cut_off(scope.cycle)
    audits = figures.done(scope.question, cycle, cut_off)
    counted = dict.fromkeys((audit.id for audit in audits), 0)
    for action in reporting.actions_of(scope.question.connection, list(counted)):
        counted[action.audit] += 1
    strata = figures.strata(scope.question, cycle, lambda audit: float(counted[audit.id]), cut_off)
    rows: list[Row] = [{"case": audit.case_ref, "actions": counted[audit.id]} for audit in audits]
    mean = estimate_mean("actions", strata, scope.rules)
    # No case needs fewer than no actions.
    possible = mean if mean.interval is None else replace(mean, interval=mean.interval.within(0, inf))
    yield estimated("per_audit", possible, rows, period=in_words(cycle.id))


def _nature(rows: Sequence[Row], opened: Sequence[Any], left: set[int]) -> Table:
    open_rows = _only(rows, opened, left)
    counted = [
        (
            str(category),
            sum(row["category"] == category for row in rows),
            sum(row["category"] == category for row in open_rows),
        )
        for category in dict.fromkeys(row["category"] for row in rows)
    ]
    ordered = sorted(counted, key=lambda row: (-row[1], row[0]))
    return Table("nature", ("category", "actions", "unsettled"), tuple(ordered))
