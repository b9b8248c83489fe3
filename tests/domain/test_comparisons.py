"""Comparisons: noise is called noise, and the generosity of auditors is an honest caveat beside the headline."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.comparisons import (
    ADJUSTED,
    CHANGE_SHOWN,
    CUT,
    NO_PAIRS,
    NOT_COMPARABLE,
    TOO_FEW_PAIRS,
    WITHIN_NOISE,
    adjust_for_generosity,
    compare,
)
from engine.domain.estimates import (
    CENSUS,
    NO_VARIATION,
    VARIANCE_NOT_ESTIMABLE,
    Estimate,
    Rules,
    estimate_mean,
    estimate_share,
    simple_share,
)
from engine.domain.strata import Stratum
from engine.errors import Invalid
from tests.factories.judgements import AUDITORS, REVIEWERS
from tests.factories.surveys import AREAS, FINAL, OCTOBER, PROVISIONAL, month

PAIRS = [(auditor >= 3, reviewer >= 3) for auditor, reviewer in zip(AUDITORS, REVIEWERS, strict=True)]
HEADLINE = estimate_share("good or better", FINAL)

counts = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (min(pair), max(pair[1], pair[0])))


def share_of(points: int, period: str = "", size: int = 120) -> Estimate:
    """Return an estimate near `points` per cent from `size` audits."""
    strata = [
        Stratum.counted(area, cases, done, round(done * points / 100), period=period)
        for (area, cases), done in zip(AREAS.items(), (n * size // 120 for n in OCTOBER), strict=True)
    ]
    return estimate_share("good or better", strata)


def test_a_month_to_month_move_of_some_points_is_noise() -> None:
    moved = compare(share_of(50, "2026-10"), share_of(58, "2026-11"))
    assert moved.value == pytest.approx(0.08, abs=0.02)
    assert moved.remarks == (WITHIN_NOISE,)
    assert moved.interval is not None
    assert moved.interval.method == "square_and_add"
    half = (moved.interval.high - moved.interval.low) / 2
    assert 0.11 < half < 0.13


def test_a_move_of_twenty_points_is_not() -> None:
    moved = compare(share_of(50, "2026-10"), share_of(70, "2026-11"))
    assert moved.remarks == (CHANGE_SHOWN,)
    back = compare(share_of(70, "2026-10"), share_of(50, "2026-11"))
    assert back.remarks == (CHANGE_SHOWN,)
    assert (moved.error, moved.value) == (pytest.approx(back.error), pytest.approx(-(back.value or 0)))


def test_periods_with_a_month_in_common_are_not_compared() -> None:
    def quarter(*months: str) -> Estimate:
        return estimate_share(
            "good", [replace(one, period=name) for name in months for one in month(OCTOBER, (16, 22, 12, 8, 4))]
        )

    first, next_one, later = (
        quarter("2026-10", "2026-11", "2026-12"),
        quarter("2026-11", "2026-12", "2027-01"),
        quarter("2027-01", "2027-02", "2027-03"),
    )
    with pytest.raises(Invalid, match="2026-11, 2026-12"):
        compare(first, next_one)
    assert compare(first, later).remarks == (WITHIN_NOISE,)


def test_different_things_and_levels_are_not_compared() -> None:
    one = share_of(50, "2026-10")
    for other in (replace(one, what="outstanding", periods=()), replace(one, kind="mean", periods=())):
        with pytest.raises(Invalid, match="is not"):
            compare(one, other)
    with pytest.raises(Invalid, match="level"):
        compare(simple_share("good", 3, 9), simple_share("good", 4, 9, level=0.9))


def test_nothing_is_said_when_an_estimate_or_its_interval_is_missing() -> None:
    nobody = estimate_share("good or better", [])
    unsure = estimate_mean("actions", [Stratum("LAC", 560, (3,))])
    assert compare(nobody, share_of(50)).remarks == (NOT_COMPARABLE,)
    assert compare(share_of(50), nobody).value is None
    moved = compare(unsure, estimate_mean("actions", [Stratum("LAC", 560, (3, 5, 4))]))
    assert (moved.value, moved.interval, moved.remarks) == (1, None, (NOT_COMPARABLE,))


def test_two_censuses_differ_exactly() -> None:
    one, other = (estimate_share("good", [Stratum.counted("LAC", 40, 40, good)]) for good in (20, 22))
    moved = compare(one, other)
    assert (moved.value, moved.error, moved.interval) == (pytest.approx(0.05), 0, None)
    assert moved.remarks == (CHANGE_SHOWN, CENSUS)
    assert compare(one, one).remarks == (WITHIN_NOISE, CENSUS)


def test_a_census_and_a_sample_leave_the_doubt_of_the_sample() -> None:
    known = estimate_share("good", [Stratum.counted("LAC", 40, 40, 20)])
    sampled = simple_share("good", 30, 40)
    moved = compare(known, sampled)
    assert moved.interval is not None and sampled.interval is not None
    assert moved.interval.low == pytest.approx(sampled.interval.low - 0.5)
    assert moved.remarks == (CHANGE_SHOWN,)


@given(earlier=counts, later=counts)
def test_a_change_lies_in_its_interval_and_turns_round(earlier: tuple[int, int], later: tuple[int, int]) -> None:
    one, other = simple_share("good", *earlier), simple_share("good", *later)
    there, back = compare(one, other), compare(other, one)
    assert there.interval is not None and back.interval is not None and there.value is not None
    assert -1 - 1e-9 <= there.interval.low <= there.value <= there.interval.high <= 1 + 1e-9
    assert (there.interval.low, there.interval.high) == pytest.approx((-back.interval.high, -back.interval.low))
    assert there.remarks == back.remarks


def test_the_headline_adjusted_for_the_generosity_of_auditors() -> None:
    adjusted = adjust_for_generosity(HEADLINE, PAIRS)
    assert round(HEADLINE.value or 0, 3) == 0.528
    assert (round(adjusted.value or 0, 3), round(adjusted.error or 0, 3)) == (0.403, 0.093)
    assert (adjusted.n, adjusted.degrees, adjusted.method, adjusted.remarks) == (24, 23, "student", (ADJUSTED,))
    assert HEADLINE.value == estimate_share("good or better", FINAL).value


def test_without_pairs_or_a_headline_nothing_is_adjusted() -> None:
    assert adjust_for_generosity(HEADLINE, []).remarks == (*HEADLINE.remarks, NO_PAIRS)
    assert adjust_for_generosity(HEADLINE, []).value is None
    withheld = estimate_share("good or better", PROVISIONAL, Rules(suppress_below=500))
    assert adjust_for_generosity(withheld, PAIRS).value is None


def test_one_pair_has_no_variance() -> None:
    one = adjust_for_generosity(HEADLINE, [(True, False)])
    assert (one.value, one.error, one.remarks) == (0, None, (ADJUSTED, CUT, TOO_FEW_PAIRS))
    single = estimate_share("good or better", [*month((2, 1, 1, 1, 1), (1, 1, 0, 1, 0))], Rules(census=True))
    assert adjust_for_generosity(single, [(True, True), (True, False)]).remarks == (ADJUSTED, VARIANCE_NOT_ESTIMABLE)


def test_pairs_that_all_agree_change_nothing_and_say_so() -> None:
    same = adjust_for_generosity(HEADLINE, [(True, True), (False, False), (True, True)])
    assert (same.value, same.error) == (HEADLINE.value, HEADLINE.error)
    assert same.remarks == (ADJUSTED, NO_VARIATION)


def test_when_every_audit_was_reviewed_only_the_doubt_of_the_headline_is_left() -> None:
    headline = estimate_share("good", [Stratum.counted("LAC", 80, 4, 3)])
    adjusted = adjust_for_generosity(headline, [(True, True), (True, False), (True, True), (False, False)])
    assert (adjusted.value, adjusted.error) == (0.5, pytest.approx(headline.error))
    census = estimate_share("good", [Stratum.counted("LAC", 4, 4, 3)])
    exact = adjust_for_generosity(census, [(True, True), (True, False), (True, True), (False, False)])
    assert (exact.value, exact.error, exact.interval) == (0.5, 0, None)


@given(pairs=st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60))
def test_adjusting_stays_a_share_in_its_interval_whatever_the_order(pairs: list[tuple[bool, bool]]) -> None:
    adjusted = adjust_for_generosity(HEADLINE, pairs)
    assert adjusted.value is not None and adjusted.interval is not None
    assert 0 <= adjusted.interval.low <= adjusted.value <= adjusted.interval.high <= 1
    again = adjust_for_generosity(HEADLINE, sorted(pairs))
    assert (again.value, again.error) == pytest.approx((adjusted.value, adjusted.error))


def test_only_shares_are_adjusted_and_only_by_their_own_audits() -> None:
    with pytest.raises(Invalid):
        adjust_for_generosity(estimate_mean("actions", FINAL), PAIRS)
    with pytest.raises(Invalid):
        adjust_for_generosity(HEADLINE, PAIRS * 5)
