"""Pictures of a report in its PDF: bars of figures that belong together, and the course of a figure over time."""

from collections.abc import Mapping
from typing import Any, Final

from fpdf import FPDF, FontFace

from webapp.render.panels import Bar, Bars, band
from webapp.render.plots import TOP, Mark, Plot
from webapp.render.words import sentence

# Millimetres.
LABEL, VALUE, ROW, THICK = 62, 22, 6.5, 3.2
CHART, PIXEL = 48, 48 / 200
INK, BAR, TRACK, QUIET = (11, 12, 12), (13, 85, 98), (231, 236, 237), (120, 128, 130)
SHADES: Final = ((152, 190, 196), (182, 208, 212), (207, 224, 227), (228, 238, 239), (247, 250, 250))
SMALL: Final = 8


def height_of_bars(panel: Bars) -> float:
    """Return how high a picture of bars is, in millimetres."""
    return len(panel.bars) * ROW + 3


def draw_bars(pages: FPDF, panel: Bars) -> None:
    """Draw bars below one another, each with its label, its value and its interval as a line with two ends."""
    for bar in panel.bars:
        with pages.local_context():
            _bar(pages, bar)
        pages.set_xy(pages.l_margin, pages.get_y())
    pages.ln(3)


def _bar(pages: FPDF, bar: Bar) -> None:
    left, top = pages.l_margin, pages.get_y()
    width = pages.epw - LABEL - VALUE
    start, middle = left + LABEL, top + ROW / 2
    pages.set_xy(left, top)
    pages.cell(LABEL, ROW, sentence(str(bar.figure["group"])))
    _box(pages, TRACK, start, middle, width)
    if bar.length:
        _box(pages, BAR, start, middle, width * bar.length / 100)
    if bar.low is not None and bar.high is not None:
        _interval(pages, start + width * bar.low / 100, start + width * bar.high / 100, middle)
    pages.set_xy(start + width, top)
    pages.cell(VALUE, ROW, _value(bar.figure), align="R")
    pages.set_xy(left, top + ROW)


def _box(pages: FPDF, colour: tuple[int, int, int], x: float, middle: float, width: float) -> None:
    pages.set_fill_color(*colour)
    pages.rect(x, middle - THICK / 2, width, THICK, style="F")


def _interval(pages: FPDF, low: float, high: float, middle: float) -> None:
    pages.set_draw_color(*INK)
    pages.set_line_width(0.4)
    pages.line(low, middle, high, middle)
    for end in (low, high):
        pages.line(end, middle - THICK / 2, end, middle + THICK / 2)


def _value(figure: Mapping[str, Any]) -> str:
    if figure["shown"] is None:
        return "Not shown"
    return f"{figure['shown']} of {figure['of']:,}" if figure["kind"] == "count" and figure["of"] else figure["shown"]


def draw_plot(pages: FPDF, picture: Mapping[str, Any], plot: Plot) -> None:
    """Draw the course of a figure: its points, the average as a line, and the limits of each point as dashes."""
    top = pages.get_y() + 5
    with pages.local_context():
        _course(pages, picture, plot, top)
    pages.set_xy(pages.l_margin, top + CHART - 2)
    pages.cell(pages.epw / 2, 4, plot.first)
    pages.cell(pages.epw / 2, 4, plot.last, align="R")
    pages.ln(6)


def draw_grid(pages: FPDF, picture: Mapping[str, Any]) -> None:
    """Draw a table of shares: the darker a cell, the lower its share; what may not be shown is withheld in words."""
    columns = (picture["corner"], *picture["columns"])
    with pages.table(
        col_widths=(3, *(1 for _ in picture["columns"])),
        text_align="LEFT",
        headings_style=FontFace(emphasis="BOLD", fill_color=TRACK),
        line_height=SMALL * 0.45,
        padding=1,
    ) as table:
        table.row(columns)
        for line in picture["rows"]:
            row = table.row((line["label"],))
            for cell in line["cells"]:
                row.cell(cell["shown"], style=None if cell["value"] is None else FontFace(fill_color=_shade(cell)))
    pages.ln(3)


def _shade(cell: Mapping[str, Any]) -> tuple[int, int, int]:
    return SHADES[band(cell["value"]) - 1]


def _course(pages: FPDF, picture: Mapping[str, Any], plot: Plot, top: float) -> None:
    def across(per_cent: float) -> float:
        return float(pages.l_margin + pages.epw * per_cent / 100)

    def down(pixels: float) -> float:
        return top + (pixels - TOP) * PIXEL

    pages.set_xy(pages.l_margin, top - 5)
    pages.cell(pages.epw / 2, 4, f"Scale {plot.least} to {plot.most}")
    pages.cell(pages.epw / 2, 4, f"Average {picture['centre_shown']}", align="R")
    pages.set_draw_color(*QUIET)
    pages.line(across(0), down(plot.centre), across(100), down(plot.centre))
    pages.set_dash_pattern(dash=1.5, gap=1)
    for mark in plot.marks:
        for limit in (mark.low, mark.high):
            if limit is not None:
                pages.line(across(mark.left), down(limit), across(mark.right), down(limit))
    pages.set_dash_pattern()
    pages.set_draw_color(*BAR)
    for one, following in plot.lines:
        pages.line(across(one.x), down(one.y), across(following.x), down(following.y))
    for mark in plot.marks:
        _mark(pages, mark, across(mark.x), down(mark.y))


def _mark(pages: FPDF, mark: Mark, x: float, y: float) -> None:
    """Draw a point: what is remarkable is larger and has corners, so that no colour is needed to see it."""
    pages.set_fill_color(*(INK if mark.shape != "dot" else BAR))
    if mark.shape == "diamond":
        pages.polygon([(x, y - 2), (x + 2, y), (x, y + 2), (x - 2, y)], style="F")
    elif mark.shape == "square":
        pages.rect(x - 1.4, y - 1.4, 2.8, 2.8, style="F")
    else:
        pages.circle(x, y, 1, style="F")
