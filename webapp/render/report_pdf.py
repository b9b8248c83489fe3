"""A report as PDF/A-2u: text that can be searched and read aloud, an outline of its parts, pictures above their tables.

Every page carries the marking, and below it what report it belongs to, of when, and its number.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from fpdf import FPDF, FontFace, TextStyle
from fpdf.enums import TableCellFillMode, XPos, YPos

from webapp.render.panels import panels
from webapp.render.pdf_pictures import CHART, draw_bars, draw_grid, draw_plot, height_of_bars
from webapp.render.plots import Plot
from webapp.render.report_lines import Report, front, tables
from webapp.render.words import cell as cell_in_words
from webapp.render.words import moment, sentence

FONT: Final = "Lato"
INK, FILL = (11, 12, 12), (243, 242, 241)
SMALLEST, SMALL, TEXT, HEADING, TITLE = 6.5, 8, 10, 14, 20
LEAST: Final = 45  # millimetres that a heading and what follows it need
WIDTHS: Final = (44, 20, 30, 96)
WIDEST, MARGIN = 48, 4  # signs in a column
PORTRAIT: Final = 8  # columns that fit across a page that stands
MOST_TOGETHER: Final = 160  # millimetres
CREATED: Final = "Casefile"


class _Pages(FPDF):
    """Pages with the marking above and below, and below it the report, when it was made and the number of the page."""

    def __init__(self, report: Report) -> None:
        wide = max((len(one["columns"]) for one in tables(report)), default=0) > PORTRAIT
        super().__init__("landscape" if wide else "portrait", enforce_compliance="PDF/A-2U")
        self._report = report
        folder = files("font_lato") / "files"
        for style, name in (("", "Lato-Regular.ttf"), ("B", "Lato-Bold.ttf")):
            self.add_font(FONT, style, str(folder / name))
        self.set_lang("en-GB")
        self.set_title(f"{report['title']}, {report['period_in_words']}")
        self.set_creator(CREATED)
        self.set_margins(10, 18, 10)
        self.set_auto_page_break(auto=True, margin=20)
        self.set_text_color(*INK)
        self.set_section_title_styles(_style(TITLE, 0), _style(HEADING, 6))

    def header(self) -> None:
        """Write the marking."""
        self._edge(8, self._report["marking"] or "")

    def footer(self) -> None:
        """Write the marking, and what the page belongs to."""
        self._edge(-15, self._report["marking"] or "")
        self._edge(-11, f"{said_of(self._report)} · Page {self.page_no()} of {{nb}}", "")

    def _edge(self, y: float, words: str, style: str = "B") -> None:
        self.set_font(FONT, style, SMALL)
        self.set_y(y)
        self.cell(0, 5, words, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def say(self, words: str, style: str = "", size: float = TEXT) -> None:
        """Write a paragraph."""
        self.set_font(FONT, style, size)
        self.multi_cell(0, size * 0.5, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)


def said_of(report: Report) -> str:
    """Return what stands below every page: the report, its period, the edition it rests on, and when it was made."""
    edition = f"{report['audit_period']} ({report['edition']})" if report["audit_period"] else None
    made = f"made {moment(report['made_at'])}"
    return " · ".join(filter(None, (report["title"], report["about"], report["period_in_words"], edition, made)))


def _style(size: int, above: int) -> TextStyle:
    return TextStyle(FONT, "B", size, color=INK, t_margin=above, b_margin=2)


def as_pdf(report: Report) -> bytes:
    """Return a report as PDF."""
    pages = _Pages(report)
    pages.add_page()
    pages.start_section(report["title"])
    for label, value in list(front(report))[1:]:
        pages.say(f"{label}: {value}")
    if report["guidance"]:
        pages.say(report["guidance"])
    for part in report["parts"]:
        _part(pages, part)
    return bytes(pages.output())


def _part(pages: _Pages, part: Mapping[str, Any]) -> None:
    _keep_together(pages, LEAST)
    pages.start_section(part["title"], level=1)
    if part["guidance"]:
        pages.say(part["guidance"])
    _pictures(pages, part)
    if part["figures"]:
        head = ("Figure", "Value", "Interval", "Finding")
        _table(pages, head, [_cells(one) for one in part["figures"]], WIDTHS)
    for table in part["tables"]:
        _keep_together(pages, LEAST)
        pages.say(f"{table['title']}: {table['group']}" if table["group"] else table["title"], "B", TEXT + 1)
        labels = [one["label"] for one in table["columns"]]
        if table["rows"]:
            _table(pages, labels, table["rows"], _widths((labels, *table["rows"])))
        else:
            pages.say("There is nothing to list.")


def _pictures(pages: _Pages, part: Mapping[str, Any]) -> None:
    """Draw what the page of the report draws: a title, the finding in a sentence, the picture.

    What the first figure says comes before them, because that is what readers look for.
    """
    shown = panels(part)
    if shown.bars and part["figures"][0] not in [bar.figure for panel in shown.bars for bar in panel.bars]:
        pages.say(part["figures"][0]["sentence"])
    for panel in shown.bars:
        _above(pages, height_of_bars(panel), panel.title, panel.finding)
        draw_bars(pages, panel)
    for picture, plot in shown.plots:
        _course(pages, picture, plot)
    for grid in shown.grids:
        _above(pages, 0, grid["title"], grid["sentence"])
        draw_grid(pages, grid)
        pages.say(" ".join((f"{sentence(grid['what'])}, of {grid['population']}.", *grid["legend"])), size=SMALL)


def _course(pages: _Pages, picture: Mapping[str, Any], plot: Plot | None) -> None:
    _above(pages, CHART if plot is not None else 0, picture["title"], picture["sentence"])
    if plot is not None:
        draw_plot(pages, picture, plot)


def _above(pages: _Pages, height: float, title: str, finding: str) -> None:
    _keep_together(pages, min(height, MOST_TOGETHER) + LEAST / 2)
    pages.say(title, "B", TEXT + 1)
    if finding:
        pages.say(finding)
    pages.set_font(FONT, "", SMALL)


def _keep_together(pages: _Pages, height: float) -> None:
    if pages.will_page_break(height):
        pages.add_page()


def _widths(rows: Sequence[Sequence[Any]]) -> tuple[int, ...]:
    """Return how wide the columns of a table are to each other, by what stands in them."""
    columns = [["" if cell is None else cell_in_words(cell) for cell in column] for column in zip(*rows, strict=True)]
    widest = WIDEST if len(columns) <= PORTRAIT else WIDEST // 2
    return tuple(max(_longest_word(cells), min(max(map(len, cells)), widest)) + MARGIN for cells in columns)


def _longest_word(cells: Sequence[str]) -> int:
    return max(len(word) for cell in cells for word in cell.split() or ("",))


def _cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    interval = f"{one['range']} ({one['method']})" if one["range"] else ""
    return one["title"], one["shown"] or "", interval, " ".join((one["sentence"], *one["remarks"]))


def _table(pages: _Pages, head: Any, rows: Any, widths: Any) -> None:
    size = SMALL if len(head) <= PORTRAIT else SMALLEST
    pages.set_font(FONT, "", size)
    with pages.table(
        col_widths=widths,
        text_align="LEFT",
        headings_style=FontFace(emphasis="BOLD", fill_color=FILL),
        cell_fill_mode=TableCellFillMode.NONE,
        line_height=size * 0.5,
        padding=1,
    ) as table:
        for row in (head, *rows):
            line = table.row()
            for cell in row:
                line.cell("" if cell is None else cell_in_words(cell))
    pages.ln(3)
