"""Control charts and tables of shares as plain JSON: what is drawn, said and listed of them is worded by the owners."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.domain.control_charts import ChartPoint
from engine.service.reports.found import Course, Grid, Piece
from engine.service.reports.wording import figure_in_words, filled

Json = dict[str, Any]
BEYOND: Final = ("above", "below")
MOST_NAMED: Final = 3
COURSE_COLUMNS: Final = ("when", "figure", "out_of", "low", "high", "signal")
GRID_COLUMNS: Final = ("row", "column", "figure", "out_of", "low", "high")


def course_of(course: Course, told: Mapping[str, str], words: Mapping[str, str], keys: Mapping[str, str]) -> Json:
    """Return a control chart: `told` are its title, what it is, of which population, and its sentences."""
    chart = course.chart
    points = [_point(course, one, words, keys) for one in chart.points]
    return {
        "picture": "course",
        "id": course.id,
        **_head(told),
        "sentence": _finding(course, told, words),
        "kind": course.kind,
        "centre": chart.centre,
        "centre_shown": None if chart.centre is None else figure_in_words(course.kind, chart.centre),
        "points": points,
        "legend": [
            filled(words[name], {"level": f"{chart.rules.sigmas:g}", "n": str(chart.rules.run)})
            for name in ("chart_limits", "chart_signals")
            if not chart.remarks
        ],
        "table": _table(course.id, told["title"], COURSE_COLUMNS, words, [_course_row(one) for one in points]),
    }


def grid_of(grid: Grid, told: Mapping[str, str], words: Mapping[str, str], keys: Mapping[str, str]) -> Json:
    """Return a table of shares by row and column; small numbers, and those they could be found from, are withheld."""
    cells = [[_piece(piece, words, keys) for piece in line] for line in grid.pieces]
    shown = [
        (row, column, cell)
        for row, line in zip(grid.rows, cells, strict=True)
        for column, cell in zip(grid.columns, line, strict=True)
        if cell["value"] is not None
    ]
    listed = [(row, column, cell["shown"], cell["n"], cell["low"], cell["high"]) for row, column, cell in shown]
    return {
        "picture": "grid",
        "id": grid.id,
        **_head(told),
        "sentence": _lowest(shown, told, words) if shown else words["suppressed"],
        "kind": "share",
        "corner": words["column_row"],
        "columns": list(grid.columns),
        "rows": [{"label": row, "cells": line} for row, line in zip(grid.rows, cells, strict=True)],
        "legend": [filled(words["grid_withheld"], {"n": str(grid.minimum)})],
        "table": _table(grid.id, told["title"], GRID_COLUMNS, words, listed),
    }


def findings(figures: Sequence[Json], words: Mapping[str, str]) -> Json:
    """Return one sentence for figures of the same kind that stand together, by their id: the highest and the lowest."""
    groups: dict[str, list[Json]] = {}
    for one in figures:
        if one["group"] and one["value"] is not None:
            groups.setdefault(one["id"], []).append(one)
    return {name: _span(those, words) for name, those in groups.items() if len(those) > 1}


def _span(those: Sequence[Json], words: Mapping[str, str]) -> str:
    least, most = (choose(those, key=lambda one: one["value"]) for choose in (min, max))
    facts = {"group": most["group"], "value": most["shown"], "before": least["group"], "low": least["shown"]}
    overlap = None not in (least["high"], most["low"]) and least["high"] >= most["low"]
    same = least["value"] == most["value"]
    return filled(words["bars_same" if same else "bars_overlap" if overlap else "bars_apart"], facts)


def _head(told: Mapping[str, str]) -> Json:
    return {name: told[name] for name in ("title", "what", "population")}


def _point(course: Course, point: ChartPoint, words: Mapping[str, str], keys: Mapping[str, str]) -> Json:
    shown = [None if one is None else figure_in_words(course.kind, one) for one in (point.value, point.low, point.high)]
    return {
        "label": point.label,
        "value": point.value,
        "low": point.low,
        "high": point.high,
        "shown": shown[0],
        "low_shown": shown[1],
        "high_shown": shown[2],
        "n": course.sizes.get(point.label, round(point.size)),
        "signal": point.signal,
        "said": None if point.signal is None else words[f"signal_{point.signal}"],
        "rows": keys.get(point.label),
    }


def _course_row(point: Json) -> tuple[Any, ...]:
    return (point["label"], point["shown"], point["n"], point["low_shown"], point["high_shown"], point["said"])


def _finding(course: Course, told: Mapping[str, str], words: Mapping[str, str]) -> str:
    chart = course.chart
    facts = {
        "n": str(sum(point.value is not None for point in chart.points)),
        "of": str(chart.rules.least),
        **({} if chart.centre is None else {"value": figure_in_words(course.kind, chart.centre)}),
    }
    if chart.remarks:
        return filled(words[f"chart_{chart.remarks[0]}"], facts)
    beyond = [point.label for point in chart.points if point.signal in BEYOND]
    run = [point.label for point in chart.points if point.signal == "run"]
    found = ("beyond", beyond) if beyond else ("run", run) if run else ("steady", [])
    more = filled(words[f"chart_{found[0]}"], {"group": _listed(found[1], words), "n": str(chart.rules.run)})
    return filled(told["says"], {**facts, "more": more})


def _listed(labels: Sequence[str], words: Mapping[str, str]) -> str:
    """Return labels one after the other, the last ones only counted when they are many."""
    if len(labels) <= MOST_NAMED:
        return ", ".join(labels)
    facts = {"group": ", ".join(labels[:MOST_NAMED]), "n": str(len(labels) - MOST_NAMED)}
    return filled(words["and_more"], facts)


def _lowest(shown: Sequence[tuple[str, str, Json]], told: Mapping[str, str], words: Mapping[str, str]) -> str:
    everywhere = words["all_together"]
    inner = [one for one in shown if everywhere not in one[:2]]
    lines = inner or [one for one in shown if one[:2] != (everywhere, everywhere)] or shown
    row, column, cell = min(lines, key=lambda one: (one[2]["value"], one[0], one[1]))
    return filled(told["says"], {"group": f"{row}, {column}", "value": cell["shown"], "n": str(cell["n"])})


def _piece(piece: Piece | None, words: Mapping[str, str], keys: Mapping[str, str]) -> Json:
    if piece is None:
        return {
            "value": None,
            "shown": words["withheld"],
            "n": None,
            "of": None,
            "low": None,
            "high": None,
            "rows": None,
        }
    interval = piece.interval
    return {
        "value": piece.value,
        "shown": f"{100 * piece.value:.0f}%",
        "n": piece.of,
        "of": f"{piece.count:,} of {piece.of:,}",
        "low": None if interval is None else figure_in_words("share", interval.low),
        "high": None if interval is None else figure_in_words("share", interval.high),
        "rows": keys.get(piece.key),
    }


def _table(name: str, title: str, columns: Sequence[str], words: Mapping[str, str], rows: Sequence[Any]) -> Json:
    labels = [{"id": one, "label": words[f"column_{one}"]} for one in columns]
    return {"id": name, "group": None, "title": title, "columns": labels, "rows": [list(row) for row in rows]}
