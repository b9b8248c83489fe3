"""Control charts: limits by the published formulas, signals and what is said where there can be none."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.control_charts import (
    NO_VARIATION,
    NOTHING_COUNTED,
    TOO_FEW_POINTS,
    Rules,
    p_chart,
    u_chart,
    xmr_chart,
)
from engine.errors import Invalid

# Montgomery's orange juice cans, which the NIST e-Handbook 6.3.3.2 tells as wafers: thirty samples of fifty.
NONCONFORMING = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10),
    *(5, 6, 17, 12, 22, 8, 10, 5, 13, 11),
    *(20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]


def test_the_published_p_chart() -> None:
    chart = p_chart([(str(place), count, 50) for place, count in enumerate(NONCONFORMING, start=1)])
    assert (round(chart.centre or 0, 4), chart.n, chart.kind) == (0.2313, 1500, "p")
    assert {(round(one.low or 0, 4), round(one.high or 0, 4)) for one in chart.points} == {(0.0524, 0.4102)}
    assert {one.label: one.signal for one in chart.points if one.signal} == {"15": "above", "23": "above"}


def test_the_limits_of_a_p_chart_follow_the_size_and_stay_shares() -> None:
    chart = p_chart([("Oct", 1, 4), ("Nov", 10, 100), ("Dec", 9, 96)])
    small, large, _ = chart.points
    assert chart.centre == 0.1
    assert (small.low, small.high) == (0, pytest.approx(0.1 + 3 * 0.15))
    assert (large.low, large.high) == (pytest.approx(0.01), pytest.approx(0.19))


def test_the_limits_of_a_u_chart() -> None:
    chart = u_chart([("Oct", 36, 9), ("Nov", 144, 36), ("Dec", 25, 4), ("Jan", 11, 5)])
    assert (chart.centre, chart.n, chart.kind) == (4, 54, "u")
    limits = [(one.value, one.low, one.high, one.signal) for one in chart.points[:3]]
    assert limits == [(4, 2, 6, None), (4, 3, 5, None), (6.25, 1, 7, None)]
    assert [one.signal for one in u_chart([("Oct", 60, 9), ("Nov", 120, 36)]).points] == ["above", None]


def test_points_of_no_size_have_no_value_and_charts_of_nothing_no_centre() -> None:
    chart = p_chart([("Oct", 0, 0), ("Nov", 3, 10)])
    assert (chart.centre, chart.points[0].value, chart.points[0].high) == (0.3, None, None)
    for nothing in (p_chart([]), u_chart([]), p_chart([("Oct", 0, 0)]), u_chart([("Oct", 0, 0)])):
        assert (nothing.centre, nothing.remarks) == (None, (NOTHING_COUNTED,))


def test_a_centre_of_none_or_all_has_no_limits() -> None:
    for chart in (p_chart([("Oct", 0, 9)]), p_chart([("Oct", 9, 9)]), u_chart([("Oct", 0, 9)])):
        assert (chart.points[0].low, chart.points[0].signal, chart.remarks) == (None, None, (NO_VARIATION,))


@given(points=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=20))
def test_a_point_beyond_its_limits_and_no_other_is_a_signal(points: list[tuple[int, int]]) -> None:
    shares = p_chart([(str(place), min(pair), pair[1]) for place, pair in enumerate(points)], Rules(sigmas=2, run=21))
    counts = u_chart([(str(place), *pair) for place, pair in enumerate(points)], Rules(sigmas=2, run=21))
    for chart in (shares, counts):
        for one in chart.points:
            assert one.value is not None and chart.centre is not None
            if one.low is None or one.high is None:
                assert chart.remarks == (NO_VARIATION,)
            else:
                assert one.low <= chart.centre <= one.high
                assert one.signal == ("above" if one.value > one.high else "below" if one.value < one.low else None)


def test_impossible_charts_are_refused() -> None:
    for count, of in ((-1, 5), (6, 5)):
        with pytest.raises(Invalid):
            p_chart([("Oct", count, of)])
    for found, units in ((-1, 5.0), (1, 0.0), (1, nan), (1, -2.0), (1, inf)):
        with pytest.raises(Invalid):
            u_chart([("Oct", found, units)])
    for sigmas in (0, -1, nan, inf):
        with pytest.raises(Invalid):
            p_chart([("Oct", 1, 5)], Rules(sigmas))


# NIST e-Handbook 6.3.2.2: ten batches of a chemical process.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def measured(*values: float) -> list[tuple[str, float]]:
    return [(str(place), value) for place, value in enumerate(values, start=1)]


def test_the_published_chart_of_single_measures() -> None:
    chart = xmr_chart(measured(*FLOW))
    assert (chart.kind, chart.centre, chart.n) == ("xmr", pytest.approx(50.81), 10)
    limits = {(round(one.low or 0, 4), round(one.high or 0, 4)) for one in chart.points}
    assert limits == {(45.8159, 55.8041)}
    assert chart.signals == ()


def test_three_sigmas_are_the_published_2_66_moving_ranges() -> None:
    chart = xmr_chart(measured(10, 12, 10, 12, 30))
    mean_range = (2 + 2 + 2 + 18) / 4
    assert chart.points[0].high == pytest.approx((chart.centre or 0) + 2.66 * mean_range, rel=1e-3)


def test_limits_stay_within_what_is_possible() -> None:
    chart = xmr_chart(measured(0.1, 0.9, 0.2, 0.8), least=0, most=1)
    assert {(one.low, one.high) for one in chart.points} == {(0, 1)}


def test_eight_on_one_side_are_a_run_and_a_point_on_the_centre_ends_it() -> None:
    level = [1, 3] * 4
    run = xmr_chart(measured(*level, *[5, 7] * 4))
    assert [one.label for one in run.signals] == [str(place) for place in range(1, 17)]
    assert {one.signal for one in run.points} == {"run"}
    seven = xmr_chart(measured(*level[:7], *[5, 7] * 3, 5), Rules())
    assert [one.signal for one in seven.points] == [None] * 14
    centre = xmr_chart(measured(1, 1, 1, 1, 3, 1, 1, 1, 1, 5, 5, 5, 4, 14))
    assert centre.centre == pytest.approx(44 / 14)
    assert [one.signal for one in centre.points[:9]] == ["run"] * 9
    broken = xmr_chart(measured(1, 1, 1, 1, 3, 1, 1, 1, 1, 15))
    assert broken.centre != 3
    on_it = xmr_chart(measured(1, 1, 1, 1, 2, 1, 1, 1, 1, 10))
    assert on_it.centre == 2
    assert [one.signal for one in on_it.points[:9]] == [None] * 9


def test_beyond_a_limit_is_told_before_a_run() -> None:
    chart = p_chart([(str(place), 50, 100) for place in range(8)] + [("8", 95, 100), ("9", 0, 100)])
    assert [one.signal for one in chart.points[-2:]] == ["above", "below"]


def test_a_month_without_a_value_ends_no_run() -> None:
    months = [("0", 0, 40), *[(str(place), 6, 10) for place in range(1, 5)], ("none", 0, 0)]
    chart = p_chart([*months, *[(str(place), 6, 10) for place in range(5, 9)]])
    assert [one.signal for one in chart.points] == ["below", *["run"] * 4, None, *["run"] * 4]


def test_too_few_points_have_no_limits_and_no_signals() -> None:
    rules = Rules(least=6)
    for chart in (p_chart([("Oct", 0, 90), ("Nov", 90, 90)], rules), xmr_chart(measured(1, 9, 1, 9, 1), rules)):
        assert chart.remarks == (TOO_FEW_POINTS,)
        assert {(one.low, one.high, one.signal) for one in chart.points} == {(None, None, None)}
        assert chart.centre is not None
    assert xmr_chart(measured(1, 9, 1, 9, 1, 9), rules).remarks == ()


def test_nothing_and_what_never_moves() -> None:
    assert (xmr_chart([]).centre, xmr_chart([]).remarks) == (None, (NOTHING_COUNTED,))
    assert xmr_chart(measured(4, 4, 4)).remarks == (NO_VARIATION,)


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), shift=st.floats(-1e3, 1e3))
def test_moving_all_measures_moves_the_limits_with_them(values: list[float], shift: float) -> None:
    before, after = xmr_chart(measured(*values)), xmr_chart(measured(*(value + shift for value in values)))
    for one, other in zip(before.points, after.points, strict=True):
        if one.high is not None and other.high is not None:
            assert other.high - shift == pytest.approx(one.high, rel=1e-6, abs=1e-3)


@given(values=st.lists(st.integers(-100, 100), min_size=2, max_size=30))
def test_the_limits_enclose_the_centre_and_what_lies_beyond_is_marked(values: list[int]) -> None:
    chart = xmr_chart(measured(*values), Rules(run=31))
    assert chart.centre is not None
    for one in chart.points:
        if one.low is None or one.high is None or one.value is None:
            assert chart.remarks == (NO_VARIATION,)
        else:
            assert one.low <= chart.centre <= one.high
            assert one.signal == ("above" if one.value > one.high else "below" if one.value < one.low else None)


def test_measures_that_are_no_numbers_are_refused() -> None:
    for value in (nan, inf):
        with pytest.raises(Invalid):
            xmr_chart(measured(1, value))
