"""Confidence intervals for shares, means and differences.

The Wald interval, share ± 1.96 standard errors, is not among them: at 0 of 30 it gives 0 to 0, Wilson's 0 to 11.4 %
(statistics 3.3). R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine
17 (1998), recommends the score and the tail-area methods instead.
"""

from dataclasses import dataclass
from math import log, sqrt, tanh

from engine.domain.distributions import beta_quantile, normal_quantile, student_quantile
from engine.errors import Invalid


@dataclass(frozen=True)
class Interval:
    """The limits `low` and `high`, in the units of what is estimated, that hold it with confidence `level` (0 to 1).

    `method` is a code: "wilson", "clopper_pearson", "clopper_pearson_one_sided", "logit_t", "korn_graubard",
    "student", "normal", "square_and_add" or "bootstrap".
    """

    low: float
    high: float
    level: float
    method: str

    def within(self, least: float, most: float) -> "Interval":
        """Return the interval cut to what is possible, `least` to `most`."""
        low, high = (min(max(limit, least), most) for limit in (self.low, self.high))
        return Interval(low, high, self.level, self.method)


def wilson(count: int, of: int, level: float = 0.95) -> Interval:
    """Return the score interval for the share `count` / `of`.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927); Newcombe 1998, method 3;
    R `binom::binom.wilson`. Raises Invalid unless 0 <= count <= of, of > 0 and 0 < level < 1.
    """
    _check(level, count, of)
    z = normal_quantile((1 + level) / 2)
    share, scale = count / of, 1 + z * z / of
    middle = (share + z * z / (2 * of)) / scale
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / scale
    low = 0.0 if count == 0 else min(middle - half, share)
    high = 1.0 if count == of else max(middle + half, share)
    return Interval(low, high, level, "wilson")


def clopper_pearson(count: float, of: float, level: float = 0.95) -> Interval:
    """Return the tail-area ("exact") interval for the share `count` / `of`, which need not be whole numbers.

    It never covers less than `level`. Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934); Newcombe 1998,
    method 5; R `binom.test`. Raises Invalid unless 0 <= count <= of, of > 0 and 0 < level < 1.
    """
    _check(level, count, of)
    return _tail_area(count, of, (1 - level) / 2, level, "clopper_pearson")


def at_least(count: int, of: int, level: float = 0.95) -> Interval:
    """Return the interval from the share that `count` of `of` proves with confidence `level`, up to 1.

    It is the lower limit of Clopper and Pearson with all the doubt on one side, for sentences with "at least"
    (statistics 3.3; R `binom.test(alternative = "greater")`). Raises Invalid like `clopper_pearson`.
    """
    _check(level, count, of)
    return Interval(_tail_area(count, of, 1 - level, level, "").low, 1.0, level, "clopper_pearson_one_sided")


def logit_t(share: float, error: float, degrees: float, level: float = 0.95) -> Interval:
    """Return the t interval for the log-odds of a survey `share` with standard `error`, turned back into shares.

    Source: R `survey::svyciprop(method = "xlogit")`. Raises Invalid unless 0 < share < 1, error > 0, degrees > 0 and
    0 < level < 1.
    """
    _check(level)
    if not (0 < share < 1 and error > 0):
        raise Invalid({"share": [f"{share} with a standard error of {error} has no log-odds interval"]})
    middle = log(share / (1 - share))
    half = student_quantile((1 + level) / 2, degrees) * error / (share * (1 - share))
    low, high = ((1 + tanh(limit / 2)) / 2 for limit in (middle - half, middle + half))
    return Interval(min(low, share), max(high, share), level, "logit_t")


def korn_graubard(share: float, error: float, degrees: float, n: int, level: float = 0.95) -> Interval:
    """Return the tail-area interval of a survey `share` at its effective sample size.

    The effective size is share (1 - share) / error², times the square of the ratio of the t quantiles with n - 1 and
    with `degrees` of freedom; `n` counts the observations. Source: E. L. Korn and B. I. Graubard, Survey Methodology
    24 (1998); R `survey::svyciprop(method = "beta")`. Raises Invalid unless 0 < share < 1, error > 0, degrees > 0,
    n > 1 and 0 < level < 1.
    """
    _check(level)
    if not (0 < share < 1 and error > 0 and n > 1):
        raise Invalid({"share": [f"{share} with a standard error of {error} from {n} has no effective sample size"]})
    tail = (1 - level) / 2
    ratio = student_quantile(tail, n - 1) / student_quantile(tail, degrees)
    effective = share * (1 - share) / error**2 * ratio**2
    return _tail_area(effective * share, effective, tail, level, "korn_graubard")


def student(mean: float, error: float, degrees: float, level: float = 0.95) -> Interval:
    """Return the t interval of a `mean` with standard `error` (units of the mean; R `confint` of a svymean).

    Raises Invalid unless error > 0, degrees > 0 and 0 < level < 1.
    """
    _check(level)
    if not error > 0:
        raise Invalid({"error": [f"a standard error of {error} has no interval"]})
    half = student_quantile((1 + level) / 2, degrees) * error
    return Interval(mean - half, mean + half, level, "student")


def square_and_add(earlier: tuple[float, Interval | None], later: tuple[float, Interval | None]) -> Interval:
    """Return the interval of later - earlier, both given as the estimate and its interval; None means exactly known.

    Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998), method 10; for any two independent estimates G. Y. Zou and A. Donner, Statistics in Medicine
    27 (2008). Raises Invalid when the levels differ or both are exactly known.
    """
    levels = {interval.level for _, interval in (earlier, later) if interval is not None}
    if len(levels) != 1:
        raise Invalid({"level": [f"a difference needs one level of confidence, not {len(levels)}"]})
    below_earlier, above_earlier = _distances(*earlier)
    below_later, above_later = _distances(*later)
    difference = later[0] - earlier[0]
    low = difference - sqrt(below_later**2 + above_earlier**2)
    high = difference + sqrt(above_later**2 + below_earlier**2)
    return Interval(low, high, levels.pop(), "square_and_add")


def _distances(value: float, interval: Interval | None) -> tuple[float, float]:
    return (value - interval.low, interval.high - value) if interval is not None else (0.0, 0.0)


def _tail_area(count: float, of: float, tail: float, level: float, method: str) -> Interval:
    low = 0.0 if count <= 0 else beta_quantile(tail, count, of - count + 1)
    high = 1.0 if count >= of else beta_quantile(1 - tail, count + 1, of - count)
    return Interval(low, high, level, method)


def _check(level: float, count: float = 0, of: float = 1) -> None:
    wrong = {} if 0 < level < 1 else {"level": [f"{level} is not between 0 and 1"]}
    wrong |= {} if 0 <= count <= of and of > 0 else {"count": [f"{count} of {of} is not a share"]}
    if wrong:
        raise Invalid(wrong)
