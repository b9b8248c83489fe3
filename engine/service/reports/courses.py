"""The course of the months on control charts: what moves by more than chance, and what does not (R-10, R-59, R-71)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.domain.calendar import local_day
from engine.domain.control_charts import Rules, p_chart, u_chart, xmr_chart
from engine.service.audits import figures
from engine.service.reports import compliance, timeliness
from engine.service.reports.estimates import of_month
from engine.service.reports.found import Course, Found, Row
from engine.service.reports.pairs import Pair, pairs_of
from engine.service.reports.scope import Scope, in_words, month_of
from engine.store import reporting

NAMES: Final = ("good", "good_of_team", "in_time", "actions", "agreed", "really_done")


def found(scope: Scope) -> Iterator[Found]:
    """Yield a chart for each rate, over the months looked back on, oldest month first."""
    yield _good_of_team(scope) if scope.team is not None else _good(scope)
    yield _in_time(scope)
    yield _actions(scope)
    yield _agreed(scope)
    yield _really_done(scope)


def rules(scope: Scope) -> Rules:
    """Return how charts are drawn, by report_rules.dmn."""
    return Rules(scope.rule("chart_limits"), int(scope.rule("chart_run")), int(scope.rule("chart_points")))


def _good(scope: Scope) -> Course:
    """Weighted estimates have no one size, so their limits come from how they move (an XmR chart)."""
    shares = {in_words(row.id): of_month(scope, row) for row in _periods(scope)}
    points = [(label, share.value) for label, share in shares.items() if share.value is not None]
    chart = xmr_chart(points, rules(scope), 0.0, 1.0)
    sizes = {label: share.n for label, share in shares.items()}
    behind = {in_words(row.id): _graded(scope, row) for row in _periods(scope)}
    return Course("good", "share", chart, behind, sizes)


def _good_of_team(scope: Scope) -> Course:
    good = figures.is_good(scope.question)
    audits = {in_words(row.id): scope.ours(scope.done(row)) for row in _periods(scope)}
    counted = [(label, round(sum(map(good, those))), len(those)) for label, those in audits.items()]
    behind = {in_words(row.id): _graded(scope, row) for row in _periods(scope)}
    return Course("good_of_team", "share", p_chart(counted, rules(scope)), behind)


def _graded(scope: Scope, row: Any) -> list[Row]:
    return [{"case": one.case_ref, "grade": scope.label(one.grade)} for one in scope.ours(scope.done(row))]


def _in_time(scope: Scope) -> Course:
    by_period: dict[str, list[tuple[Any, str]]] = {in_words(row.id): [] for row in _periods(scope)}
    for audit, outcome in timeliness.judged_of(scope):
        by_period.setdefault(in_words(audit.cycle), []).append((audit, outcome))
    counted = [
        (label, sum(outcome == "on_time" for _, outcome in those), len(those)) for label, those in by_period.items()
    ]
    behind: dict[str, list[Row]] = {
        label: [
            {"case": audit.case_ref, "outcome": scope.said(timeliness.SUBJECT, outcome)} for audit, outcome in those
        ]
        for label, those in by_period.items()
    }
    return Course("in_time", "share", p_chart(counted, rules(scope)), behind)


def _actions(scope: Scope) -> Course:
    """Actions opened for each audit authorised in a period: counts per unit (a u chart)."""
    behind: dict[str, list[Row]] = {}
    counted = []
    for row in _periods(scope):
        done = scope.ours(scope.done(row))
        actions = reporting.actions_counted(scope.question.connection, [one.id for one in done])
        behind[in_words(row.id)] = [{"case": one.case_ref, "actions": actions.get(one.id, 0)} for one in done]
        counted.append((in_words(row.id), sum(actions.get(one.id, 0) for one in done), float(len(done))))
    return Course("actions", "mean", u_chart(counted, rules(scope)), behind)


def _agreed(scope: Scope) -> Course:
    by_month: dict[str, list[Pair]] = {}
    for pair in sorted(pairs_of(scope, months=scope.months), key=lambda one: one.month):
        by_month.setdefault(in_words(pair.month), []).append(pair)
    counted = [(label, sum(one.first == one.second for one in those), len(those)) for label, those in by_month.items()]
    behind = {label: [one.row(scope) for one in those] for label, those in by_month.items()}
    return Course("agreed", "share", p_chart(counted, rules(scope)), behind)


def _really_done(scope: Scope) -> Course:
    findings = reporting.findings_between(scope.question.connection, scope.months_back(scope.months), scope.until)
    by_month: dict[str, list[Any]] = {}
    for finding in sorted(scope.ours(findings), key=lambda one: one.reviewed_at):
        if compliance.is_judged(finding):
            by_month.setdefault(in_words(month_of(local_day(finding.reviewed_at))), []).append(finding)
    counted = [(label, sum(one.fulfilled == "yes" for one in those), len(those)) for label, those in by_month.items()]
    behind: Mapping[str, Sequence[Row]] = {
        label: [compliance.row_of(scope, one) for one in those] for label, those in by_month.items()
    }
    return Course("really_done", "share", p_chart(counted, rules(scope)), behind)


def _periods(scope: Scope) -> list[Any]:
    """Return the periods that have an edition, oldest first."""
    return list(reversed(scope.reported[: scope.months]))
