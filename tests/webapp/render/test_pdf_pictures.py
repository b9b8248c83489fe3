"""Pictures in the PDF of a report: every bar with its label, value and interval, and nothing of them stays behind."""

import pytest
from fpdf import FPDF

from webapp.render.panels import panels
from webapp.render.pdf_pictures import draw_bars, draw_grid, draw_plot
from webapp.render.plots import plot_of


@pytest.fixture
def pages():
    found = FPDF()
    found.set_compression(False)
    found.add_page()
    found.set_font("Helvetica", size=8)
    return found


def written(pages):
    return bytes(pages.output()).decode("latin-1")


def figure(group, value, low=None, high=None):
    shown = None if value is None else f"{100 * value:.1f}%"
    return {
        "id": "area", "title": f"Good: {group}", "what": "good", "group": group, "kind": "share", "value": value,
        "low": low, "high": high, "shown": shown, "of": None, "sentence": "",
    }  # fmt: skip


def bars(*figures):
    (found,) = panels({"figures": figures, "tables": []}).bars
    return found


def test_bars_have_their_labels_values_and_intervals(pages):
    draw_bars(pages, bars(figure("LAC", 0.5, 0.3, 0.7), figure("CWD", 0.25), figure("CFA", None)))
    content = written(pages)
    for words in ("LAC", "50.0%", "CWD", "25.0%", "CFA", "Not shown"):
        assert f"({words}) Tj" in content
    assert content.count(" re f") == 3 + 2, "a track for each, a bar for those with a figure"
    assert content.count(" l S") == 3, "one interval: a line with two ends"


def test_what_is_drawn_leaves_no_colour_behind(pages):
    before = pages.fill_color, pages.draw_color, pages.line_width
    draw_bars(pages, bars(figure("LAC", 0.5, 0.3, 0.7), figure("CWD", 0.25)))
    assert (pages.fill_color, pages.draw_color, pages.line_width) == before


def test_a_course_says_its_scale_and_average_and_marks_what_is_remarkable(pages):
    points = [
        {"label": "May", "value": 0.5, "low": 0.2, "high": 0.8, "shown": "50%", "low_shown": "20%",
         "high_shown": "80%", "signal": None, "said": None},
        {"label": "June", "value": 0.9, "low": 0.2, "high": 0.8, "shown": "90%", "low_shown": "20%",
         "high_shown": "80%", "signal": "above", "said": "Above"},
    ]  # fmt: skip
    picture = {"title": "Good", "sentence": "", "centre": 0.5, "centre_shown": "50%", "points": points}
    draw_plot(pages, picture, plot_of(picture))
    content = written(pages)
    for words in ("Scale 20% to 90%", "Average 50%", "May", "June"):
        assert f"({words}) Tj" in content
    assert (pages.fill_color, pages.dash_pattern["dash"]) == (FPDF().fill_color, 0)


def test_a_table_of_shares_names_what_is_withheld(pages):
    cells = [{"value": 0.1, "shown": "10%"}, {"value": None, "shown": "Too few"}]
    picture = {"corner": "Section", "columns": ["North", "South"], "rows": [{"label": "Plan", "cells": cells}]}
    draw_grid(pages, picture)
    content = written(pages)
    for words in ("Section", "North", "Plan", "10%", "Too few"):
        assert f"({words}) Tj" in content
