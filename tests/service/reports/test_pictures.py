"""Charts in words: one finding each, limits and signals, and no number where there can be none."""

import json

import pytest

from engine.domain.control_charts import Rules, p_chart
from engine.service.reports.found import Course, Grid, Piece
from engine.service.reports.pictures import course_of, findings, grid_of
from tests.factories.council import policy

WORDS = json.loads(policy()["forms/figures/remarks.json"])["words"]
TOLD = {"title": "In time", "what": "w", "population": "p", "says": "On average {value} were in time; {more}."}
MONTHS = [(f"month {place}", 80, 100) for place in range(1, 8)]


def drawn(*points, least=6, run=8):
    chart = p_chart(points, Rules(run=run, least=least))
    return course_of(Course("in_time", "share", chart), TOLD, WORDS, {})


def test_a_steady_course_says_so_and_gives_its_average():
    one = drawn(*MONTHS[:6], ("last", 79, 100))
    assert one["sentence"] == "On average 79.9% were in time; nothing differs from that by more than chance explains."
    assert {point["signal"] for point in one["points"]} == {None}


def test_a_point_beyond_its_limit_is_named_in_words():
    one = drawn(*MONTHS, ("last", 30, 100))
    assert "further from that than chance explains: last." in one["sentence"]
    assert one["points"][-1]["said"] == "Below the lower limit"
    assert one["table"]["rows"][-1] == ["last", "30.0%", 100, "60.6%", "86.9%", "Below the lower limit"]


def test_many_points_are_counted_and_not_all_named():
    low = [(f"low {place}", 50, 100) for place in range(1, 6)]
    sentence = drawn(*low, *[(f"high {place}", 95, 100) for place in range(1, 6)])["sentence"]
    assert "low 1, low 2, low 3 and 7 more" in sentence


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([], "Nothing was counted yet, so nothing is drawn."),
        ([("a", 0, 0)], "Nothing was counted yet, so nothing is drawn."),
        (MONTHS[:3], "There are too few points to tell a change from chance: 3, and 6 are needed."),
        ([(label, 100, 100) for label, _, _ in MONTHS], "It is the same every time, 100.0%, so there is nothing"),
    ],
)
def test_where_nothing_can_be_said_there_is_a_sentence(points, told):
    one = drawn(*points)
    assert one["sentence"].startswith(told)
    assert one["legend"] == []
    json.dumps(one, allow_nan=False)


def piece(count, of):
    return Piece(f"{count} of {of}", count, of, None)


def test_what_is_withheld_is_told_in_words_and_stands_in_no_table():
    grid = Grid("by_team", ("Plan", "All together"), ("North", "South"), ((None, piece(6, 9)), (None, piece(8, 9))), 5)
    one = grid_of(grid, {**TOLD, "says": "Lowest: {group}, {value} ({n})."}, WORDS, {})
    assert [[cell["shown"] for cell in line["cells"]] for line in one["rows"]] == [
        ["Too few", "67%"],
        ["Too few", "89%"],
    ]
    assert one["sentence"] == "Lowest: Plan, South, 67% (9)."
    assert [row[:4] for row in one["table"]["rows"]] == [
        ["Plan", "South", "67%", 9],
        ["All together", "South", "89%", 9],
    ]
    nothing = grid_of(Grid("by_team", ("Plan",), ("North",), ((None,),), 5), TOLD, WORDS, {})
    assert nothing["sentence"] == "There are too few to show a figure."


def figure(group, value, low=None, high=None):
    return {"id": "by_area", "group": group, "value": value, "shown": f"{value}", "low": low, "high": high}


def test_a_difference_within_the_intervals_may_be_chance():
    near = [figure("LAC", 0.5, 0.3, 0.7), figure("CWD", 0.6, 0.4, 0.8)]
    far = [figure("LAC", 0.1, 0.0, 0.2), figure("CWD", 0.9, 0.8, 1.0), figure("CFA", None)]
    assert findings(near, WORDS)["by_area"].endswith("so the difference may be chance alone.")
    assert findings(far, WORDS)["by_area"] == "Highest: CWD, 0.9; lowest: LAC, 0.1."
    assert findings([figure("LAC", 1), figure("CWD", 1)], WORDS)["by_area"] == "All have the same figure, 1."
    assert findings([figure("LAC", 0.5), figure("CWD", None)], WORDS) == {}
