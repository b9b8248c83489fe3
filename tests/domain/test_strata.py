"""Strata and the weighted ratio over them: unbiased over all samples, and lonely strata never silently certain."""

from itertools import combinations, product
from math import inf, nan
from statistics import fmean, pvariance
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.strata import (
    LONELY_ADJUSTED,
    LONELY_COLLAPSED,
    Lonely,
    Stratum,
    in_order,
    reckon,
    totals,
)
from engine.errors import Invalid

values = st.floats(-100, 100).map(lambda value: round(value, 3))


@st.composite
def designs(draw: st.DrawFn, least: int = 2) -> list[Stratum]:
    """Strata with `least` audits or more each."""
    codes = draw(st.lists(st.sampled_from("ABCDEFG"), unique=True, min_size=1))
    return [
        Stratum(
            code,
            population=len(found) + draw(st.integers(0, 300)),
            values=tuple(found),
            outside=0,
            period=draw(st.sampled_from(["2026-10", "2026-11"])),
        )
        for code in codes
        for found in [draw(st.lists(values, min_size=least, max_size=12))]
    ]


def all_samples(cases: dict[str, list[float]], sizes: dict[str, int]) -> list[list[Stratum]]:
    drawn = (combinations(enumerate(cases[code]), size) for code, size in sizes.items())
    return [
        [
            Stratum(code, len(cases[code]), tuple(value for _, value in sample))
            for code, sample in zip(sizes, samples, strict=True)
        ]
        for samples in product(*drawn)
    ]


@pytest.mark.parametrize("sizes", [{"LAC": 2, "CWD": 3}, {"LAC": 4, "CWD": 2}, {"LAC": 5, "CWD": 2}])
def test_over_all_possible_samples_value_and_variance_are_right_on_average(sizes: dict[str, int]) -> None:
    cases = {"LAC": [1.0, 0.0, 1.0, 1.0, 0.0], "CWD": [3.0, 0.0, 7.0, 1.0]}
    reckoned = [reckon(sample) for sample in all_samples(cases, sizes)]
    estimates = [one.value for one in reckoned]
    assert fmean(estimates) == pytest.approx(fmean([*cases["LAC"], *cases["CWD"]]))
    assert fmean(one.variance or 0.0 for one in reckoned) == pytest.approx(pvariance(estimates))


def test_the_mean_over_strata_is_not_the_mean_of_the_audits() -> None:
    strata = [Stratum("LAC", 900, (1, 1)), Stratum("CWD", 100, (0, 0, 0, 0))]
    assert reckon(strata).value == pytest.approx(0.9)


@given(strata=designs())
def test_weights_add_up_to_the_cases(strata: list[Stratum]) -> None:
    assert sum(one.weight * one.done for one in strata) == pytest.approx(sum(one.population for one in strata))
    assert totals(strata)[1] == pytest.approx(sum(one.population for one in strata))


@given(strata=designs(), turned=st.randoms(use_true_random=False))
def test_the_order_of_strata_and_audits_does_not_matter(strata: list[Stratum], turned: Any) -> None:
    shuffled = [
        Stratum(one.code, one.population, tuple(turned.sample(one.values, len(one.values))), period=one.period)
        for one in turned.sample(strata, len(strata))
    ]
    one, other = reckon(in_order(strata)), reckon(in_order(shuffled))
    assert one.value == pytest.approx(other.value, abs=1e-9)
    assert one.variance == pytest.approx(other.variance, rel=1e-6, abs=1e-9)
    assert one.degrees == other.degrees


@given(strata=designs(), shift=st.floats(-50, 50), scale=st.floats(0.1, 9))
def test_shifting_and_stretching_the_values_shifts_and_stretches_the_estimate(
    strata: list[Stratum], shift: float, scale: float
) -> None:
    moved = [
        Stratum(one.code, one.population, tuple(scale * value + shift for value in one.values), period=one.period)
        for one in strata
    ]
    before, after = reckon(strata), reckon(moved)
    assert after.value == pytest.approx(scale * before.value + shift, abs=1e-6)
    assert (after.variance or 0) == pytest.approx(scale**2 * (before.variance or 0), rel=1e-5, abs=1e-6)


def test_a_stratum_without_audits_weighs_nothing() -> None:
    assert Stratum("LAC", 560, ()).weight == 0


def test_complete_strata_add_no_variance_and_no_degrees_of_freedom() -> None:
    sampled = [Stratum("LAC", 560, (1, 0, 1, 0)), Stratum("CFA", 640, (1, 1, 0))]
    complete = Stratum("Next Step", 3, (0, 1, 1))
    alone, both = reckon(sampled), reckon([*sampled, complete])
    assert both.degrees == alone.degrees == 5
    assert (both.variance or 0) == pytest.approx((alone.variance or 0) * (1200 / 1203) ** 2)
    assert reckon([complete]).variance == 0
    assert reckon([complete], finite=False).variance == pytest.approx(1 / 9)


