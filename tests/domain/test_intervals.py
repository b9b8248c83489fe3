"""Confidence intervals: the values printed by Newcombe and by R, and what every interval must do."""

from collections.abc import Callable
from math import comb, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.intervals import (
    Interval,
    at_least,
    clopper_pearson,
    korn_graubard,
    logit_t,
    square_and_add,
    student,
    wilson,
)
from engine.errors import Invalid

levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
shares = st.floats(0.001, 0.999)
errors = st.floats(0.001, 0.5)
degrees_of_freedom = st.floats(1, 500)


@st.composite
def counts(draw: st.DrawFn, most: int = 400) -> tuple[int, int]:
    of = draw(st.integers(1, most))
    return draw(st.integers(0, of)), of


def limits(interval: Interval, digits: int = 4) -> tuple[float, float]:
    return round(interval.low, digits), round(interval.high, digits)


@pytest.mark.parametrize(
    ("count", "of", "score", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0, 0.1611), (0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_table_1_of_newcombe(count: int, of: int, score: tuple[float, float], exact: tuple[float, float]) -> None:
    assert limits(wilson(count, of)) == score
    assert limits(clopper_pearson(count, of)) == exact


def test_none_of_thirty_is_not_certainly_none() -> None:
    assert limits(wilson(0, 30), 3) == (0, 0.114)
    assert limits(clopper_pearson(0, 30), 3) == (0, 0.116)


def test_what_one_audit_says_about_a_share() -> None:
    assert limits(wilson(1, 1), 3) == (0.207, 1)
    assert limits(clopper_pearson(1, 1), 3) == (0.025, 1)


def test_at_least_puts_all_the_doubt_on_one_side() -> None:
    claimed = at_least(57, 60)
    assert claimed.low == pytest.approx(clopper_pearson(57, 60, 0.90).low)
    assert (claimed.high, claimed.level, claimed.method) == (1, 0.95, "clopper_pearson_one_sided")
    assert at_least(10, 10).low == pytest.approx(0.05 ** (1 / 10))
    assert at_least(0, 10).low == 0


@pytest.mark.parametrize(
    ("share", "error", "logit", "beta"),
    [
        (0.638936067161769, 0.0344059182016133, (0.568721, 0.703676), (0.567219, 0.706355)),
        (0.82794801, 0.02434513, (0.774540, 0.870815), (0.774171, 0.873432)),
    ],
)
def test_the_survey_package_on_the_schools_of_california(
    share: float, error: float, logit: tuple[float, float], beta: tuple[float, float]
) -> None:
    assert limits(logit_t(share, error, 197), 6) == pytest.approx(logit, abs=2e-6)
    assert limits(korn_graubard(share, error, 197, 200), 6) == pytest.approx(beta, abs=2e-6)


def test_the_t_interval_of_the_survey_package() -> None:
    interval = student(662.287363577655, 9.408940879434, 197)
    assert (interval.low, interval.high) == pytest.approx((643.732188539262, 680.842538616048), abs=1e-9)


def test_the_difference_of_newcombe() -> None:
    """Newcombe 1998, Table II, contrasts (a), (d) and (h): 56/70 - 48/80, 5/56 - 0/29, 10/10 - 0/10."""
    for later, earlier, printed in (
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ):
        difference = square_and_add(
            (earlier[0] / earlier[1], wilson(*earlier)),
            (later[0] / later[1], wilson(*later)),
        )
        assert limits(difference) == printed


def test_a_difference_to_something_exactly_known_is_as_wide_as_the_other() -> None:
    estimated = wilson(30, 60)
    difference = square_and_add((0.25, None), (0.5, estimated))
    assert (difference.low, difference.high) == pytest.approx((estimated.low - 0.25, estimated.high - 0.25))
    for wrong in (((0.2, None), (0.3, None)), ((0.5, wilson(1, 2, 0.9)), (0.5, wilson(1, 2, 0.95)))):
        with pytest.raises(Invalid, match="one level"):
            square_and_add(*wrong)


@given(counted=counts(), level=levels)
def test_intervals_of_counts_hold_the_share_and_stay_shares(counted: tuple[int, int], level: float) -> None:
    for interval in (wilson(*counted, level), clopper_pearson(*counted, level), at_least(*counted, level)):
        assert 0 <= interval.low <= counted[0] / counted[1] <= interval.high <= 1
        assert interval.low < interval.high


@given(share=shares, error=errors, degrees=degrees_of_freedom, n=st.integers(2, 500), level=levels)
def test_survey_intervals_hold_the_share_and_stay_shares(
    share: float, error: float, degrees: float, n: int, level: float
) -> None:
    for interval in (logit_t(share, error, degrees, level), korn_graubard(share, error, degrees, n, level)):
        assert 0 <= interval.low <= share <= interval.high <= 1


@given(mean=st.floats(-1e6, 1e6), error=st.floats(1e-3, 1e3), degrees=degrees_of_freedom, level=levels)
def test_t_intervals_are_even_about_the_mean(mean: float, error: float, degrees: float, level: float) -> None:
    interval = student(mean, error, degrees, level)
    assert interval.low < mean < interval.high
    assert mean - interval.low == pytest.approx(interval.high - mean)


@given(counted=counts(60), times=st.integers(2, 9))
def test_more_audits_with_the_same_share_say_more(counted: tuple[int, int], times: int) -> None:
    more = (counted[0] * times, counted[1] * times)
    for method in (wilson, clopper_pearson):
        few, many = method(*counted), method(*more)
        assert many.high - many.low < few.high - few.low


@given(share=shares, error=errors, less=st.floats(0.1, 0.9), degrees=degrees_of_freedom)
def test_a_smaller_error_says_more(share: float, error: float, less: float, degrees: float) -> None:
    methods: tuple[Callable[[float], Interval], ...] = (
        lambda e: logit_t(share, e, degrees),
        lambda e: korn_graubard(share, e, degrees, 120),
        lambda e: student(share, e, degrees),
    )
    for method in methods:
        wide, narrow = method(error), method(error * less)
        assert narrow.high - narrow.low <= wide.high - wide.low


@given(counted=counts(100))
def test_more_confidence_needs_more_room(counted: tuple[int, int]) -> None:
    for method in (wilson, clopper_pearson):
        narrow, wide = method(*counted, 0.9), method(*counted, 0.99)
        assert wide.low <= narrow.low and narrow.high <= wide.high


@given(counted=counts())
def test_good_and_not_good_mirror_each_other(counted: tuple[int, int]) -> None:
    for method in (wilson, clopper_pearson):
        good, bad = method(*counted), method(counted[1] - counted[0], counted[1])
        assert (good.low, good.high) == pytest.approx((1 - bad.high, 1 - bad.low), abs=1e-12)


@given(count=st.integers(0, 99))
def test_one_more_good_case_never_lowers_a_limit(count: int) -> None:
    for method in (wilson, clopper_pearson, at_least):
        fewer, more = method(count, 100), method(count + 1, 100)
        assert fewer.low <= more.low and fewer.high <= more.high


@given(count=st.integers(1, 199), more=st.integers(1, 200), level=levels)
def test_without_strata_the_effective_sample_is_the_sample(count: int, more: int, level: float) -> None:
    n = count + more
    share = count / n
    survey = korn_graubard(share, (share * (1 - share) / n) ** 0.5, n - 1, n, level)
    exact = clopper_pearson(count, n, level)
    assert (survey.low, survey.high) == pytest.approx((exact.low, exact.high), abs=1e-9)


@pytest.mark.parametrize("n", [5, 30, 120])
def test_over_all_samples_the_exact_interval_keeps_its_word_and_wilsons_does_on_average(n: int) -> None:
    truths = [step / 200 for step in range(1, 200)]
    covered = {}
    for method in (clopper_pearson, wilson):
        intervals = [method(count, n) for count in range(n + 1)]
        covered[method] = [
            sum(
                comb(n, count) * truth**count * (1 - truth) ** (n - count)
                for count, interval in enumerate(intervals)
                if interval.low <= truth <= interval.high
            )
            for truth in truths
        ]
    assert min(covered[clopper_pearson]) >= 0.95
    assert sum(covered[wilson]) / len(truths) == pytest.approx(0.95, abs=0.01)


def test_an_interval_is_cut_to_what_is_possible() -> None:
    cut = wilson(2, 2).within(0.5, 0.9)
    assert (cut.low, cut.high, cut.method) == (0.5, 0.9, "wilson")


def test_logit_limits_of_a_hopeless_error_are_all_shares() -> None:
    assert limits(logit_t(0.001, 5.0, 1)) == (0, 1)


@pytest.mark.parametrize(
    "question",
    [
        lambda: wilson(1, 0),
        lambda: wilson(-1, 5),
        lambda: wilson(6, 5),
        lambda: wilson(1, 5, 1),
        lambda: wilson(1, 5, nan),
        lambda: clopper_pearson(nan, 5),
        lambda: at_least(6, 5),
        lambda: logit_t(0, 0.1, 5),
        lambda: logit_t(1, 0.1, 5),
        lambda: logit_t(0.5, 0, 5),
        lambda: logit_t(0.5, 0.1, 0),
        lambda: korn_graubard(0, 0.1, 5, 5),
        lambda: korn_graubard(0.5, 0, 5, 5),
        lambda: korn_graubard(0.5, 0.1, 5, 1),
        lambda: student(3, 0, 5),
        lambda: student(3, nan, 5),
        lambda: student(3, 1, inf),
        lambda: student(3, 1, 5, 0),
    ],
)
def test_what_has_no_interval_is_refused(question: Callable[[], Interval]) -> None:
    with pytest.raises(Invalid):
        question()
