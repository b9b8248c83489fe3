"""The teams' four-month lists: one row for each action, with its three facts kept apart (manual section 11; R-119 to
R-123).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.calendar import local_day
from engine.service.reports.compliance import row_of, was_outstanding
from engine.service.reports.found import Cell, Found, Table, count
from engine.service.reports.scope import Scope
from engine.store import actions, reporting

COLUMNS = (
    "case",
    "action",
    "category",
    "fulfilled",
    "completed",
    "completed_by",
    "completed_on",
    "authorised",
    "authorised_by",
    "authorised_on",
    "decision",
    "standing",
    "cleared_on",
    "note",
)
SUBJECT = "lists"
FACTS = ("yes", "no", "not_applicable")
NAMES = (
    "listed",
    "outstanding",
    "list",
    *(f"list.{column}" for column in COLUMNS),
    *(f"words.{fact}" for fact in FACTS),
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield the actions on the lists that were sent this month, and a table for each team."""
    findings = reporting.findings_sent_between(scope.question.connection, scope.since, scope.until)
    chosen = [one for one in findings if scope.team in (None, one.team)]
    rows = [row_of(scope, one) for one in chosen]
    yield count("listed", rows)
    left = [row for row, one in zip(rows, chosen, strict=True) if was_outstanding(one) and one.cleared_on is None]
    yield count("outstanding", left, len(rows))
    kept = {(row.audit, row.number): row for row in _actions(scope, chosen)}
    for team in dict.fromkeys(sorted(one.team or "" for one in chosen)):
        own = [one for one in chosen if (one.team or "") == team]
        yield Table("list", COLUMNS, tuple(_row(scope, one, kept) for one in own), team)


def _actions(scope: Scope, findings: list[Any]) -> list[Any]:
    return reporting.actions_of(scope.question.connection, sorted({one.audit for one in findings}))


def _row(scope: Scope, finding: Any, kept: Mapping[Any, Any]) -> tuple[Cell, ...]:
    action = kept.get((finding.audit, finding.action_number))
    shown = row_of(scope, finding)
    return (
        finding.case_ref,
        finding.action_number,
        shown["category"],
        scope.said(SUBJECT, finding.fulfilled),
        scope.said(SUBJECT, finding.completed),
        _name(scope, None if action is None else action.completed_by),
        _day(None if action is None else action.completed_at),
        scope.said(SUBJECT, finding.authorised),
        _name(scope, None if action is None else action.authorised_by),
        _day(None if action is None else action.authorised_at),
        _decision(scope, finding, action),
        finding.standing,
        None if finding.cleared_on is None else finding.cleared_on.isoformat(),
        finding.how_cleared or finding.details.get("correction"),
    )


def _decision(scope: Scope, finding: Any, action: Any) -> str | None:
    rows = actions.decisions_of_audit(scope.question.connection, finding.audit) if action is not None else []
    found = [one.reference for one in rows if one.action == action.id and one.state == "authorised"]
    return found[-1] if found else None


def _name(scope: Scope, username: str | None) -> str | None:
    return None if username is None else scope.name(username)


def _day(moment: Any) -> str | None:
    return None if moment is None else local_day(moment).isoformat()
