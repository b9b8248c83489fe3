"""Charts: bars for shares that belong together, and nothing where there is nothing to compare."""

from webapp.render.charts import BAR, charts


def share(group, value, low=None, high=None, kind="share", name="by_area"):
    return {
        "id": name,
        "kind": kind,
        "group": group,
        "what": "the share of cases",
        "value": value,
        "low": low,
        "high": high,
        "shown": None if value is None else f"{100 * value:.1f}%",
        "sentence": "There are too few to show a figure.",
    }


def test_shares_of_the_same_kind_are_drawn_together():
    part = {
        "figures": [share("LAC", 0.5, 0.25, 0.75), share("CWD", 1.0), share("CFA", None), share(None, 0.2, name="x")]
    }
    (chart,) = charts(part)
    assert [(bar.label, bar.shown, bar.length) for bar in chart.bars] == [
        ("LAC", "50.0%", BAR / 2),
        ("CWD", "100.0%", BAR),
        ("CFA", "not shown", None),
    ]
    assert (chart.bars[0].low, chart.bars[0].high) == (BAR / 4, BAR * 3 / 4)
    assert chart.sentence == "LAC: 50.0% CWD: 100.0% CFA: There are too few to show a figure."


def test_one_share_and_counts_are_no_chart():
    assert charts({"figures": [share("LAC", 0.5), share("CWD", None)]}) == []
    assert charts({"figures": [share("LAC", 3, kind="count"), share("CWD", 4, kind="count")]}) == []
    assert charts({"figures": []}) == []
