"""A report as PDF/A-2u: text that can be searched and read aloud, an outline of its parts, page numbers, a marking."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from fpdf import FPDF, FontFace, TextStyle
from fpdf.enums import TableCellFillMode, XPos, YPos

from webapp.render.report_lines import Report, front

FONT: Final = "Lato"
INK, FILL = (11, 12, 12), (243, 242, 241)
SMALL, TEXT, HEADING, TITLE = 8, 10, 14, 20
LEAST: Final = 45  # millimetres that a heading and what follows it need
WIDTHS: Final = (44, 20, 30, 96)
CREATED: Final = "Casefile"


class _Pages(FPDF):
    """Pages with the marking above and below, and their number."""

    def __init__(self, report: Report) -> None:
        super().__init__(enforce_compliance="PDF/A-2U")
        self._report = report
        folder = files("font_lato") / "files"
        for style, name in (("", "Lato-Regular.ttf"), ("B", "Lato-Bold.ttf")):
            self.add_font(FONT, style, str(folder / name))
        self.set_lang("en-GB")
        self.set_title(f"{report['title']}, {report['period_in_words']}")
        self.set_creator(CREATED)
        self.set_margins(10, 18, 10)
        self.set_auto_page_break(auto=True, margin=18)
        self.set_text_color(*INK)
        self.set_section_title_styles(_style(TITLE, 0), _style(HEADING, 6))

    def header(self) -> None:
        """Write the marking."""
        self._edge(8, self._report["marking"] or "")

    def footer(self) -> None:
        """Write the marking and the number of the page."""
        self._edge(-12, " · ".join(filter(None, (self._report["marking"], f"Page {self.page_no()} of {{nb}}"))))

    def _edge(self, y: float, words: str) -> None:
        self.set_font(FONT, "B", SMALL)
        self.set_y(y)
        self.cell(0, 5, words, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def say(self, words: str, style: str = "", size: float = TEXT) -> None:
        """Write a paragraph."""
        self.set_font(FONT, style, size)
        self.multi_cell(0, size * 0.5, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)


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
    if pages.will_page_break(LEAST):
        pages.add_page()
    pages.start_section(part["title"], level=1)
    if part["guidance"]:
        pages.say(part["guidance"])
    if part["figures"]:
        head = ("Figure", "Value", "Interval", "Finding")
        _table(pages, head, [_cells(one) for one in part["figures"]], WIDTHS)
    for table in part["tables"]:
        pages.say(f"{table['title']}: {table['group']}" if table["group"] else table["title"], "B", TEXT + 1)
        if table["rows"]:
            _table(pages, [one["label"] for one in table["columns"]], table["rows"], None)
        else:
            pages.say("None.")


def _cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    interval = f"{one['range']} ({one['method']})" if one["range"] else ""
    return one["title"], one["shown"] or "", interval, " ".join((one["sentence"], *one["remarks"]))


def _table(pages: _Pages, head: Any, rows: Any, widths: Any) -> None:
    pages.set_font(FONT, "", SMALL)
    with pages.table(
        col_widths=widths,
        text_align="LEFT",
        headings_style=FontFace(emphasis="BOLD", fill_color=FILL),
        cell_fill_mode=TableCellFillMode.NONE,
        line_height=SMALL * 0.5,
        padding=1,
    ) as table:
        for row in (head, *rows):
            line = table.row()
            for cell in row:
                line.cell("" if cell is None else str(cell))
    pages.ln(3)
