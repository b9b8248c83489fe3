"""Drift of an auditor's grades against the case mix."""

from math import inf, nan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.drift import (
    NO_COMPARISON,
    NO_VARIATION,
    TOO_FEW_AUDITS,
    VARIANCE_NOT_ESTIMABLE,
    GradedAudit,
    drifts,
)
from engine.errors import Invalid

audits_of_all = st.lists(
    st.builds(GradedAudit, st.sampled_from(["Bev", "Dan", "Eve"]), st.sampled_from(["LAC", "CFA"]), st.integers(1, 4)),
    max_size=40,
)


def graded(auditor: str, stratum: str, *grades: float) -> list[GradedAudit]:
    return [GradedAudit(auditor, stratum, grade) for grade in grades]


OTHERS = graded("Dan", "LAC", 2, 3, 3, 2, 3, 2, 3, 2) + graded("Eve", "CFA", 1, 2, 1, 2, 2, 1, 2, 1)


def test_an_auditor_with_harder_cases_is_not_taken_for_a_strict_one() -> None:
    found = drifts([*OTHERS, *graded("Bev", "CFA", 2, 1, 2, 1, 2, 1)], limit=2, minimum=6)["Bev"]
    assert found.points[-1].mean == found.points[-1].expected == 1.5
    assert (found.state, found.n, found.population, found.remarks) == ("within", 6, 16, ())


def test_grades_far_above_or_below_the_others_are_flagged() -> None:
    generous = drifts([*OTHERS, *graded("Bev", "CFA", 3, 3, 2, 3, 3, 3)], 2, 6)["Bev"]
    strict = drifts([*OTHERS, *graded("Bev", "LAC", 1, 1, 2, 1, 1, 1)], 2, 6)["Bev"]
    assert (generous.state, strict.state) == ("generous", "strict")


def test_the_error_is_that_of_a_contrast_between_means() -> None:
    found = drifts([*OTHERS, *graded("Bev", "LAC", 3, 3), *graded("Bev", "CFA", 2)], 2, 6)["Bev"]
    pooled_variance = (8 * 0.25 + 8 * 0.25) / 14
    last = found.points[-1]
    assert (last.n, last.mean) == (3, pytest.approx(8 / 3))
    assert last.expected == pytest.approx((2.5 + 2.5 + 1.5) / 3)
    assert last.error == pytest.approx((pooled_variance * (1 / 3 + (2 / 3) ** 2 / 8 + (1 / 3) ** 2 / 8)) ** 0.5)
    assert found.interval is not None
    assert found.interval.high - found.interval.low == pytest.approx(4 * (last.error or 0))
    assert found.interval.level == pytest.approx(0.9545, abs=5e-5)


def test_before_the_minimum_of_audits_nobody_is_flagged() -> None:
    audits = [*OTHERS, *graded("Bev", "CFA", 4, 4, 4, 4, 4, 4)]
    early = drifts(audits[:-1], 2, 6)["Bev"]
    assert (early.state, early.remarks, len(early.points)) == (None, (TOO_FEW_AUDITS,), 5)
    assert drifts(audits, 2, 6)["Bev"].state == "generous"
    assert drifts(audits[:-1], 2, 0)["Bev"].state == "generous"


def test_the_running_mean_follows_the_audits_in_their_order() -> None:
    found = drifts([*graded("Bev", "LAC", 4), *OTHERS, *graded("Bev", "LAC", 2, 3)], 2, 6)["Bev"]
    assert [(point.n, point.mean) for point in found.points] == [(1, 4), (2, 3), (3, 3)]


def test_every_auditor_is_measured_against_the_others() -> None:
    found = drifts(OTHERS, 2, 6)
    assert set(found) == {"Dan", "Eve"}
    assert found["Dan"].remarks == (TOO_FEW_AUDITS, NO_COMPARISON)


def test_cases_of_a_stratum_that_nobody_else_graded_are_left_out() -> None:
    found = drifts([*OTHERS, *graded("Bev", "CWD", 4, 4), *graded("Bev", "LAC", 2, 3, 2, 3, 3, 2)], 2, 6)["Bev"]
    assert (found.n, found.state, found.remarks) == (6, "within", (NO_COMPARISON,))


def test_others_who_all_agree_or_are_too_few_give_no_measure() -> None:
    agreeing = graded("Dan", "LAC", 3, 3, 3)
    mine = graded("Bev", "LAC", 1, 1, 1, 1, 1, 1)
    same = drifts([*agreeing, *mine], 2, 6)["Bev"]
    assert (same.state, same.interval, same.remarks) == (None, None, (NO_VARIATION,))
    one = drifts([*agreeing[:1], *mine], 2, 6)["Bev"]
    assert (one.state, one.points[-1].error, one.remarks) == (None, None, (VARIANCE_NOT_ESTIMABLE,))


def test_a_lone_auditor_has_nobody_to_be_compared_with() -> None:
    alone = drifts(graded("Bev", "LAC", 1, 2, 3, 4, 1, 2), 2, 6)["Bev"]
    assert (alone.n, alone.population, alone.points, alone.state) == (0, 0, (), None)
    assert drifts([], 2, 6) == {}


@given(audits=audits_of_all, shift=st.integers(-5, 5))
def test_moving_all_grades_moves_nobody(audits: list[GradedAudit], shift: int) -> None:
    moved = [GradedAudit(one.auditor, one.stratum, one.grade + shift) for one in audits]
    before, after = drifts(audits, 2, 3), drifts(moved, 2, 3)
    assert {name: one.n for name, one in before.items()} == {name: one.n for name, one in after.items()}
    for name, one in before.items():
        for point, other in zip(one.points, after[name].points, strict=True):
            assert other.mean - other.expected == pytest.approx(point.mean - point.expected, abs=1e-9)
            assert other.error == pytest.approx(point.error, abs=1e-9)


@given(audits=audits_of_all, shuffled=st.randoms(use_true_random=False))
def test_the_order_changes_the_way_and_not_where_it_ends(audits: list[GradedAudit], shuffled: Random) -> None:
    before, after = drifts(audits, 2, 3), drifts(shuffled.sample(audits, len(audits)), 2, 3)
    for name, one in before.items():
        assert (one.n, one.remarks) == (after[name].n, after[name].remarks)
        if one.points:
            last, other = one.points[-1], after[name].points[-1]
            assert (last.mean, last.expected) == pytest.approx((other.mean, other.expected))
            assert last.error == pytest.approx(other.error)


@pytest.mark.parametrize(("limit", "minimum", "grade"), [(0, 6, 3), (nan, 6, 3), (inf, 6, 3), (2, -1, 3), (2, 6, nan)])
def test_impossible_rules_and_grades_are_refused(limit: float, minimum: int, grade: float) -> None:
    with pytest.raises(Invalid):
        drifts([*OTHERS, *graded("Bev", "LAC", grade)], limit, minimum)
