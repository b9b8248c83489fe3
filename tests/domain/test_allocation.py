"""Allocation of a sample to strata: every reference row of statistics 3.2, and the properties behind them."""

from itertools import product
from math import sqrt
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.domain.allocation import (
    EMPTY_STRATUM,
    MINIMUM_DROPPED,
    PRIOR_MISSING,
    STRATUM_OF_ONE,
    Allocation,
    Method,
    allocate,
)
from engine.errors import Invalid

AREAS = ("LAC", "CP&P/CIN", "CFA", "CWD", "Next Step")
OCTOBER = dict(zip(AREAS, (560, 900, 640, 210, 150), strict=True))
TINY_NEXT_STEP = {**OCTOBER, "Next Step": 3}
LONE_NEXT_STEP = {**OCTOBER, "Next Step": 1}
SMALL_COUNCIL = dict(zip(AREAS, (30, 40, 25, 8, 3), strict=True))
NOT_GOOD = dict(zip(AREAS, (0.33, 0.40, 0.60, 0.15, 0.50), strict=True))

populations = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 1200), max_size=8)
methods = st.sampled_from(["proportional", "neyman", "equal"])
shares = st.fixed_dictionaries({}, optional={code: st.floats(0, 1) for code in "ABCDEFGH"})


@pytest.mark.parametrize(
    ("population", "size", "options", "expected"),
    [
        (OCTOBER, 120, {}, (28, 44, 31, 10, 7)),
        (OCTOBER, 54, {}, (12, 20, 14, 5, 3)),
        (OCTOBER, 12, {}, (2, 3, 3, 2, 2)),
        (OCTOBER, 10, {}, (2, 2, 2, 2, 2)),
        (OCTOBER, 7, {}, (2, 2, 2, 1, 0)),
        (OCTOBER, 120, {"method": "neyman", "priors": NOT_GOOD}, (27, 45, 32, 8, 8)),
        (TINY_NEXT_STEP, 120, {}, (28, 46, 33, 11, 2)),
        (TINY_NEXT_STEP, 120, {"method": "equal"}, (29, 30, 29, 29, 3)),
        (LONE_NEXT_STEP, 120, {}, (29, 46, 33, 11, 1)),
        (SMALL_COUNCIL, 120, {}, (30, 40, 25, 8, 3)),
    ],
)
def test_reference_rows(
    population: dict[str, int], size: int, options: dict[str, Any], expected: tuple[int, ...]
) -> None:
    assert tuple(allocate(population, size, **options).sizes.values()) == expected


@pytest.mark.parametrize(
    ("population", "size", "warnings"),
    [
        (OCTOBER, 12, ()),
        (OCTOBER, 10, ()),
        (OCTOBER, 9, (MINIMUM_DROPPED,)),
        (LONE_NEXT_STEP, 120, (STRATUM_OF_ONE,)),
        ({**OCTOBER, "Next Step": 0}, 120, (EMPTY_STRATUM,)),
        ({"LAC": 1, "CWD": 0, "CFA": 9}, 2, (MINIMUM_DROPPED, EMPTY_STRATUM, STRATUM_OF_ONE)),
    ],
)
def test_warnings(population: dict[str, int], size: int, warnings: tuple[str, ...]) -> None:
    assert allocate(population, size).warnings == warnings


def test_an_empty_stratum_is_skipped_and_the_others_share_its_part() -> None:
    without = allocate({code: count for code, count in OCTOBER.items() if code != "CWD"}, 120).sizes
    assert allocate({**OCTOBER, "CWD": 0}, 120).sizes == {**without, "CWD": 0}


def test_ties_go_to_the_larger_stratum_then_to_the_code() -> None:
    assert allocate({"A": 10, "B": 30}, 2, minimum=0).sizes == {"A": 0, "B": 2}
    assert allocate({"B": 50, "A": 50}, 3, minimum=0).sizes == {"B": 1, "A": 2}


def test_a_prior_that_is_missing_counts_as_one_half_and_is_told() -> None:
    known = {code: share for code, share in NOT_GOOD.items() if code != "Next Step"}
    guessed = allocate(OCTOBER, 120, "neyman", priors=known)
    assert guessed.sizes == allocate(OCTOBER, 120, "neyman", priors=NOT_GOOD).sizes
    assert guessed.warnings == (PRIOR_MISSING,)


def test_strata_without_any_variance_give_their_minimum_and_fill_up_only_when_needed() -> None:
    population = {"A": 100, "B": 100, "C": 20}
    certain = {"A": 0.0, "B": 1.0, "C": 0.5}
    assert allocate(population, 20, "neyman", priors=certain).sizes == {"A": 2, "B": 2, "C": 16}
    assert allocate(population, 40, "neyman", priors=certain).sizes == {"A": 10, "B": 10, "C": 20}
    assert allocate({"A": 60, "B": 30}, 9, "neyman", priors=certain).sizes == {"A": 6, "B": 3}


