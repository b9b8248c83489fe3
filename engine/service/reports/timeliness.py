"""Whether audits are done in time: this period's, member by member, and the last months' rate (R-28, R-59, R-64)."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from engine.domain.estimates import simple_share
from engine.service.reports.found import Cell, Figure, Found, Row, Table, count, estimated
from engine.service.reports.scope import Scope, span
from engine.store import reporting

SUBJECT: Final = "timeliness"
OUTCOMES: Final = ("on_time", "late", "overdue", "under_way", "missed", "withdrawn")
RELEASED: Final = "released"
RUNNING: Final = ("under_way", "withdrawn")
JUDGED: Final = "judged"
TAKEN_AWAY: Final = {RELEASED: "dispensed", "withdrawn": "withdrawn"}
TO_BE_REASSIGNED: Final = "to be reassigned"
NAMES = (
    "assigned",
    *OUTCOMES,
    "deferred",
    "dispensed",
    "rate",
    "members",
    "members.auditor",
    "members.outcome",
    "members.deferred",
    "members.in_time",
    "members.of",
    *(f"words.{outcome}" for outcome in OUTCOMES),
    "words.deferred",
    "words.dispensed",
    "words.none_assigned",
    "words.yes",
    "words.no",
    "no_sample",
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield what became of the audits of the newest period, each counted once, and the rate of the last months."""
    if scope.cycle is None:
        yield Figure("no_sample", "count", 0, 0)
        return
    state = scope.cycle.state
    audits = scope.ours(scope.audits(scope.cycle))
    rows = [(outcome_of(audit, state), _row(scope, audit, state)) for audit in audits]
    yield count("assigned", [row for _, row in rows])
    for outcome in OUTCOMES:
        yield count(outcome, [row for code, row in rows if code == outcome], of=len(rows))
    yield count("deferred", [row for _, row in rows if row["deferments"]], of=len(rows))
    holdings = reporting.holdings(scope.question.connection, [audit.id for audit in audits])
    case_of = {audit.id: audit.case_ref for audit in audits}
    yield count("dispensed", [{"case": case_of[one.audit]} for one in holdings if one.outcome == RELEASED])
    judged = judged_of(scope)
    yield rate("rate", scope, judged)
    yield _members(scope, audits, holdings, judged)


def outcome_of(audit: Any, state: str) -> str:
    """Return what became of an audit: done in time or late, still running or overdue, missed when its period is final
    (M2), or withdrawn.
    """
    if audit.authorised_at is not None:
        return "late" if audit.late else "on_time"
    if audit.state == "withdrawn":
        return "withdrawn"
    if state == "final":
        return "missed"
    return "overdue" if audit.late else "under_way"


def _row(scope: Scope, audit: Any, state: str) -> Row:
    return {
        "case": audit.case_ref,
        "team": audit.team,
        "outcome": scope.said(SUBJECT, outcome_of(audit, state)),
        "deferments": audit.deferments,
    }


def judged_of(scope: Scope, auditor: str | None = None) -> list[tuple[Any, str]]:
    """Return the audits of the months looked back on whose time is over, with their outcomes.

    Of one `auditor` those that were taken away are left out: they are never counted as missed (R-64, I-16).
    """
    if JUDGED not in scope.kept:
        rows = [
            (audit, outcome_of(audit, row.state))
            for row in reversed(scope.cycles[: scope.months])
            for audit in scope.ours(scope.audits(row))
        ]
        scope.kept[JUDGED] = [(audit, outcome) for audit, outcome in rows if outcome not in RUNNING]
    return [one for one in scope.kept[JUDGED] if auditor is None or _has(one[0], auditor)]


def _has(audit: Any, auditor: str) -> bool:
    return bool(audit.auditor == auditor and audit.state != TO_BE_REASSIGNED)


def rate(name: str, scope: Scope, judged: Sequence[tuple[Any, str]]) -> Figure:
    """Return the share of the audits whose time is over that were done in time; all are counted, none sampled."""
    in_time, of = _in_time(judged)
    rows: list[Row] = [
        {"case": audit.case_ref, "period": audit.cycle, "outcome": scope.said(SUBJECT, outcome)}
        for audit, outcome in judged
    ]
    looked_at = [row.id for row in scope.cycles[: scope.months]]
    return estimated(
        name,
        simple_share("on time", in_time, of, of),
        rows,
        period=span(looked_at[-1], looked_at[0]) if looked_at else None,
    )


def _in_time(judged: Sequence[tuple[Any, str]]) -> tuple[int, int]:
    return sum(outcome == "on_time" for _, outcome in judged), len(judged)


def _members(scope: Scope, audits: Sequence[Any], holdings: Sequence[Any], judged: Sequence[tuple[Any, str]]) -> Table:
    people = scope.question.directory.people
    held = {one.auditor for one in holdings}
    members = {name for name, person in people.items() if person.active and person.in_audit_pool} | held
    names = sorted(members, key=scope.name)
    own: dict[str, list[tuple[Any, str]]] = {}
    for one in judged:
        if _has(one[0], one[0].auditor):
            own.setdefault(one[0].auditor, []).append(one)
    return Table(
        "members",
        ("auditor", "outcome", "deferred", "in_time", "of"),
        tuple(_member(scope, name, audits, holdings, own.get(name, ())) for name in names),
    )


def _member(
    scope: Scope, name: str, audits: Sequence[Any], holdings: Sequence[Any], judged: Sequence[tuple[Any, str]]
) -> tuple[Cell, ...]:
    state = scope.cycle.state if scope.cycle is not None else ""
    lost = {one.audit: TAKEN_AWAY[one.outcome] for one in holdings if one.auditor == name and one.outcome in TAKEN_AWAY}
    own = [audit for audit in audits if _has(audit, name) and audit.id not in lost]
    outcomes = [*(outcome_of(audit, state) for audit in own), *lost.values()]
    told = ", ".join(
        scope.said(SUBJECT, one) + (f" ({outcomes.count(one)})" if outcomes.count(one) > 1 else "")
        for one in dict.fromkeys(sorted(outcomes))
    )
    deferred = scope.said(SUBJECT, "yes" if any(audit.deferments for audit in own) else "no")
    in_time, of = _in_time(judged)
    return scope.name(name), told or scope.said(SUBJECT, "none_assigned"), deferred, in_time, of
