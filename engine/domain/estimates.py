"""Estimates of all cases from the cases that were audited: shares, means and totals with their intervals.

Source: manual section 1 (R-09), statistics 3.1 and 3.3. Formulas of value and variance stand in strata.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum, sqrt
from typing import Final, Literal

from engine.domain.intervals import Interval, clopper_pearson, korn_graubard, logit_t, student, wilson
from engine.domain.strata import Lonely, Reckoning, Stratum, in_order, reckon, totals
from engine.errors import Invalid

Kind = Literal["share", "mean", "total"]

NOBODY_ANSWERED: Final = "nobody_answered"
SUPPRESSED: Final = "suppressed"
CENSUS: Final = "census"
CENSUS_INCOMPLETE: Final = "census_incomplete"
DOMAIN: Final = "domain"
AUDITS_MISSING: Final = "audits_missing"
EMPTY_STRATUM: Final = "empty_stratum"
STRATUM_NOT_AUDITED: Final = "stratum_not_audited"
STRATUM_WITHOUT_VARIATION: Final = "stratum_without_variation"
NO_VARIATION: Final = "no_variation"
VARIANCE_NOT_ESTIMABLE: Final = "variance_not_estimable"


@dataclass(frozen=True)
class Rules:
    """How to estimate, as policy sets it.

    `level` is the confidence of intervals (0 to 1). `method` chooses the interval of a share, "auto" as
    `estimate_share` says. `lonely` and `nearest` treat strata with one audit (see strata.reckon). Estimates from
    fewer than `suppress_below` cases are withheld. `census` says that every case was to be audited, so nothing was
    sampled (R-21). Without `finite` the finite population correction is left out.
    """

    level: float = 0.95
    method: Literal["auto", "logit_t", "korn_graubard"] = "auto"
    lonely: Lonely = "collapse"
    nearest: Mapping[str, str] = field(default_factory=dict)
    suppress_below: int = 0
    census: bool = False
    finite: bool = True


@dataclass(frozen=True)
class Estimate:
    """An estimate of `what`: a "share" (0 to 1), a "mean" or a "total", with its standard `error` in the same units.

    `n` audits stand for `population` cases (None: not known) of the `periods`; `degrees` are degrees of freedom.
    `value` is None when nothing may be said, `error` when it cannot be estimated, `interval` when there is none;
    `remarks` says why. Codes: "nobody_answered", "suppressed" (too few cases), "census" (every case was audited, so
    there is no sampling error), "census_incomplete" (no sampling error, but audits are missing), "domain" (some
    cases are outside it), "audits_missing" (fewer audits than cases sampled), "empty_stratum" (no case),
    "stratum_not_audited" (left out of the estimate and of `population`), "stratum_without_variation" (its audits all
    say the same, which makes the error too small; a share is given a cautious interval), "no_variation" (all audits
    say the same), "variance_not_estimable", "lonely_stratum_collapsed" and "lonely_stratum_adjusted" (a stratum had
    one audit).
    """

    what: str
    kind: Kind
    value: float | None
    error: float | None
    interval: Interval | None
    n: int
    population: int | None
    degrees: int = 0
    periods: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def method(self) -> str | None:
        """The code of the interval's method."""
        return self.interval.method if self.interval is not None else None


PLAIN: Final = Rules()


def estimate_share(what: str, strata: Sequence[Stratum], rules: Rules = PLAIN) -> Estimate:
    """Estimate the share of cases with value 1 among `strata` whose values are 1 and 0.

    The interval is Wilson's for one stratum, else the logit t interval (R `svyciprop`, "xlogit"); Korn and Graubard's
    (R "beta") when a stratum shows no variation, which makes the error too small; and when none does, Clopper and
    Pearson's on all audits, which is wider than the truth (statistics 3.3). It is cut to what the audits done leave
    possible: cases already found good stay good. Raises Invalid when a value is neither 1 nor 0 or a stratum stands
    there twice.
    """
    for stratum in strata:
        if not set(stratum.values) <= {0, 1}:
            raise Invalid({stratum.code: ["a share is made of the values 1 and 0"]})
    estimate, reckoning = _point(what, "share", strata, rules)
    if reckoning is None:
        return estimate
    audited = [stratum for stratum in in_order(strata) if stratum.done]
    interval = _interval_of_share(audited, reckoning, rules)
    if interval is None:
        return estimate
    return replace(estimate, interval=interval.within(*_possible(audited, reckoning.value, rules)))