def test_nothing_to_draw_or_nothing_to_draw_from() -> None:
    assert allocate({}, 5) == Allocation({})
    assert allocate({"A": 0}, 5).sizes == {"A": 0}
    assert allocate(OCTOBER, 0).sizes == dict.fromkeys(OCTOBER, 0)


@pytest.mark.parametrize(
    ("population", "options", "named"),
    [
        ({"A": -1, "B": 5}, {"size": 3}, "A"),
        ({"A": 5}, {"size": -3}, "size"),
        ({"A": 5}, {"size": 3, "minimum": -1}, "minimum"),
        ({"A": 5}, {"size": 3, "method": "guess"}, "method"),
        ({"A": 5}, {"size": 3, "method": "neyman", "priors": {"A": 1.5}}, "A"),
        ({"A": 5}, {"size": 3, "method": "neyman", "priors": {"A": float("nan")}}, "A"),
    ],
)
def test_impossible_questions_are_refused(population: dict[str, int], options: Any, named: str) -> None:
    with pytest.raises(Invalid) as refusal:
        allocate(population, **options)
    assert set(refusal.value.errors) == {named}


@given(population=populations, size=st.integers(0, 4000), method=methods, minimum=st.integers(0, 5), priors=shares)
def test_sizes_add_up_within_their_bounds(
    population: dict[str, int], size: int, method: Method, minimum: int, priors: dict[str, float]
) -> None:
    allocation = allocate(population, size, method, minimum, priors)
    sizes = allocation.sizes
    total = min(size, sum(population.values()))
    assert set(sizes) == set(population)
    assert sum(sizes.values()) == total
    assert all(0 <= sizes[code] <= count for code, count in population.items())
    least = {code: min(minimum, count) for code, count in population.items()}
    possible = sum(least.values()) <= total
    assert possible is (MINIMUM_DROPPED not in allocation.warnings)
    if possible:
        assert all(sizes[code] >= least[code] for code in population)


@given(population=populations, size=st.integers(0, 4000), method=methods, minimum=st.integers(0, 5), priors=shares)
def test_the_order_of_the_strata_does_not_matter(
    population: dict[str, int], size: int, method: Method, minimum: int, priors: dict[str, float]
) -> None:
    turned = dict(reversed(population.items()))
    assert allocate(turned, size, method, minimum, priors) == allocate(population, size, method, minimum, priors)


@given(population=populations, size=st.integers(0, 4000), method=st.sampled_from(["proportional", "equal"]))
def test_a_larger_stratum_never_gives_fewer(population: dict[str, int], size: int, method: Method) -> None:
    sizes = allocate(population, size, method).sizes
    for one, other in product(population, repeat=2):
        if population[one] > population[other]:
            assert sizes[one] >= sizes[other]


@given(population=populations, size=st.integers(1, 2000))
def test_without_bounds_in_the_way_each_share_is_within_one_case_of_proportion(
    population: dict[str, int], size: int
) -> None:
    everybody = sum(population.values())
    assume(size <= everybody)
    sizes = allocate(population, size, minimum=0).sizes
    assert all(abs(sizes[code] - size * count / everybody) < 1 for code, count in population.items())


@given(
    population=st.dictionaries(st.sampled_from("ABC"), st.integers(1, 12), min_size=1),
    size=st.integers(1, 30),
    priors=st.fixed_dictionaries({code: st.sampled_from([0.1, 0.2, 0.35, 0.5]) for code in "ABC"}),
)
def test_neyman_comes_within_a_case_of_the_best_variance(
    population: dict[str, int], size: int, priors: dict[str, float]
) -> None:
    def variance(sizes: dict[str, int]) -> float:
        return sum(
            (population[code] * sqrt(priors[code] * (1 - priors[code]))) ** 2 / drawn for code, drawn in sizes.items()
        )

    total = min(size, sum(population.values()))
    assume(total >= len(population))
    chosen = dict(allocate(population, size, "neyman", 1, priors).sizes)
    possible = (
        dict(zip(population, drawn, strict=True)) for drawn in product(*(range(1, n + 1) for n in population.values()))
    )
    best = min((sizes for sizes in possible if sum(sizes.values()) == total), key=variance)
    assert all(abs(chosen[code] - best[code]) <= 1 for code in population)


def test_many_strata_are_no_trouble() -> None:
    population = {f"team {n}": n % 97 for n in range(2000)}
    assert sum(allocate(population, 30_000).sizes.values()) == 30_000
