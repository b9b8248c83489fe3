"""What the reviews four months on found of remedial actions: number and nature (manual section 11; R-114 to R-124)."""

from collections.abc import Iterator, Sequence
from typing import Any

from engine.domain.calendar import local_day
from engine.domain.compliance import ReviewedAction, compliance_of
from engine.domain.estimates import simple_share
from engine.service.reports.categories import label_of
from engine.service.reports.found import Found, Row, Table, count, estimated
from engine.service.reports.scope import Scope, in_words, month_of
from engine.store import reporting

SUBJECT = "compliance"
FACTS = ("fulfilled", "completed", "authorised")
NAMES = (
    "reviews",
    "actions",
    "standing",
    "outstanding",
    "claimed",
    "cleared",
    "fulfilled",
    "trend",
    "nature",
    "nature.category",
    "nature.actions",
    "nature.fulfilled",
    "nature.outstanding",
    "nature.claimed",
    "fact",
    *(f"words.{fact}" for fact in FACTS),
)


def found(scope: Scope) -> Iterator[Found]:
    """Yield what the reviews of this month found, every action counted once, and the trend of the last months."""
    findings = scope.ours(reporting.findings_between(scope.question.connection, scope.since, scope.until))
    rows = [row_of(scope, finding) for finding in findings]
    summary = compliance_of(map(reviewed, findings))
    yield count("reviews", [{"case": case} for case in dict.fromkeys(one.case_ref for one in findings)])
    yield count("actions", rows)
    for standing in dict.fromkeys(sorted(one.standing for one in findings)):
        yield count("standing", [row for row in rows if row["standing"] == standing], len(rows), standing)
    yield count("outstanding", _only(rows, findings, was_outstanding), len(rows))
    yield count("claimed", _only(rows, findings, lambda one: reviewed(one).claimed), len(rows))
    yield count("cleared", _only(rows, findings, lambda one: one.cleared_on is not None), len(rows))
    for fact in FACTS:
        met = [row for row in rows if row[fact] == "yes"]
        share = simple_share(fact, len(met), len(rows), len(rows))
        yield estimated("fact", share, rows, scope.said(SUBJECT, fact))
    yield estimated("fulfilled", summary.fulfilled, _only(rows, findings, is_judged))
    yield from _trend(scope)
    yield _nature(scope, findings)


def reviewed(finding: Any) -> ReviewedAction:
    """Return a finding as the three facts that are kept apart (DEC-4)."""
    fulfilled = None if finding.fulfilled == "not_applicable" else finding.fulfilled == "yes"
    return ReviewedAction(_category(finding), fulfilled, finding.completed == "yes", finding.authorised == "yes")


def was_outstanding(finding: Any) -> bool:
    """Return whether something was left to do when the action was reviewed, by compliance_standing.dmn."""
    return bool(finding.outstanding) or finding.cleared_on is not None


def row_of(scope: Scope, finding: Any) -> Row:
    """Return a finding as a row: the case, the number of the action, its category and the facts."""
    return {
        "case": finding.case_ref,
        "action": finding.action_number,
        "category": label_of(scope, _category(finding)),
        **{fact: getattr(finding, fact) for fact in FACTS},
        "standing": finding.standing,
        "reviewed_on": local_day(finding.reviewed_at).isoformat(),
    }


def _category(finding: Any) -> str:
    return str((finding.proposed or {}).get("category") or "other")


def is_judged(finding: Any) -> bool:
    """Return whether the action still applies and is due, so that it can have been done or not."""
    return reviewed(finding).outcome not in ("not_applicable", "not_yet_due")


def _only(rows: Sequence[Row], findings: Sequence[Any], applies: Any) -> list[Row]:
    return [row for row, finding in zip(rows, findings, strict=True) if applies(finding)]


def _trend(scope: Scope) -> Iterator[Found]:
    since = scope.months_back(scope.months)
    findings = scope.ours(reporting.findings_between(scope.question.connection, since, scope.until))
    by_month: dict[str, list[Any]] = {}
    for finding in findings:
        by_month.setdefault(month_of(local_day(finding.reviewed_at)), []).append(finding)
    for month in sorted(by_month):
        judged = [finding for finding in by_month[month] if is_judged(finding)]
        share = compliance_of(map(reviewed, by_month[month])).fulfilled
        yield estimated("trend", share, [row_of(scope, finding) for finding in judged], in_words(month))


def _nature(scope: Scope, findings: Sequence[Any]) -> Table:
    by_category: dict[str, list[Any]] = {}
    for finding in findings:
        by_category.setdefault(label_of(scope, _category(finding)), []).append(finding)
    rows = [
        (
            category,
            len(those),
            sum(one.fulfilled == "yes" for one in those),
            sum(map(was_outstanding, those)),
            sum(reviewed(one).claimed for one in those),
        )
        for category, those in by_category.items()
    ]
    ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
    return Table("nature", ("category", "actions", "fulfilled", "outstanding", "claimed"), tuple(ordered))