def test_a_stratum_with_one_audit_is_never_silently_certain() -> None:
    strata = [Stratum("CFA", 640, (1, 1, 0)), Stratum("LAC", 560, (1, 0, 1, 0)), Stratum("Next Step", 150, (1,))]
    without = reckon(strata[:2]).variance or 0
    for lonely, remark in (("collapse", LONELY_COLLAPSED), ("adjust", LONELY_ADJUSTED)):
        told = reckon(strata, lonely)
        assert told.remarks == (remark,)
        assert (told.variance or 0) > without * (1200 / 1350) ** 2


def test_adjusting_centres_a_lonely_stratum_at_the_grand_mean() -> None:
    strata = [Stratum("CFA", 600, (4, 6)), Stratum("Next Step", 150, (9,))]
    told = reckon(strata, "adjust")
    assert told.value == pytest.approx(5.8)
    paired = (600 / 750) ** 2 * (1 - 2 / 600) * 2 / 2
    lone = (150 / 750) ** 2 * (1 - 1 / 150) * (9 - 5.8) ** 2
    assert told.variance == pytest.approx(paired + lone)
    assert told.degrees == 1


def test_collapsing_joins_the_area_named_then_the_same_area_then_the_nearest_in_size() -> None:
    lone = Stratum("Next Step", 150, (1,), period="2026-10")
    others = [
        Stratum("CWD", 210, (1, 0), period="2026-10"),
        Stratum("LAC", 560, (0, 0, 0, 1), period="2026-10"),
        Stratum("Next Step", 160, (0, 0, 0, 0, 0, 1), period="2026-11"),
    ]

    def joined(nearest: dict[str, str], strata: list[Stratum]) -> float:
        return reckon(strata, "collapse", nearest).variance or 0

    named = joined({"Next Step": "LAC"}, [lone, *others])
    same_area = joined({}, [lone, *others])
    by_size = joined({}, [lone, *others[:2]])
    assert joined({"Next Step": "elsewhere"}, [lone, *others]) == same_area
    assert named != same_area
    assert by_size == joined({"Next Step": "CWD"}, [lone, *others[:2]])
    assert by_size != joined({"Next Step": "LAC"}, [lone, *others[:2]])


def test_collapsing_strata_of_equal_weight_is_the_same_as_never_having_parted_them() -> None:
    parted = [Stratum("A", 100, (1, 0, 1, 1)), Stratum("B", 25, (0,))]
    whole = [Stratum("A", 125, (1, 0, 1, 1, 0))]
    assert reckon(parted).variance == pytest.approx(reckon(whole).variance)
    assert reckon(parted).degrees == reckon(whole).degrees == 4


def test_two_lonely_strata_lean_on_each_other_and_one_alone_has_no_variance() -> None:
    pair = [Stratum("CWD", 210, (1,)), Stratum("Next Step", 150, (0,))]
    assert (reckon(pair).variance or 0) > 0
    assert reckon(pair, "adjust").variance is None
    assert reckon(pair[:1]).variance is None
    assert reckon([pair[0], Stratum("LAC", 2, (0, 1))]).variance is None


@given(strata=designs(least=1), lonely=st.sampled_from(["collapse", "adjust"]))
def test_a_variance_is_never_negative_and_the_value_lies_among_the_values(
    strata: list[Stratum], lonely: Lonely
) -> None:
    told = reckon(strata, lonely)
    seen = [value for one in strata for value in one.values]
    assert min(seen) - 1e-9 <= told.value <= max(seen) + 1e-9
    assert told.variance is None or told.variance >= 0


def test_cases_outside_the_domain_weigh_in_the_variance_and_not_in_the_value() -> None:
    everybody = [Stratum("LAC", 100, (1, 0, 1, 0)), Stratum("CFA", 50, (1, 0, 0))]
    domain = [Stratum("LAC", 100, (1, 0), outside=2), Stratum("CFA", 50, (1,), outside=2)]
    assert reckon(everybody).value != pytest.approx(reckon(domain).value)
    assert totals(domain)[1] == pytest.approx(100 * 2 / 4 + 50 / 3)
    assert reckon(domain).degrees == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"population": 2, "values": (1, 0, 1)},
        {"population": 9, "values": (1, 0, 1), "sampled": 2},
        {"population": 9, "values": (1, 0, 1), "sampled": 10},
        {"population": 9, "values": (1, 0), "outside": -1},
        {"population": -1, "values": ()},
        {"population": 9, "values": (nan,)},
        {"population": 9, "values": (inf,)},
    ],
)
def test_impossible_strata_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        Stratum("LAC", **facts)
    assert set(refusal.value.errors) == {"LAC"}


def test_impossible_counts_and_repeated_strata_are_refused() -> None:
    for count in (-1, 6):
        with pytest.raises(Invalid):
            Stratum.counted("LAC", 10, 5, count)
    with pytest.raises(Invalid, match="twice"):
        in_order([Stratum("LAC", 5, (1,)), Stratum("CFA", 5, ()), Stratum("LAC", 7, ())])
    with pytest.raises(Invalid, match="no audit"):
        reckon([Stratum("LAC", 5, ()), Stratum("CFA", 5, (), outside=2)])