def estimate_mean(what: str, strata: Sequence[Stratum], rules: Rules = PLAIN) -> Estimate:
    """Estimate the mean value per case, such as remedial actions per audit, with Student's t interval.

    There is no interval when nothing varies. Raises Invalid when a stratum stands there twice.
    """
    estimate, reckoning = _point(what, "mean", strata, rules)
    if reckoning is None or not reckoning.variance:
        return estimate
    return replace(
        estimate, interval=student(reckoning.value, sqrt(reckoning.variance), reckoning.degrees, rules.level)
    )


def estimate_total(what: str, strata: Sequence[Stratum], rules: Rules = PLAIN) -> Estimate:
    """Estimate the sum of the values of all cases: the mean times the cases (R `svytotal`).

    Raises Invalid for a domain, whose number of cases is itself an estimate, and like `estimate_mean`.
    """
    if any(stratum.outside for stratum in strata):
        raise Invalid({"strata": ["the total of a domain is not estimated"]})
    mean = estimate_mean(what, strata, rules)
    cases = mean.population or 0
    limits = mean.interval
    return replace(
        mean,
        kind="total",
        value=None if mean.value is None else mean.value * cases,
        error=None if mean.error is None else mean.error * cases,
        interval=None if limits is None else replace(limits, low=limits.low * cases, high=limits.high * cases),
    )


def simple_share(what: str, count: int, of: int, population: int | None = None, level: float = 0.95) -> Estimate:
    """Estimate a share from `count` of `of` things taken at random from `population` (None: many more), by Wilson.

    Raises Invalid unless 0 <= count <= of <= population.
    """
    stratum = Stratum.counted(what, of if population is None else population, of, count)
    estimate = estimate_share(what, [stratum], Rules(level=level, finite=population is not None))
    return _without_strata(estimate, population)


def simple_mean(what: str, values: Sequence[float], population: int | None = None, level: float = 0.95) -> Estimate:
    """Estimate a mean from the values of things taken at random from `population` (None: many more).

    Raises Invalid when there are more values than `population`.
    """
    stratum = Stratum(what, len(values) if population is None else population, tuple(values))
    estimate = estimate_mean(what, [stratum], Rules(level=level, finite=population is not None))
    return _without_strata(estimate, population)


def _without_strata(estimate: Estimate, population: int | None) -> Estimate:
    """Return an estimate that was reckoned as one stratum, with nothing said of strata."""
    remarks = tuple(code for code in estimate.remarks if code not in (EMPTY_STRATUM, STRATUM_NOT_AUDITED))
    return replace(estimate, population=population, remarks=remarks)


def _point(what: str, kind: Kind, strata: Sequence[Stratum], rules: Rules) -> tuple[Estimate, Reckoning | None]:
    """Return the estimate without interval, and the reckoning when there is an interval to be found."""
    ordered = in_order(strata)
    audited = [stratum for stratum in ordered if stratum.done]
    n = sum(len(stratum.values) for stratum in audited)
    population = sum(stratum.population for stratum in audited)
    periods = tuple(dict.fromkeys(stratum.period for stratum in ordered if stratum.period))
    remarks = _remarks(ordered)
    estimate = Estimate(what, kind, None, None, None, n, population, 0, periods, remarks)
    if not n or n < rules.suppress_below:
        return replace(estimate, remarks=(SUPPRESSED if n else NOBODY_ANSWERED, *remarks)), None
    reckoning = reckon(audited, rules.lonely, rules.nearest, rules.finite)
    variance, known = reckoning.variance, _known(ordered, rules)
    estimate = replace(
        estimate,
        value=reckoning.value,
        error=None if variance is None or known == CENSUS_INCOMPLETE else sqrt(variance),
        degrees=reckoning.degrees,
        remarks=remarks + ((known,) if known else _doubts(audited, reckoning)),
    )
    return estimate, None if known else reckoning


