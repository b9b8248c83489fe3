"""Remedial actions by nature and state, and how many an audit leads to (manual section 10; R-32; requirements 1.9)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from engine.domain.calendar import local_day
from engine.domain.estimates import estimate_mean
from engine.service.cases.closure import unsettled
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
    "by_nature",
    "nature",
    "nature.category",
    "nature.actions",
    "nature.unsettled",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the actions opened this month, each counted once by state, and the mean number for each case."""
    opened = scope.ours(reporting.actions_opened(scope.question.connection, scope.since, scope.until))
    rows = [_row(scope, action) for action in opened]
    yield count("opened", rows)
    for state in dict.fromkeys(sorted(action.state for action in opened)):
        yield count("state", [row for row in rows if row["state"] == state], len(rows), state)
    left = {action.id for action in unsettled(scope.question, "action", opened)}
    yield count("unsettled", _only(rows, opened, left), len(rows))
    yield from _per_audit(scope)
    decided = scope.ours(reporting.decisions_between(scope.question.connection, scope.since, scope.until))
    for state in dict.fromkeys(sorted(one.state for one in decided)):
        own: list[Row] = [
            {"case": one.case_ref, "reference": one.reference, "state": one.state}
            for one in decided
            if one.state == state
        ]
        yield count("decisions", own, len(decided), state)
    for category, those in _by_category(rows):
        yield count("by_nature", those, len(rows), category)
    yield _nature(rows, _only(rows, opened, left))


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
    if scope.cycle is None or scope.team is not None:
        return
    cycle, audits = scope.cycle, scope.done(scope.cycle)
    counted = reporting.actions_counted(scope.question.connection, [audit.id for audit in audits])
    strata = scope.strata(cycle, lambda audit: float(counted.get(audit.id, 0)))
    rows: list[Row] = [{"case": audit.case_ref, "actions": counted.get(audit.id, 0)} for audit in audits]
    mean = estimate_mean("actions", strata, scope.rules)
    # No case needs fewer than no actions.
    possible = mean if mean.interval is None else replace(mean, interval=mean.interval.within(0, inf))
    yield estimated("per_audit", possible, rows, period=in_words(cycle.id))


def _by_category(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Return the actions of each nature, the most frequent first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["category"]), []).append(row)
    return sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))


def _nature(rows: Sequence[Row], unsettled_rows: Sequence[Row]) -> Table:
    left = Counter(str(row["category"]) for row in unsettled_rows)
    counted = tuple((category, len(those), left[category]) for category, those in _by_category(rows))
    return Table("nature", ("category", "actions", "unsettled"), counted)
