"""Provisional and final editions: response, bounds and the cost of missing audits stand beside the figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.editions import (
    Bounds,
    Response,
    edition,
    error_if_all_done,
    response,
    response_by,
    worst_and_best,
)
from engine.domain.estimates import AUDITS_MISSING, CENSUS, Rules, estimate_share
from engine.domain.strata import Stratum
from engine.errors import Invalid
from tests.factories.surveys import AREAS, FINAL, OCTOBER, PROVISIONAL, month

months_with_gaps = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 80)), min_size=1, max_size=5
).map(
    lambda rows: [
        Stratum.counted(f"area {place}", done + missing + left, done, min(count, done), done + missing)
        for place, (done, count, missing, left) in enumerate(rows)
    ]
)


@pytest.mark.parametrize(
    ("strata", "rate", "low", "high", "missing"),
    [(PROVISIONAL, 87.5, 47.49, 60.02, 15), (FINAL, 97.5, 51.69, 54.20, 3)],
)
def test_response_and_bounds_of_the_reference_month(
    strata: list[Stratum], rate: float, low: float, high: float, missing: int
) -> None:
    assert response(strata).rate == pytest.approx(rate / 100)
    bounds = worst_and_best(strata)
    assert bounds is not None
    assert (round(100 * bounds.low, 2), round(100 * bounds.high, 2), bounds.missing) == (low, high, missing)


def test_both_editions_come_from_the_same_function() -> None:
    first = edition("provisional", "good or better", PROVISIONAL)
    last = edition("final", "good or better", FINAL)
    assert (first.name, last.name) == ("provisional", "final")
    assert first.overall == estimate_share("good or better", PROVISIONAL)
    assert first.overall.value == pytest.approx(0.5355, abs=5e-5)
    assert last.overall.value == pytest.approx(0.5281, abs=5e-5)
    assert first.overall.remarks == (AUDITS_MISSING,)


def test_each_stratum_has_its_own_line() -> None:
    first = edition("provisional", "good or better", PROVISIONAL)
    assert list(first.by_stratum) == list(first.response_by_stratum) == list(AREAS)
    assert first.response_by_stratum["CFA"] == Response(24, 31)
    assert first.by_stratum["CFA"].value == pytest.approx(10 / 24)
    assert first.by_stratum["CFA"].method == "wilson"
    assert first.by_stratum["CWD"].remarks == ()


def test_small_strata_are_withheld_and_the_whole_is_not() -> None:
    first = edition("provisional", "good or better", PROVISIONAL, Rules(suppress_below=7))
    assert first.by_stratum["Next Step"].value is None
    assert first.overall.value is not None


def test_missing_audits_cost_precision() -> None:
    first = edition("provisional", "good or better", PROVISIONAL)
    assert first.overall.error is not None and first.error_if_all_done is not None
    assert 0.040 < first.error_if_all_done < first.overall.error
    nothing_missing = month(OCTOBER, (16, 22, 12, 8, 4))
    assert error_if_all_done(nothing_missing) == pytest.approx(estimate_share("x", nothing_missing).error)


def test_what_the_missing_audits_cost_is_unknown_when_a_stratum_has_one_audit() -> None:
    few = [Stratum("LAC", 560, (1, 0, 1), 28), Stratum("CWD", 210, (1,), 10)]
    assert error_if_all_done(few) is None
    assert error_if_all_done([]) is None
    assert error_if_all_done([Stratum("LAC", 560, (1, 0), 28, outside=1), Stratum("CWD", 210, (1, 0))]) is None
    assert error_if_all_done([Stratum("LAC", 3, (1,), 3), Stratum("CWD", 9, (1, 0), 2)]) == pytest.approx(
        (0.75**2 * (1 - 2 / 9) / 4) ** 0.5
    )


def test_areas_of_several_months_are_pooled_to_one_line() -> None:
    months = [
        Stratum(one.code, one.population, one.values, one.sampled, period=name)
        for name, those in (("2026-10", FINAL), ("2026-11", PROVISIONAL))
        for one in those
    ]
    quarter = edition("provisional", "good or better", months)
    assert list(quarter.by_stratum) == list(AREAS)
    assert quarter.response_by_stratum["LAC"] == Response(54, 56)
    assert quarter.by_stratum["LAC"].value == pytest.approx((16 / 28 + 15 / 26) / 2)
    assert quarter.by_stratum["LAC"].periods == ("2026-10", "2026-11")


def test_a_thematic_audit_is_a_census_in_every_line() -> None:
    theme = edition("final", "plan up to date", [Stratum.counted("CP&P/CIN", 40, 40, 31)], Rules(census=True))
    assert theme.overall.remarks == theme.by_stratum["CP&P/CIN"].remarks == (CENSUS,)
    assert theme.bounds == Bounds(31 / 40, 31 / 40, 0)
    assert theme.error_if_all_done == 0


def test_response_by_auditor_group() -> None:
    audits = [("pool", True), ("officer", True), ("pool", False), ("pool", True), ("officer", True)]
    assert response_by(audits) == {"pool": Response(2, 3), "officer": Response(2, 2)}
    assert response_by([]) == {}
    assert Response(0, 0).rate is None


def test_a_stratum_of_which_nothing_was_sampled_could_be_anything() -> None:
    bounds = worst_and_best([Stratum.counted("LAC", 60, 10, 5), Stratum("CWD", 40, ())])
    assert bounds is not None
    assert (bounds.low, bounds.high, bounds.missing) == (pytest.approx(0.3), pytest.approx(0.7), 0)


def test_no_cases_and_domains_have_no_bounds() -> None:
    assert worst_and_best([]) is None
    assert worst_and_best([Stratum("LAC", 0, ())]) is None
    assert worst_and_best([Stratum("LAC", 9, (1,), outside=2)]) is None
    assert edition("final", "good", []).overall.value is None


def test_impossible_responses_are_refused() -> None:
    for done, sampled in ((-1, 3), (4, 3)):
        with pytest.raises(Invalid):
            Response(done, sampled)


@given(strata=months_with_gaps)
def test_the_bounds_hold_each_other_and_the_share_where_each_stratum_answered(strata: list[Stratum]) -> None:
    bounds = worst_and_best(strata)
    if bounds is None:
        assert not sum(one.population for one in strata)
        return
    assert 0 <= bounds.low <= bounds.high <= 1 + 1e-12
    share = estimate_share("good", strata)
    if all(one.done or not one.population for one in strata):
        assert share.value is not None
        assert bounds.low - 1e-9 <= share.value <= bounds.high + 1e-9
    if not bounds.missing and all(one.drawn or not one.population for one in strata):
        assert bounds.low == pytest.approx(bounds.high)


@given(strata=months_with_gaps, better=st.booleans())
def test_an_audit_that_comes_in_late_can_only_narrow_the_bounds(strata: list[Stratum], better: bool) -> None:
    later = [
        Stratum(one.code, one.population, (*one.values, float(better)), one.sampled) if one.done < one.drawn else one
        for one in strata
    ]
    before, after = worst_and_best(strata), worst_and_best(later)
    if before is not None and after is not None:
        assert before.low - 1e-9 <= after.low <= after.high <= before.high + 1e-9