def _remarks(strata: Sequence[Stratum]) -> tuple[str, ...]:
    told = {
        DOMAIN: any(stratum.outside for stratum in strata),
        AUDITS_MISSING: any(stratum.done < stratum.drawn for stratum in strata),
        EMPTY_STRATUM: any(not stratum.population for stratum in strata),
        STRATUM_NOT_AUDITED: any(stratum.population and not stratum.done for stratum in strata),
    }
    return tuple(code for code, applies in told.items() if applies)


def _known(strata: Sequence[Stratum], rules: Rules) -> str | None:
    """Return the code that says why there is no sampling error, None when there is one."""
    if rules.census:
        return CENSUS if all(stratum.complete for stratum in strata) else CENSUS_INCOMPLETE
    return CENSUS if rules.finite and all(stratum.complete for stratum in strata if stratum.done) else None


def _doubts(audited: Sequence[Stratum], reckoning: Reckoning) -> tuple[str, ...]:
    alike = len({value for stratum in audited for value in stratum.values}) == 1
    told = {
        VARIANCE_NOT_ESTIMABLE: reckoning.variance is None,
        NO_VARIATION: alike,
        STRATUM_WITHOUT_VARIATION: reckoning.uniform and not alike,
    }
    return reckoning.remarks + tuple(code for code, applies in told.items() if applies)


def _interval_of_share(audited: Sequence[Stratum], reckoning: Reckoning, rules: Rules) -> Interval | None:
    seen = [value for stratum in audited for value in stratum.values]
    if len(audited) == 1 and rules.method == "auto":
        return wilson(round(fsum(seen)), len(seen), rules.level)
    if not reckoning.variance:
        return _on_all_audits(audited, rules)
    error = sqrt(reckoning.variance)
    if rules.method == "logit_t" or (rules.method == "auto" and not reckoning.uniform):
        return logit_t(reckoning.value, error, reckoning.degrees, rules.level)
    n = sum(len(stratum.values) for stratum in audited if not (rules.finite and stratum.complete))
    return korn_graubard(reckoning.value, error, reckoning.degrees, n, rules.level)


def _on_all_audits(audited: Sequence[Stratum], rules: Rules) -> Interval | None:
    """Return Clopper and Pearson's interval as if strata did not matter; complete strata are known, not doubted."""
    open_strata = [stratum for stratum in audited if not (rules.finite and stratum.complete)]
    n = sum(len(stratum.values) for stratum in open_strata)
    if not n:
        return None
    (top, base), (open_top, open_base) = totals(audited), totals(open_strata)
    pooled = clopper_pearson(min(open_top / open_base, 1.0) * n, n, rules.level)
    low, high = ((top - open_top + limit * open_base) / base for limit in (pooled.low, pooled.high))
    return replace(pooled, low=low, high=high)


def _possible(audited: Sequence[Stratum], value: float, rules: Rules) -> tuple[float, float]:
    """Return the least and the largest share that the audits done leave possible."""
    least, most = 0.0, 1.0
    if rules.finite and not any(stratum.outside for stratum in audited):
        cases = sum(stratum.population for stratum in audited)
        good = fsum(found for stratum in audited for found in stratum.values)
        least, most = good / cases, 1 - (sum(stratum.done for stratum in audited) - good) / cases
    return min(least, value), max(most, value)
