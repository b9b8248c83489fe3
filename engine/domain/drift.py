"""Watching an auditor's grades over months, against the case mix.

Source: manual section 9 ("by individual auditors in their completion of successive audits", R-71), statistics 3.4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum, inf, isfinite, sqrt
from statistics import mean
from typing import Final, Literal

from engine.domain.distributions import normal_cdf
from engine.domain.intervals import Interval
from engine.errors import Invalid

TOO_FEW_AUDITS: Final = "too_few_audits"
NO_COMPARISON: Final = "no_comparison"
NO_VARIATION: Final = "no_variation"
VARIANCE_NOT_ESTIMABLE: Final = "variance_not_estimable"


@dataclass(frozen=True)
class GradedAudit:
    """An audit by `auditor` of a case in `stratum`; `grade` is a number that is higher for better records."""

    auditor: str
    stratum: str
    grade: float


@dataclass(frozen=True)
class RunningMean:
    """An auditor's `mean` grade after `n` audits, and the grade `expected` of others on cases of the same strata.

    `error` is the standard error of their difference if the auditor graded like the others; None without variance.
    """

    n: int
    mean: float
    expected: float
    error: float | None


@dataclass(frozen=True)
class Drift:
    """Whether an auditor's grades run away from the others'.

    `points` are the running means audit by audit, in the order given; `n` audits could be compared with `population`
    audits of others. `interval` holds the means that chance allows at the last point, `limit` standard errors either
    way. `state` is "generous", "strict" or "within", None when nothing may be said. Remarks: "too_few_audits",
    "no_comparison" (nobody else graded cases of a stratum; such audits are left out), "no_variation" (the others all
    agree, so there is no measure), "variance_not_estimable" (the others have too few audits).
    """

    auditor: str
    n: int
    population: int
    points: tuple[RunningMean, ...]
    limit: float
    interval: Interval | None
    state: Literal["generous", "strict", "within"] | None
    remarks: tuple[str, ...] = ()


def drifts(audits: Sequence[GradedAudit], limit: float, minimum: int) -> dict[str, Drift]:
    """Return the drift of every auditor from the audits of all, in the order in which they were authorised.

    The expectation is the mean of the others' mean grades in the strata of the auditor's cases, so an auditor with
    harder cases is not taken for a strict one. The error takes the others' variance within strata, pooled, for the
    auditor's mean and for the expectation: a contrast in the one-way analysis of variance. Beyond `limit` standard
    errors the state is "generous" or "strict", from `minimum` audits on (R-71). Raises Invalid when a grade is not a
    number, the limit not positive or the minimum negative.
    """
    wrong = {audit.auditor: ["a grade is not a number"] for audit in audits if not isfinite(audit.grade)}
    if wrong or not 0 < limit < inf or minimum < 0:
        raise Invalid(wrong or {"limit": [f"{limit} standard errors from {minimum} audits on is no rule"]})
    return {
        auditor: _drift(auditor, audits, limit, minimum) for auditor in dict.fromkeys(one.auditor for one in audits)
    }


def _drift(auditor: str, audits: Sequence[GradedAudit], limit: float, minimum: int) -> Drift:
    others: dict[str, list[float]] = {}
    for audit in audits:
        if audit.auditor != auditor:
            others.setdefault(audit.stratum, []).append(audit.grade)
    own = [audit for audit in audits if audit.auditor == auditor]
    compared = [audit for audit in own if audit.stratum in others]
    deviation = _deviation(others)
    points = _points(compared, others, deviation)
    interval = _allowed(points[-1], limit) if points else None
    told = {
        TOO_FEW_AUDITS: len(compared) < minimum,
        NO_COMPARISON: len(compared) < len(own),
        NO_VARIATION: deviation == 0,
        VARIANCE_NOT_ESTIMABLE: deviation is None,
    }
    state = _state(points[-1].mean, interval) if interval and not told[TOO_FEW_AUDITS] else None
    remarks = tuple(code for code, applies in told.items() if applies)
    population = sum(map(len, others.values()))
    return Drift(auditor, len(compared), population, points, limit, interval, state, remarks)


def _deviation(others: Mapping[str, Sequence[float]]) -> float | None:
    """Return the standard deviation of grades within strata, pooled; None when no stratum has two."""
    degrees = sum(len(grades) - 1 for grades in others.values())
    if not degrees:
        return None
    around = [(mean(grades), grades) for grades in others.values()]
    return sqrt(fsum((grade - middle) ** 2 for middle, grades in around for grade in grades) / degrees)


def _points(
    compared: Sequence[GradedAudit], others: Mapping[str, Sequence[float]], deviation: float | None
) -> tuple[RunningMean, ...]:
    means = {stratum: mean(grades) for stratum, grades in others.items()}
    graded = list(accumulate(audit.grade for audit in compared))
    expected = list(accumulate(means[audit.stratum] for audit in compared))
    mix: dict[str, int] = {}
    found = []
    for n, audit in enumerate(compared, start=1):
        mix[audit.stratum] = mix.get(audit.stratum, 0) + 1
        spread = 1 / n + fsum((count / n) ** 2 / len(others[stratum]) for stratum, count in mix.items())
        error = None if deviation is None else deviation * sqrt(spread)
        found.append(RunningMean(n, graded[n - 1] / n, expected[n - 1] / n, error))
    return tuple(found)


def _allowed(point: RunningMean, limit: float) -> Interval | None:
    if not point.error:
        return None
    half = limit * point.error
    return Interval(point.expected - half, point.expected + half, 2 * normal_cdf(limit) - 1, "normal")


def _state(value: float, interval: Interval) -> Literal["generous", "strict", "within"]:
    if interval.low <= value <= interval.high:
        return "within"
    return "generous" if value > interval.high else "strict"
