"""Agreement beyond chance: Cohen's, Conger's and Fleiss' kappa, Brennan and Prediger's coefficient, Gwet's AC1 and
AC2, and Krippendorff's alpha.

All but Cohen's kappa accept missing ratings. Source of what they share: K. L. Gwet, "Handbook of Inter-Rater
Reliability", 4th ed. 2014 (R `irrCAC`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from math import fsum, inf, sqrt
from typing import Literal

from engine.domain.distributions import normal_quantile
from engine.domain.intervals import Interval, student
from engine.domain.ratings import INCOMPLETE_LEFT_OUT, Coefficient, Ratings, Weighting, Weights, weights
from engine.errors import Invalid

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Chance = tuple[float, Callable[[Sequence[int]], float] | None]


def cohen_kappa(ratings: Ratings, weighting: Weighting = "identity", level: float = 0.95) -> Coefficient:
    """Return Cohen's kappa of two raters, each with their own shares of grades; units without both are left out.

    The error is the asymptotic one, the interval normal (SAS `AGREE`). Sources: J. Cohen, Educational and
    Psychological Measurement 20 (1960) and Psychological Bulletin 70 (1968); J. L. Fleiss, J. Cohen and B. S.
    Everitt, Psychological Bulletin 72 (1969). Raises Invalid unless there are two raters.
    """
    complete = tuple(row for row in ratings.rows if None not in row)
    if any(len(row) != 2 for row in ratings.rows):
        raise Invalid({"ratings": ["Cohen's kappa compares two raters"]})
    kept = Ratings(complete, ratings.scale, ratings.population)
    found = replace(conger_kappa(kept, weighting, level), name="cohen_kappa")
    if len(complete) < len(ratings.rows):
        found = replace(found, remarks=(*found.remarks, INCOMPLETE_LEFT_OUT))
    if found.value is None or found.expected is None:
        return found
    error = _asymptotic_error(kept, weights(len(kept.scale), weighting), found.value, found.expected)
    half = normal_quantile((1 + level) / 2) * error
    interval = Interval(found.value - half, min(found.value + half, 1.0), level, "normal") if error else None
    return replace(found, error=error, interval=interval)


def fleiss_kappa(ratings: Ratings, weighting: Weighting = "identity", level: float = 0.95) -> Coefficient:
    """Return Fleiss' kappa, generalised to missing ratings and weights.

    Source: J. L. Fleiss, Psychological Bulletin 76 (1971); Gwet 2014 (R `irrCAC::fleiss.kappa.raw`).
    """
    matrix = weights(len(ratings.scale), weighting)
    shares = _shares(ratings)
    means = [fsum(weight * share for weight, share in zip(row, shares, strict=True)) for row in matrix]
    expected = fsum(share * mean for share, mean in zip(shares, means, strict=True))
    return _corrected("fleiss_kappa", weighting, ratings, (expected, lambda given: _average(given, means)), level)


def brennan_prediger(ratings: Ratings, weighting: Weighting = "identity", level: float = 0.95) -> Coefficient:
    """Return Brennan and Prediger's coefficient, whose chance takes all grades to be equally likely.

    Source: R. L. Brennan and D. J. Prediger, Educational and Psychological Measurement 41 (1981); Gwet 2014.
    """
    matrix = weights(len(ratings.scale), weighting)
    expected = fsum(map(fsum, matrix)) / len(ratings.scale) ** 2
    return _corrected("brennan_prediger", weighting, ratings, (expected, lambda _given: expected), level)


def gwet_ac(ratings: Ratings, weighting: Weighting = "identity", level: float = 0.95) -> Coefficient:
    """Return Gwet's AC1 (identity weights) or AC2, which do not collapse when nearly all ratings are the same.

    Source: K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008); Gwet 2014 (R
    `irrCAC::gwet.ac1.raw`).
    """
    size = len(ratings.scale)
    scale = fsum(map(fsum, weights(size, weighting))) / (size * (size - 1))
    others = [1 - share for share in _shares(ratings)]
    expected = scale * fsum(other * (1 - other) for other in others)
    name = "gwet_ac1" if weighting == "identity" else "gwet_ac2"
    return _corrected(name, weighting, ratings, (expected, lambda given: scale * _average(given, others)), level)


def conger_kappa(ratings: Ratings, weighting: Weighting = "identity", level: float = 0.95) -> Coefficient:
    """Return Conger's kappa: chance is the mean over all pairs of raters, each with their own shares of grades.

    It has no standard error here. Source: A. J. Conger, Psychological Bulletin 88 (1980); Gwet 2014.
    """
    matrix = weights(len(ratings.scale), weighting)
    chances = [_product(one, matrix, other) for one, other in permutations(_profiles(ratings), 2)]
    expected = fsum(chances) / len(chances) if chances else 0.0
    return _corrected("conger_kappa", weighting, ratings, (expected, None), level)


def krippendorff_alpha(ratings: Ratings, metric: Metric = "ordinal") -> Coefficient:
    """Return Krippendorff's alpha: 1 - observed / expected disagreement among the pairable ratings.

    It has no standard error here; see agreement.pooled for its bootstrap. Source: K. Krippendorff, "Content
    Analysis", 4th ed. 2018, chapter 12, and "Computing Krippendorff's Alpha-Reliability" (2011). Raises Invalid for
    the interval and ratio metrics unless the scale is made of numbers, for ratio none of them negative.
    """
    found = _blank("krippendorff_alpha", metric, ratings)
    if found.remarks:
        return found
    each = [[count * units for count in given] for given, units in ratings.paired.items()]
    used = [sum(column) for column in zip(*each, strict=True)]
    apart = _disagreements(ratings, metric, used)
    seen = fsum(units * _disagreement(given, apart) / (sum(given) - 1) for given, units in ratings.paired.items())
    return replace(found, value=1 - (sum(used) - 1) * seen / _disagreement(used, apart))


def _disagreement(given: Sequence[int], apart: Weights) -> float:
    return fsum(given[one] * given[other] * apart[one][other] for one, other in combinations(range(len(given)), 2))


def _disagreements(ratings: Ratings, metric: Metric, used: Sequence[int]) -> Weights:
    """Return the squared differences between the grades of the scale."""
    places = range(len(ratings.scale))
    numbers = [grade for grade in ratings.scale if isinstance(grade, int | float)]
    if metric in ("interval", "ratio") and (len(numbers) < len(places) or (metric == "ratio" and min(numbers) < 0)):
        raise Invalid({"scale": [f"the {metric} metric needs a scale of numbers"]})

    def ranks(one: int, other: int) -> float:
        low, high = sorted((one, other))
        return sum(used[low : high + 1]) - (used[one] + used[other]) / 2

    difference: Callable[[int, int], float] = {
        "nominal": lambda _one, _other: 1.0,
        "ordinal": ranks,
        "interval": lambda one, other: numbers[one] - numbers[other],
        "ratio": lambda one, other: (numbers[one] - numbers[other]) / (numbers[one] + numbers[other]),
    }[metric]
    return tuple(tuple(difference(one, other) ** 2 if one != other else 0.0 for other in places) for one in places)


def _shares(ratings: Ratings) -> list[float]:
    """Return the share of each grade, the mean over units of its share in the unit."""
    total = max(sum(ratings.patterns.values()), 1)
    return [
        fsum(units * given[place] / sum(given) for given, units in ratings.patterns.items()) / total
        for place in range(len(ratings.scale))
    ]


def _profiles(ratings: Ratings) -> list[list[float]]:
    """Return the share of each grade in the ratings of each rater who rated anything."""
    given = [[grade for grade in column if grade is not None] for column in zip(*ratings.rows, strict=True)]
    return [[column.count(grade) / len(column) for grade in ratings.scale] for column in given if column]


def _corrected(name: str, weighting: Weighting, ratings: Ratings, chance: Chance, level: float) -> Coefficient:
    """Return (observed - expected) / (1 - expected), its error by linearisation over units (Gwet 2014, chapter 5)."""
    blank = _blank(name, weighting, ratings)
    if blank.remarks:
        return blank
    matrix = weights(len(ratings.scale), weighting)
    expected, of_unit = chance
    observed = fsum(units * _agreement(given, matrix) for given, units in ratings.paired.items()) / ratings.n
    value = (observed - expected) / (1 - expected)
    found = replace(blank, value=value, observed=observed, expected=expected)
    units = sum(ratings.patterns.values())
    if of_unit is None or units < 2:
        return found
    error = _error(ratings, matrix, value, expected, of_unit)
    interval = student(value, error, units - 1, level).within(-inf, 1.0) if error else None
    return replace(found, error=error, interval=interval)


def _blank(name: str, weighting: str, ratings: Ratings) -> Coefficient:
    """Return the coefficient without its value, with a remark when it is not defined."""
    undefined = ratings.undefined_because
    remarks = () if undefined is None else (undefined,)
    n, population = ratings.n, ratings.population
    return Coefficient(name, weighting, None, None, None, None, None, n, population, ratings.raters, remarks)


def _error(
    ratings: Ratings, matrix: Weights, value: float, expected: float, of_unit: Callable[[Sequence[int]], float]
) -> float:
    n = sum(ratings.patterns.values())
    spread = []
    for given, units in ratings.patterns.items():
        agreed = n / ratings.n * (_agreement(given, matrix) - expected) if sum(given) > 1 else 0.0
        moved = 2 * (1 - value) * (of_unit(given) - expected)
        spread.append(units * ((agreed - moved) / (1 - expected) - value) ** 2)
    return sqrt(ratings.left(n) * fsum(spread) / (n * (n - 1)))


def _asymptotic_error(ratings: Ratings, matrix: Weights, value: float, expected: float) -> float:
    """Return the standard error of Cohen's kappa (Fleiss, Cohen and Everitt 1969, equation 9)."""
    places = {grade: place for place, grade in enumerate(ratings.scale)}
    one, other = _profiles(ratings)
    rows = [fsum(weight * share for weight, share in zip(line, other, strict=True)) for line in matrix]
    columns = [fsum(weight * share for weight, share in zip(line, one, strict=True)) for line in matrix]
    cells = [(places[row[0]], places[row[1]]) for row in ratings.rows if row[0] is not None and row[1] is not None]
    n = len(cells)
    squares = fsum((matrix[i][j] - (rows[i] + columns[j]) * (1 - value)) ** 2 for i, j in cells) / n
    spread = squares - (value - expected * (1 - value)) ** 2
    return sqrt(ratings.left(n) * max(spread, 0.0) / n) / (1 - expected)


def _agreement(given: Sequence[int], matrix: Weights) -> float:
    """Return the weighted share of pairs of ratings of a unit that agree."""
    total = sum(given)
    agreed = fsum(
        count * (fsum(weight * other for weight, other in zip(row, given, strict=True)) - 1)
        for count, row in zip(given, matrix, strict=True)
    )
    return agreed / (total * (total - 1))


def _average(given: Sequence[int], numbers: Sequence[float]) -> float:
    return fsum(count * number for count, number in zip(given, numbers, strict=True)) / sum(given)


def _product(one: Sequence[float], matrix: Weights, other: Sequence[float]) -> float:
    return fsum(
        left * fsum(weight * right for weight, right in zip(row, other, strict=True))
        for left, row in zip(one, matrix, strict=True)
    )
