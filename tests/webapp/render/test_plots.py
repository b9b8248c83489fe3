"""Drawings of control charts: inside their frame, marked by shape, and told in words."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.render.plots import HEIGHT, LEFT, RIGHT, TOP, plot_of


def point(label, value, low=None, high=None, signal=None):
    said = None if signal is None else "Above the upper limit"
    return {
        "label": label,
        "value": value,
        "low": low,
        "high": high,
        "shown": f"{value}",
        "low_shown": f"{low}",
        "high_shown": f"{high}",
        "signal": signal,
        "said": said,
    }


def picture(*points, centre=0.5):
    return {"title": "Done in time", "sentence": "Steady.", "centre": centre, "points": list(points)}


def test_every_signal_has_a_shape_of_its_own_and_is_told():
    plot = plot_of(
        picture(point("Oct", 0.5, 0.2, 0.8), point("Nov", 0.9, 0.2, 0.8, "above"), point("Dec", 0.6, 0.2, 0.8, "run"))
    )
    assert [mark.shape for mark in plot.marks] == ["dot", "diamond", "square"]
    assert (plot.first, plot.last, len(plot.lines)) == ("Oct", "Dec", 2)
    assert (plot.least, plot.most) == ("0.2", "0.9")
    assert plot.said == (
        "Done in time. Steady. Oct: 0.5; Nov: 0.9 (above the upper limit); Dec: 0.6 (above the upper limit)"
    )


def test_a_higher_value_stands_higher():
    low, high = plot_of(picture(point("Oct", 0.2), point("Nov", 0.7))).marks
    assert high.y < low.y


def test_fewer_than_two_points_are_not_drawn():
    assert plot_of(picture(point("Oct", 0.5))) is None
    assert plot_of(picture(centre=None)) is None
    empty = {**point("Nov", 0), "value": None}
    assert plot_of(picture(point("Oct", 0.5), empty)) is None


def test_what_never_moves_stands_in_the_middle():
    plot = plot_of(picture(point("Oct", 0.5), point("Nov", 0.5)))
    assert {mark.y for mark in plot.marks} == {TOP + HEIGHT / 2} == {plot.centre}


@given(st.lists(st.floats(0, 1), min_size=2, max_size=40), st.floats(0, 1))
def test_all_lies_inside_the_frame(values, centre):
    plot = plot_of(picture(*(point(str(n), value, 0.0, 1.0) for n, value in enumerate(values)), centre=centre))
    for mark in plot.marks:
        assert LEFT <= mark.left <= mark.x <= mark.right <= RIGHT + 0.01
        assert TOP <= mark.y <= TOP + HEIGHT
        assert (mark.high, mark.low) == (TOP, TOP + HEIGHT)
