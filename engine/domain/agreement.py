"""How far people who judge case records agree: auditors with quality assurance, and officers with one another.

Two questions that must not be mixed (statistics 3.4). Pairs of auditor and reviewer come from many cases (R-31, R-75).
A reliability exercise is many items of one case (R-73, R-74), so it says nothing about other cases (A-28): it has no
interval, and coefficients are pooled over exercises. Raw agreement always stands beside the coefficients, because
kappa and alpha collapse when nearly all grades are the same.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Final

from engine.domain.coefficients import cohen_kappa, gwet_ac, krippendorff_alpha
from engine.domain.estimates import Estimate, simple_mean, simple_share
from engine.domain.intervals import Interval
from engine.domain.ratings import INCOMPLETE_LEFT_OUT, Coefficient, Grade, Ratings

Answers = Mapping[str, Mapping[str, Grade | None]]

TOO_FEW_PAIRS: Final = "too_few_pairs"
ONE_CASE: Final = "one_case"
TOO_FEW_CASES: Final = "too_few_cases"
RESAMPLES_LEFT_OUT: Final = "resamples_left_out"

_OVER_ITEMS: Final[tuple[Callable[[Ratings], Coefficient], ...]] = (
    partial(gwet_ac, weighting="ordinal"),
    partial(krippendorff_alpha, metric="ordinal"),
)


@dataclass(frozen=True)
class PairAgreement:
    """Agreement of `n` pairs of a first and a second judgement, out of `population` (None: many more).

    `exact` and `within_one` are shares of pairs, at most none and one grade apart. `mean_difference` is first less
    second in grades: above 0 the first judge is the generous one; `higher` and `lower` count the pairs in which the
    first judged higher and lower. `table` counts the pairs of grades. `coefficients` are Gwet's AC2 and
    Krippendorff's alpha with ordinal weights and Cohen's kappa with linear ones; none with the remark "too_few_pairs".
    """

    n: int
    population: int | None
    exact: Estimate
    within_one: Estimate
    mean_difference: Estimate
    higher: int
    lower: int
    table: Mapping[tuple[Grade, Grade], int]
    coefficients: tuple[Coefficient, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class ItemSpread:
    """What each officer answered to an item; `spread` is the grades between the `lowest` and the `highest`."""

    item: str
    answers: Mapping[str, Grade | None]
    lowest: Grade | None
    highest: Grade | None
    spread: int
    unanimous: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ExerciseAgreement:
    """Agreement of the officers on the items of one case.

    `unanimous` counts the items answered alike by all who answered, two or more; `to_discuss` are the significant
    items with different answers (R-74). `coefficients` over the `n` significant items are a point of a trend, without
    interval (remark "one_case").
    """

    items: tuple[ItemSpread, ...]
    unanimous: int
    to_discuss: tuple[str, ...]
    n: int
    coefficients: tuple[Coefficient, ...]
    remarks: tuple[str, ...] = (ONE_CASE,)


@dataclass(frozen=True)
class PooledAgreement:
    """Agreement over the items of several `cases`; intervals by resampling cases, none with "too_few_cases"."""

    cases: int
    n: int
    coefficients: tuple[Coefficient, ...]
    remarks: tuple[str, ...]


def agreement_of_pairs(
    pairs: Sequence[tuple[Grade | None, Grade | None]],
    scale: Sequence[Grade],
    minimum: int,
    population: int | None = None,
    level: float = 0.95,
) -> PairAgreement:
    """Compare first with second judgements (auditor and quality assurance), both on `scale` from low to high.

    Pairs with a judgement missing are left out (remark "incomplete_left_out"). Below `minimum` pairs there are counts
    and no coefficients. Raises Invalid when a judgement is not on the scale or there are more pairs than `population`.
    """
    ratings = Ratings(tuple(pairs), tuple(scale), population)
    complete = [(one, other) for one, other in pairs if one is not None and other is not None]
    apart = [ratings.scale.index(one) - ratings.scale.index(other) for one, other in complete]
    n = len(apart)
    told = {INCOMPLETE_LEFT_OUT: n < len(pairs), TOO_FEW_PAIRS: n < minimum}
    return PairAgreement(
        n=n,
        population=population,
        exact=simple_share("exact", apart.count(0), n, population, level),
        within_one=simple_share("within_one", sum(abs(steps) <= 1 for steps in apart), n, population, level),
        mean_difference=_mean_difference(apart, population, level),
        higher=sum(steps > 0 for steps in apart),
        lower=sum(steps < 0 for steps in apart),
        table=Counter(complete),
        coefficients=() if n < minimum else _of_pairs(replace(ratings, rows=tuple(complete)), level),
        remarks=tuple(code for code, applies in told.items() if applies),
    )


def agreement_of_exercise(
    answers: Answers, scale: Sequence[Grade], significant: Collection[str] | None = None
) -> ExerciseAgreement:
    """Compare the `answers` (item to officer to grade) of officers who audited one case blind (R-73).

    `significant` items (None: all) must be discussed when they vary, and make up the coefficients. Raises Invalid
    when an answer is not on the scale.
    """
    chosen = [item for item in answers if significant is None or item in significant]
    ratings = _ratings([answers], scale, chosen)
    items = tuple(_spread(item, given, list(scale)) for item, given in answers.items())
    return ExerciseAgreement(
        items=items,
        unanimous=sum(item.unanimous for item in items),
        to_discuss=tuple(item.item for item in items if item.spread and item.item in chosen),
        n=ratings.n,
        coefficients=tuple(replace(of(ratings), error=None, interval=None) for of in _OVER_ITEMS),
    )


def agreement_over_exercises(
    exercises: Mapping[str, Answers],
    scale: Sequence[Grade],
    minimum_cases: int,
    seed: str,
    significant: Collection[str] | None = None,
    resamples: int = 999,
    level: float = 0.95,
) -> PooledAgreement:
    """Pool `exercises` (by case): the units are case and item, the intervals percentile bootstrap by case.

    Cases, not items, are drawn with replacement, because the items of a case are alike (B. Efron and R. J.
    Tibshirani, "An Introduction to the Bootstrap", 1993, 13.3; K. L. Gwet 2014). The same `seed` gives the same
    interval. Below `minimum_cases` there is no interval. Resamples without any variation are left out (remark
    "resamples_left_out"). Raises Invalid when an answer is not on the scale.
    """
    cases = [exercises[case] for case in sorted(exercises)]
    ratings = _ratings(cases, scale, significant)
    found = tuple(replace(of(ratings), error=None, interval=None) for of in _OVER_ITEMS)
    if len(cases) < max(minimum_cases, 2):
        return PooledAgreement(len(cases), ratings.n, found, (TOO_FEW_CASES,))
    chance = Random(seed)
    draws = [_ratings(chance.choices(cases, k=len(cases)), scale, significant) for _ in range(resamples)]
    bounded = tuple(_bootstrapped(one, of, draws, level) for one, of in zip(found, _OVER_ITEMS, strict=True))
    return PooledAgreement(len(cases), ratings.n, bounded, ())


def _mean_difference(apart: Sequence[int], population: int | None, level: float) -> Estimate:
    return simple_mean("mean_difference", tuple(map(float, apart)), population, level)


def _of_pairs(ratings: Ratings, level: float) -> tuple[Coefficient, ...]:
    return (
        gwet_ac(ratings, "ordinal", level),
        krippendorff_alpha(ratings, "ordinal"),
        cohen_kappa(ratings, "linear", level),
    )


def _ratings(cases: Sequence[Answers], scale: Sequence[Grade], items: Collection[str] | None) -> Ratings:
    """Return the ratings with case and item as units and the officers, by name, as raters."""
    officers = sorted({officer for answers in cases for given in answers.values() for officer in given})
    rows = tuple(
        tuple(given.get(officer) for officer in officers)
        for answers in cases
        for item, given in answers.items()
        if items is None or item in items
    )
    return Ratings(rows, tuple(scale))


def _spread(item: str, given: Mapping[str, Grade | None], scale: Sequence[Grade]) -> ItemSpread:
    places = sorted(scale.index(grade) for grade in given.values() if grade is not None)
    missing = tuple(officer for officer, grade in given.items() if grade is None)
    if not places:
        return ItemSpread(item, given, None, None, 0, False, missing)
    lowest, highest = places[0], places[-1]
    alike = len(places) > 1 and lowest == highest
    return ItemSpread(item, given, scale[lowest], scale[highest], highest - lowest, alike, missing)


def _bootstrapped(
    found: Coefficient, of: Callable[[Ratings], Coefficient], draws: Sequence[Ratings], level: float
) -> Coefficient:
    values = sorted(value for value in (of(ratings).value for ratings in draws) if value is not None)
    remarks = found.remarks + ((RESAMPLES_LEFT_OUT,) if len(values) < len(draws) else ())
    if found.value is None or not values:
        return replace(found, remarks=remarks)
    cut = int((1 - level) / 2 * (len(values) + 1))
    low, high = values[max(cut - 1, 0)], values[min(len(values) - cut, len(values) - 1)]
    interval = Interval(min(low, found.value), max(high, found.value), level, "bootstrap")
    return replace(found, interval=interval, remarks=remarks)
