"""What the audits say of all open cases: shares with their intervals, their change, and what late audits cost.

Manual sections 1 and 3; R-09, R-10, R-62; statistics 3.1 and 3.3.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from engine.domain.comparisons import Change, adjust_for_generosity, compare
from engine.domain.editions import Edition, Response, edition
from engine.domain.estimates import CENSUS, Estimate, estimate_share, simple_share
from engine.domain.sampling import sampled_cases
from engine.domain.strata import Stratum
from engine.domain.suppression import withheld
from engine.service.audits import figures
from engine.service.reports.found import Figure, Found, Row, count, estimated
from engine.service.reports.pairs import pairs_of
from engine.service.reports.scope import Scope, in_words, span

NAMES = (
    "good_or_better",
    "by_area",
    "response",
    "response_by_area",
    "missing",
    "late",
    "change",
    "several_months",
    "trend",
    "adjusted",
    "grade",
    "team",
    "team_several_months",
    "team_grade",
    "no_sample",
)


BESIDE = "withheld_beside"


def found(scope: Scope) -> Iterator[Found]:
    """Yield the estimates of the newest audit period that can be reported on."""
    row = scope.cycle
    if row is None:
        yield Figure("no_sample", "count", 0, 0)
        return
    behind = rows_of(scope, row)
    if scope.team is not None:
        yield from _of_team(scope, row, behind)
        return
    name = figures.EDITIONS.get(row.state, "provisional")
    strata = scope.strata(row, figures.is_good(scope.question))
    whole = edition(name, figures.GOOD, strata, scope.rules)
    yield _headline(whole, row, behind)
    yield from _by_area(scope, strata, row, behind)
    yield from _response(scope, whole, row)
    yield from _over_time(scope, whole.overall)
    yield _adjusted(scope, whole.overall, row)
    yield from _grades(scope, "grade", row, behind)


def _of_team(scope: Scope, row: Any, behind: list[Row]) -> Iterator[Figure]:
    """Yield what is said of one team: its cases are a domain of the sample, and few audits are withheld."""
    facts = {"period": in_words(row.id), "edition": row.state}
    share = estimate_share(figures.GOOD, _strata(scope, row), scope.rules_of_groups)
    yield estimated("team", replace(share, population=None), behind, scope.team, **facts)
    several = scope.reported[: int(scope.rule("months_pooled"))]
    if len(several) > 1:
        pooled = estimate_share(
            figures.GOOD, [one for month in several for one in _strata(scope, month)], scope.rules_of_groups
        )
        rows = [one for month in several for one in rows_of(scope, month)]
        months = span(several[-1].id, several[0].id)
        yield estimated("team_several_months", replace(pooled, population=None), rows, scope.team, period=months)
    if share.value is not None:
        yield from _grades(scope, "team_grade", row, behind)


def rows_of(scope: Scope, row: Any) -> list[Row]:
    """Return the audits behind the estimates of a period: the case, its stratum and its grade."""
    stratum_of = {case: code for code, cases in sampled_cases(row.certificate).items() for case in cases}
    return [
        {"case": audit.case_ref, "area": stratum_of.get(audit.case_ref), "grade": scope.label(audit.grade)}
        for audit in scope.ours(scope.done(row))
    ]


def _headline(whole: Edition, row: Any, behind: Sequence[Row]) -> Figure:
    bounds = whole.bounds if whole.bounds is not None and whole.bounds.missing else None
    return estimated(
        "good_or_better",
        whole.overall,
        behind,
        period=in_words(row.id),
        edition=row.state,
        missing=None if bounds is None else bounds.missing,
        worst=None if bounds is None else bounds.low,
        best=None if bounds is None else bounds.high,
    )


def _by_area(scope: Scope, strata: Sequence[Stratum], row: Any, behind: Sequence[Row]) -> Iterator[Figure]:
    rules, minimum = scope.rules_of_groups, scope.rules_of_groups.suppress_below
    hidden = withheld({(figures.GOOD, stratum.code): len(stratum.values) for stratum in strata}, minimum)
    for stratum in strata:
        share = estimate_share(figures.GOOD, [stratum], rules)
        if share.value is not None and (figures.GOOD, stratum.code) in hidden:
            share = Estimate(share.what, share.kind, None, None, None, share.n, share.population, remarks=(BESIDE,))
        own = [one for one in behind if one["area"] == stratum.code]
        yield estimated("by_area", share, own, stratum.code, period=in_words(row.id))


def _response(scope: Scope, whole: Edition, row: Any) -> Iterator[Figure]:
    sample = _sample(scope, row)
    yield _done(
        "response", whole.response, sample, missing=whole.response.sampled - whole.response.done, full=_full(whole)
    )
    for code, response in whole.response_by_stratum.items():
        yield _done("response_by_area", response, [one for one in sample if one["area"] == code], code)
    yield count("missing", [one for one in sample if one["audited"] == "no"], of=len(sample))
    yield count("late", [one for one in sample if one["audited"] == "late"], of=len(sample))


def _sample(scope: Scope, row: Any) -> list[Row]:
    """Return the drawn cases with whether their audit was done by the cut-off, late, or not."""
    in_time = {audit.case_ref for audit in scope.done(row)}
    ever = {audit.case_ref for audit in scope.audits(row) if figures.is_done(audit)}
    return [
        {"case": case, "area": code, "audited": "yes" if case in in_time else "late" if case in ever else "no"}
        for code, cases in sampled_cases(row.certificate).items()
        for case in cases
    ]


def _done(
    name: str, response: Response, rows: Sequence[Row], group: str | None = None, **facts: float | str | None
) -> Figure:
    share = simple_share("done", response.done, response.sampled, response.sampled)
    return estimated(name, share, rows, group, **facts)


def _full(whole: Edition) -> float | None:
    """Return half the width that a normal interval would have with all audits done: what lateness costs (R-62)."""
    missing = whole.response.done < whole.response.sampled
    return 1.96 * whole.error_if_all_done if missing and whole.error_if_all_done else None


def _over_time(scope: Scope, newest: Estimate) -> Iterator[Figure]:
    editions = [of_month(scope, row) for row in scope.reported[: scope.months]]
    if len(editions) > 1:
        yield _change(compare(editions[1], newest), in_words(scope.reported[1].id))
    several = scope.reported[: int(scope.rule("months_pooled"))]
    if len(several) > 1:
        pooled = [one for row in several for one in _strata(scope, row)]
        months = span(several[-1].id, several[0].id)
        yield estimated("several_months", estimate_share(figures.GOOD, pooled, scope.rules), period=months)
        for row, share in zip(reversed(scope.reported[: scope.months]), reversed(editions), strict=True):
            yield estimated("trend", share, group=in_words(row.id))


def _strata(scope: Scope, row: Any) -> list[Stratum]:
    return scope.strata(row, figures.is_good(scope.question))


def of_month(scope: Scope, row: Any) -> Estimate:
    """Return the share of cases good or better that the newest edition of a period tells, reckoned once a report."""
    months: dict[str, Estimate] = scope.kept.setdefault("good_or_better", {})
    if row.id not in months:
        months[row.id] = estimate_share(figures.GOOD, _strata(scope, row), scope.rules)
    return months[row.id]


def _change(change: Change, before: str) -> Figure:
    n = change.earlier.n + change.later.n
    remarks = tuple(code for code in change.remarks if code != CENSUS)
    facts = {"before": before}
    return Figure("change", "difference", change.value, n, interval=change.interval, remarks=remarks, facts=facts)


def _adjusted(scope: Scope, headline: Estimate, row: Any) -> Figure:
    included = {audit.id for audit in scope.done(row)}
    pairs = [pair for pair in pairs_of(scope, cycle=row.id) if pair.audit in included]
    met = [(_good(scope, pair.first), _good(scope, pair.second)) for pair in pairs]
    behind: list[Row] = [pair.row(scope) for pair in pairs]
    return estimated("adjusted", adjust_for_generosity(headline, met, scope.rules), behind)


def _good(scope: Scope, grade: str) -> bool:
    return scope.grade(grade).get("good_or_better") is True


def _grades(scope: Scope, name: str, row: Any, behind: Sequence[Row]) -> Iterator[Figure]:
    """Yield the share of each grade that was given, best grade first."""
    given = {scope.label(audit.grade): scope.grade(audit.grade).get("rank", 0) for audit in scope.ours(scope.done(row))}
    for label in sorted(given, key=lambda one: (-given[one], one)):
        share = estimate_share(label, scope.strata(row, _graded(scope, label)), scope.rules)
        yield estimated(name, share if scope.team is None else replace(share, population=None), behind, group=label)


def _graded(scope: Scope, label: str) -> Callable[[Any], float]:
    return lambda audit: float(scope.label(audit.grade) == label)
