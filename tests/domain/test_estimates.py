"""Estimates of all cases: what they say, what they refuse to say, and what never changes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.estimates import (
    AUDITS_MISSING,
    CENSUS,
    CENSUS_INCOMPLETE,
    DOMAIN,
    EMPTY_STRATUM,
    NO_VARIATION,
    NOBODY_ANSWERED,
    STRATUM_NOT_AUDITED,
    STRATUM_WITHOUT_VARIATION,
    SUPPRESSED,
    VARIANCE_NOT_ESTIMABLE,
    Rules,
    estimate_mean,
    estimate_share,
    estimate_total,
    simple_share,
)
from engine.domain.intervals import clopper_pearson, wilson
from engine.domain.strata import LONELY_COLLAPSED, Stratum
from engine.errors import Invalid
from tests.factories.surveys import FINAL, OCTOBER, PROVISIONAL, SMALL, limits, month

KORN_GRAUBARD = Rules(method="korn_graubard")

shares_of_strata = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 12), st.integers(0, 300)), min_size=1, max_size=6
).map(
    lambda rows: [
        Stratum.counted(f"area {place}", done + left, done, min(count, done))
        for place, (done, count, left) in enumerate(rows)
    ]
)


def test_one_stratum_has_wilsons_interval() -> None:
    share = estimate_share("good", [Stratum.counted("CWD", 2100, 30, 0)])
    assert (share.value, limits(share, 3), share.method) == (0, (0, 0.114), "wilson")
    asked = estimate_share("good", [Stratum.counted("CWD", 2100, 31, 9)], Rules(method="logit_t"))
    assert asked.method == "logit_t"


def test_strata_that_all_say_the_same_are_not_certain() -> None:
    share = estimate_share("good", month(OCTOBER, OCTOBER))
    exact = clopper_pearson(120, 120)
    assert (share.value, share.error, share.method) == (1, 0, "clopper_pearson")
    assert limits(share, 9) == (round(exact.low, 9), 1)
    assert share.remarks == (NO_VARIATION,)


def test_strata_without_variation_that_differ_from_one_another() -> None:
    share = estimate_share("good", month((10, 10, 10, 10, 10), (10, 0, 10, 0, 0)))
    pooled = clopper_pearson(50 * 1200 / 2460, 50)
    assert (share.value, share.error) == (pytest.approx(1200 / 2460), 0)
    assert (share.method, share.remarks) == ("clopper_pearson", (STRATUM_WITHOUT_VARIATION,))
    assert limits(share, 9) == (round(pooled.low, 9), round(pooled.high, 9))


def test_a_complete_stratum_is_known_and_leaves_doubt_about_the_others_alone() -> None:
    strata = [Stratum.counted("Next Step", 100, 100, 40), Stratum.counted("CFA", 300, 5, 5)]
    share = estimate_share("good", strata)
    doubt = clopper_pearson(5, 5)
    assert share.value == pytest.approx(0.85)
    assert limits(share, 9) == (round((40 + 300 * doubt.low) / 400, 9), round(1 - 60 / 400, 9))


def test_cases_found_good_or_bad_stay_so() -> None:
    share = estimate_share("good", [Stratum.counted("Next Step", 3, 2, 2)])
    assert wilson(2, 2).low < 2 / 3
    assert (share.value, limits(share, 9)) == (1, (round(2 / 3, 9), 1))
    mixed = estimate_share("good", [Stratum.counted("Next Step", 10, 9, 4)])
    assert limits(mixed, 9) == (0.4, 0.5)


def test_when_every_case_was_audited_there_is_no_interval_and_it_says_so() -> None:
    strata = [Stratum.counted("LAC", 10, 10, 7), Stratum.counted("CWD", 5, 5, 2)]
    for census in (estimate_share("good", strata), estimate_share("good", strata, Rules(census=True))):
        assert (census.value, census.error, census.interval, census.remarks) == (0.6, 0, None, (CENSUS,))
    lonely = estimate_share("good", [Stratum.counted("Next Step", 1, 1, 1)])
    assert (lonely.value, lonely.interval, lonely.remarks) == (1, None, (CENSUS,))


def test_a_thematic_audit_with_audits_missing_claims_no_sampling_error_and_no_completeness() -> None:
    strata = [Stratum.counted("LAC", 10, 8, 6, sampled=10), Stratum.counted("CWD", 5, 5, 2)]
    theme = estimate_share("good", strata, Rules(census=True))
    assert theme.value == pytest.approx((10 * 6 / 8 + 2) / 15)
    assert (theme.error, theme.interval, theme.remarks) == (None, None, (AUDITS_MISSING, CENSUS_INCOMPLETE))
    assert estimate_share("good", strata).interval is not None


def test_nobody_answered() -> None:
    for strata in ([], [Stratum("LAC", 560, (), sampled=28)], [Stratum("LAC", 560, (), outside=4)]):
        for estimate in (estimate_share, estimate_mean):
            found = estimate("good", strata)
            assert (found.value, found.error, found.interval) == (None, None, None)
            assert (found.n, found.degrees) == (0, 0)
            assert NOBODY_ANSWERED in found.remarks
    assert estimate_total("actions", [Stratum("LAC", 560, ())]).value is None


def test_a_stratum_that_nobody_audited_is_left_out_of_the_population_and_told() -> None:
    strata = [*month((8, 9, 7, 6, 5), (4, 5, 3, 3, 2))[:4], Stratum("Next Step", 150, (), sampled=5)]
    share = estimate_share("good", strata)
    assert share.population == 2310
    assert share.remarks == (AUDITS_MISSING, STRATUM_NOT_AUDITED)
    assert share.value == pytest.approx(estimate_share("good", strata[:4]).value)


def test_an_empty_stratum_is_told_and_changes_nothing() -> None:
    with_empty = estimate_share("good", [*FINAL, Stratum("Locality", 0, ())])
    assert EMPTY_STRATUM in with_empty.remarks
    assert limits(with_empty, 12) == limits(estimate_share("good", FINAL), 12)


def test_one_audit_says_little_and_never_fails() -> None:
    share = estimate_share("good", [Stratum("LAC", 560, (1,))])
    assert (share.value, share.error, limits(share, 3)) == (1, None, (0.207, 1))
    assert share.remarks == (VARIANCE_NOT_ESTIMABLE, NO_VARIATION)
    mean = estimate_mean("actions", [Stratum("LAC", 560, (4,))])
    assert (mean.value, mean.error, mean.interval) == (4, None, None)
    assert estimate_share("good", [Stratum("LAC", 560, (1,))], KORN_GRAUBARD).method == "clopper_pearson"


def test_a_lonely_stratum_is_told() -> None:
    share = estimate_share("good", month((8, 9, 7, 6, 1), (4, 5, 3, 3, 1)))
    assert share.remarks == (LONELY_COLLAPSED,)
    assert share.degrees == 31 - 4


def test_a_mean_without_variation_has_no_interval() -> None:
    mean = estimate_mean("actions", [Stratum("LAC", 560, (2, 2, 2)), Stratum("CWD", 90, (2, 2))])
    assert (mean.value, mean.error, mean.interval, mean.remarks) == (2, 0, None, (NO_VARIATION,))


def test_lonely_strata_that_all_say_the_same_have_no_spurious_variance() -> None:
    tenths = [Stratum(code, cases, (0.1,)) for code, cases in (("LAC", 37), ("CWD", 41), ("CFA", 59))]
    mean = estimate_mean("actions", tenths)
    assert (mean.value, mean.error, mean.interval, mean.remarks) == (0.1, 0, None, (LONELY_COLLAPSED, NO_VARIATION))


def test_few_cases_of_a_domain_are_withheld() -> None:
    boys = [Stratum("LAC", 560, (1, 0, 1), outside=9), Stratum("CWD", 90, (1,), outside=5)]
    assert estimate_share("good", boys, Rules(suppress_below=4)).value is not None
    withheld = estimate_share("good", boys, Rules(suppress_below=5))
    assert (withheld.value, withheld.error, withheld.interval) == (None, None, None)
    assert withheld.remarks == (SUPPRESSED, DOMAIN)


def test_a_domain_that_lies_in_complete_strata_alone() -> None:
    domain = [Stratum("Next Step", 3, (1, 0), outside=1), Stratum("LAC", 560, (), outside=20)]
    assert estimate_share("good", domain).interval is None
    assert estimate_share("good", domain).value == 0.5


def test_a_rolling_quarter_is_the_average_of_its_months_weighted_by_their_cases() -> None:
    months = {"2026-10": (FINAL, 1.0), "2026-11": (SMALL, 0.9), "2026-12": (PROVISIONAL, 1.1)}
    strata = [
        Stratum(one.code, round(one.population * size), one.values, period=name)
        for name, (those, size) in months.items()
        for one in those
    ]
    quarter = estimate_share("good", strata)
    alone = {name: estimate_share("good", [one for one in strata if one.period == name]) for name in months}
    cases = sum(one.population or 0 for one in alone.values())
    assert quarter.value == pytest.approx(
        sum((one.value or 0) * (one.population or 0) / cases for one in alone.values())
    )
    assert (quarter.periods, quarter.n, quarter.degrees) == (tuple(months), 276, 276 - 15)
    assert (quarter.error or 1) < min(one.error or 0 for one in alone.values())


def test_a_share_out_of_a_count() -> None:
    many, some = simple_share("on time", 81, 263), simple_share("on time", 81, 263, population=300)
    assert limits(many, 4) == (0.2553, 0.3662)
    assert limits(some, 4) == (81 / 300, 0.3662)
    assert (many.population, some.population, many.n) == (None, 300, 263)
    assert (some.error or 1) < (many.error or 0)
    every = simple_share("fulfilled", 3, 4, population=4)
    assert (every.value, every.interval, every.remarks) == (0.75, None, (CENSUS,))
    assert simple_share("on time", 0, 0).remarks == simple_share("on time", 0, 0, 0).remarks == (NOBODY_ANSWERED,)


@given(strata=shares_of_strata, lonely=st.sampled_from(["collapse", "adjust"]))
def test_intervals_hold_the_estimate_and_what_is_already_known(strata: list[Stratum], lonely: str) -> None:
    share = estimate_share("good", strata, Rules(lonely=lonely))
    assert share.value is not None
    assert 0 <= share.value <= 1
    if share.interval is None:
        assert CENSUS in share.remarks
        return
    cases = share.population or 0
    good = sum(sum(one.values) for one in strata)
    assert 0 <= share.interval.low <= share.value <= share.interval.high <= 1
    assert good / cases - 1e-9 <= share.interval.low
    assert share.interval.high <= 1 - (share.n - good) / cases + 1e-9


@given(strata=shares_of_strata, turned=st.permutations(range(6)))
def test_the_order_of_the_strata_does_not_matter(strata: list[Stratum], turned: list[int]) -> None:
    assert estimate_share("good", [strata[n] for n in turned if n < len(strata)]) == estimate_share("good", strata)


@given(strata=shares_of_strata)
def test_not_good_mirrors_good(strata: list[Stratum]) -> None:
    bad = [Stratum(one.code, one.population, tuple(1 - value for value in one.values)) for one in strata]
    one, other = estimate_share("good", strata), estimate_share("not good", bad)
    assert (one.value or 0) + (other.value or 0) == pytest.approx(1)
    assert (one.error is None) == (other.error is None)
    if one.interval and other.interval:
        assert one.interval.low == pytest.approx(1 - other.interval.high, abs=1e-9)


@given(strata=shares_of_strata, times=st.integers(2, 4))
def test_more_audits_with_the_same_answers_say_more(strata: list[Stratum], times: int) -> None:
    few = [Stratum(one.code, one.population + 1 + 4 * one.done, one.values) for one in strata]
    more = [Stratum(one.code, one.population, one.values * times) for one in few]
    before, after = estimate_share("good", few), estimate_share("good", more)
    assert before.value == pytest.approx(after.value)
    if all(one.done > 1 for one in strata) and before.interval and after.interval:
        assert after.interval.high - after.interval.low <= before.interval.high - before.interval.low + 1e-9


def test_questions_without_an_answer_are_refused() -> None:
    with pytest.raises(Invalid, match="values 1 and 0"):
        estimate_share("actions", [Stratum("LAC", 560, (1, 2))])
    with pytest.raises(Invalid, match="total of a domain"):
        estimate_total("actions", [Stratum("LAC", 560, (1, 2), outside=1)])
    with pytest.raises(Invalid, match="twice"):
        estimate_share("good", [Stratum("LAC", 560, (1,)), Stratum("LAC", 560, (0,))])
    with pytest.raises(Invalid):
        simple_share("on time", 5, 4)
    with pytest.raises(Invalid):
        simple_share("on time", 3, 5, population=4)
