"""One auditor's own work, for that auditor and the Service Manager: timeliness, grades, and how they compare (R-59,
R-71, R-75). Seen in private; nothing here compares people by name.
"""

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Any

from engine.domain.agreement import agreement_of_pairs
from engine.domain.calendar import local_day
from engine.domain.control_charts import xmr_chart
from engine.domain.drift import Drift, GradedAudit, drifts
from engine.service.audits import reliability
from engine.service.reports import timeliness
from engine.service.reports.courses import rules
from engine.service.reports.found import Course, Figure, Found, Row, count, estimated
from engine.service.reports.pairs import pairs_of, ranks
from engine.service.reports.scope import Scope, in_words, month_of
from engine.store import reporting

NAMES = ("rate", "graded", "grade", "drift", "reviewed", "exact", "mean_difference", "days")


def found(scope: Scope) -> Iterator[Found]:
    """Yield the profile of the person over the months looked back on."""
    yield timeliness.rate("rate", scope, timeliness.judged_of(scope, scope.person))
    since = scope.months_back(scope.months)
    audits = [
        one
        for one in reporting.graded_audits(scope.question.connection, scope.until)
        if one.authorised_at >= since and "rank" in scope.grade(one.grade)
    ]
    own: list[Row] = [
        {"case": one.case_ref, "area": one.service_area, "grade": scope.label(one.grade)}
        for one in audits
        if one.auditor == scope.person
    ]
    yield count("graded", own)
    for grade in dict.fromkeys(sorted(str(row["grade"]) for row in own)):
        yield count("grade", [row for row in own if row["grade"] == grade], len(own), grade)
    graded = [GradedAudit(one.auditor, one.service_area, float(scope.grade(one.grade)["rank"])) for one in audits]
    yield _drift(drifts(graded, scope.rule("drift_limit"), int(scope.rule("drift_audits"))).get(str(scope.person)))
    yield _days(scope, audits)
    yield from _pairs(scope)


def _days(scope: Scope, audits: Sequence[Any]) -> Course:
    """Return the mean working days that the auditor's audits took, month by month of their authorisation."""
    taken: dict[str, list[int]] = {}
    behind: dict[str, list[Row]] = {}
    for one in audits:
        if one.auditor == scope.person:
            first, last = local_day(one.assigned_at), local_day(one.authorised_at)
            month = in_words(month_of(last))
            taken.setdefault(month, []).append(scope.question.calendar.between(first, last))
            behind.setdefault(month, []).append({"case": one.case_ref, "area": one.service_area})
    points = [(month, fmean(days)) for month, days in taken.items()]
    sizes = {month: len(days) for month, days in taken.items()}
    return Course("days", "mean", xmr_chart(points, rules(scope), least=0.0), behind, sizes)


def _drift(drift: Drift | None) -> Figure:
    if drift is None or not drift.points:
        return Figure("drift", "mean", None, 0, remarks=("nothing_counted",))
    told = () if drift.state is None else (f"drift_{drift.state}",)
    last = drift.points[-1]
    if drift.state is None:
        return Figure("drift", "mean", None, drift.n, remarks=drift.remarks or ("too_few_audits",))
    facts = {"more": f"{last.expected:.2f}"}
    return Figure(
        "drift", "mean", last.mean, drift.n, interval=drift.interval, remarks=(*told, *drift.remarks), facts=facts
    )


def _pairs(scope: Scope) -> Iterator[Found]:
    pairs = pairs_of(scope, months=scope.months, auditor=scope.person)
    rows = [pair.row(scope) for pair in pairs]
    minimum = int(scope.rule("pairs_minimum"))
    level = scope.rule("confidence")
    result = agreement_of_pairs(ranks(scope, pairs), reliability.scale(scope.question), minimum, level=level)
    yield count("reviewed", rows)
    yield estimated("exact", result.exact, rows)
    yield estimated("mean_difference", result.mean_difference, rows)
