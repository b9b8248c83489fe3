"""A report as a workbook for Excel: a sheet of its figures, then a sheet for each table, to be sorted and filtered.

Days are days and figures are numbers, whatever the words in which they are shown elsewhere. Nothing in it is ever taken
for a formula or an address.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook

from webapp.render.report_lines import HEAD, Cell, Report, front, kinds, lines, tables

LONGEST_NAME: Final = 31
WIDEST: Final = 500  # pixels
FIRST_ROW: Final = 3
# The columns of a table in which figures stand as they are read, such as 53.6%.
MEASURED: Final = frozenset(("figure", "low", "high"))
_FORMATS: Final[Mapping[str, str]] = {
    "": "General",
    "share": "0.0%",
    "difference": "+0.0%;-0.0%",
    "level": "0%",
    "count": "#,##0",
    "number": "0.00",
    "day": "d mmmm yyyy",
    "moment": "d mmmm yyyy hh:mm",
}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?")
_MEASURE: Final = re.compile(r"([−-]?\d[\d,]*(?:\.\d+)?)(%?)")

Styles = Mapping[str, Any]


def as_xlsx(report: Report) -> bytes:
    """Return a report as a workbook."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": report["title"], "comments": report["marking"] or ""})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True})
    styles = _styles(book)
    taken: set[str] = set()
    _front_sheet(book.add_worksheet(_sheet_name("Report", taken)), report, bold, styles)
    for table in tables(report):
        sheet = book.add_worksheet(_sheet_name(table["group"] or table["title"], taken))
        _table_sheet(sheet, table, bold, styles)
        sheet.write_string(0, 0, table_title(table), heading)
    for sheet in book.worksheets():
        sheet.set_header(f"&C{report['marking'] or ''}")
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    book.close()
    return content.getvalue()


def table_title(table: Mapping[str, Any]) -> str:
    """Return what a table is called, with what it is about when there are several."""
    return f"{table['title']}: {table['group']}" if table["group"] else str(table["title"])


def _styles(book: Workbook) -> Styles:
    """Return how cells are written, by kind of figure: a share as per cent, and "" for all others."""
    top = {"text_wrap": True, "valign": "top"}
    return {kind: book.add_format({**top, "num_format": form}) for kind, form in _FORMATS.items()}


def _front_sheet(sheet: Any, report: Report, bold: Any, styles: Styles) -> None:
    last = 0
    for last, (label, value) in enumerate(front(report)):
        sheet.write_string(last, 0, label, bold)
        sheet.write_string(last, 1, value)
    figures = list(zip(lines(report), kinds(report), strict=True))
    if figures:
        _head(sheet, last + 2, HEAD, len(figures), bold)
        for place, (row, kind) in enumerate(figures, start=last + 3):
            _write(sheet, place, row, styles[""])
            for name in ("Value", "Low", "High"):
                _put(sheet, place, HEAD.index(name), row[HEAD.index(name)], styles.get(kind, styles["number"]))
            _put(sheet, place, HEAD.index("Confidence"), row[HEAD.index("Confidence")], styles["level"])
    sheet.set_column(0, 3, 28)
    sheet.set_column(4, 11, 12)
    sheet.set_column(12, 13, 60)


def _table_sheet(sheet: Any, table: Mapping[str, Any], bold: Any, styles: Styles) -> None:
    columns = table["columns"]
    _head(sheet, FIRST_ROW - 1, [one["label"] for one in columns], len(table["rows"]), bold)
    for place, row in enumerate(table["rows"], start=FIRST_ROW):
        for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _put_read(sheet, place, number, cell, column.get("id") in MEASURED, styles)
    sheet.autofit(WIDEST)


def _head(sheet: Any, row: int, labels: Sequence[str], count: int, bold: Any) -> None:
    _write(sheet, row, labels, bold)
    sheet.freeze_panes(row + 1, 0)
    sheet.autofilter(row, 0, row + count, len(labels) - 1)
    sheet.repeat_rows(row)


def _put_read(sheet: Any, row: int, column: int, cell: Cell, measured: bool, styles: Styles) -> None:
    """Write a cell as what it says: a day or a moment as one, and a figure in a column of figures as a number."""
    if not isinstance(cell, str):
        _put(sheet, row, column, cell, styles[""])
    elif _DAY.fullmatch(cell):
        kind = "moment" if ":" in cell else "day"
        sheet.write_datetime(row, column, datetime.fromisoformat(cell), styles[kind])
    elif measured and (found := _MEASURE.fullmatch(cell)):
        number = float(found[1].replace("−", "-").replace(",", ""))
        kind = "share" if found[2] else "number" if "." in found[1] else "count"
        _put(sheet, row, column, number / 100 if found[2] else number, styles[kind])
    else:
        _put(sheet, row, column, cell, styles[""])


def _write(sheet: Any, row: int, cells: Sequence[Cell], style: Any) -> None:
    for column, cell in enumerate(cells):
        _put(sheet, row, column, cell, style)


def _put(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif cell is not None:
        sheet.write_number(row, column, cell, style)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel allows and no other sheet has, whatever the capitals; a long one ends with a word."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in wanted).strip("' ") or "Table"
    name, number = _cut(plain, LONGEST_NAME), 1
    while name.lower() in taken:
        number += 1
        name = f"{_cut(plain, LONGEST_NAME - len(str(number)) - 1)} {number}"
    taken.add(name.lower())
    return name


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    words = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;")
    return f"{words[: longest - 1]}…"
