"""Panels: bars for figures that belong together, charts, and a list of the rest."""

import pytest

from webapp.render.panels import band, panels


def figure(group, value, low=None, high=None, kind="share", name="by_area", of=None):
    return {
        "id": name,
        "kind": kind,
        "group": group,
        "what": "the share of cases",
        "title": f"Share of cases: {group}",
        "value": value,
        "low": low,
        "high": high,
        "of": of,
        "shown": None if value is None else f"{100 * value:.1f}%",
        "sentence": "There are too few to show a figure.",
    }


def shown(*figures, **more):
    return panels({"figures": list(figures), "tables": [], **more})


def test_figures_of_the_same_kind_are_drawn_together_and_others_listed():
    alone = figure(None, 0.2, name="x")
    found = shown(
        figure("LAC", 0.5, 0.25, 0.75),
        figure("CWD", 1.0),
        figure("CFA", None),
        alone,
        findings={"by_area": "Highest: CWD."},
    )
    (bars,) = found.bars
    assert [(bar.figure["group"], bar.length) for bar in bars.bars] == [("LAC", 50), ("CWD", 100), ("CFA", None)]
    assert (bars.bars[0].low, bars.bars[0].high) == (25, 75)
    assert (bars.title, bars.finding) == ("Share of cases", "Highest: CWD.")
    assert bars.said == ("Share of cases. LAC: 50.0%; CWD: 100.0%; CFA: There are too few to show a figure.")
    assert found.alone == (alone,)


def test_counts_are_drawn_as_parts_of_their_whole():
    (bars,) = shown(figure("Open", 3, kind="count", of=12), figure("Done", 9, kind="count", of=12)).bars
    assert [bar.length for bar in bars.bars] == [25, 75]
    none = (figure("Open", 0, kind="count", of=0), figure("Done", 0, kind="count", of=0))
    assert (shown(*none).bars, shown(*none).alone) == ((), none)


def test_one_figure_and_means_are_no_chart():
    assert shown(figure("LAC", 0.5), figure("CWD", None)).bars == ()
    assert shown(figure("LAC", 0.5, kind="mean"), figure("CWD", 0.4, kind="mean")).bars == ()
    assert shown().alone == ()


def test_the_table_of_a_picture_is_not_shown_twice():
    own = {"id": "by_team", "title": "By team"}
    grid = {"id": "by_team", "title": "By team", "picture": "grid", "table": own}
    found = panels({"figures": [], "tables": [dict(own), {"id": "work", "title": "Work"}], "pictures": [grid]})
    assert (found.grids, [one["id"] for one in found.tables]) == ((grid,), ["work"])


@pytest.mark.parametrize(("share", "shade"), [(0, 1), (0.19, 1), (0.2, 2), (0.99, 5), (1, 5)])
def test_a_share_has_one_of_five_shades(share, shade):
    assert band(share) == shade
