"""A report as a file: JSON, CSV and Excel; nothing in it is ever taken for a formula or an address."""

import csv
import json
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from typing import Any, Final

from xlsxwriter import Workbook

from engine.domain.spreadsheets import guarded
from webapp.render.report_lines import HEAD, Cell, Report, front, kinds, lines, tables
from webapp.render.report_pdf import as_pdf

LONGEST_NAME: Final = 31
WIDEST: Final = 500  # pixels
_NUMBERS: Final[Mapping[str, Mapping[str, str]]] = {
    "": {},
    "share": {"num_format": "0.0%"},
    "difference": {"num_format": "+0.0%;-0.0%"},
    "level": {"num_format": "0%"},
    "count": {"num_format": "#,##0"},
    "number": {"num_format": "0.00"},
}
TYPES: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(report: Report, form: str) -> bytes:
    """Return a report in one of the TYPES."""
    return MAKERS[form](report)


def as_json(report: Report) -> bytes:
    """Return a report as JSON."""
    return json.dumps(report, ensure_ascii=False, allow_nan=False, indent=1).encode()


def as_csv(report: Report) -> bytes:
    """Return a report as CSV that spreadsheets open as UTF-8: its front, its figures, then each table."""
    text = StringIO()
    writer = csv.writer(text)
    _block(writer, front(report))
    figures = list(lines(report))
    if figures:
        _block(writer, [HEAD, *figures])
    for table in tables(report):
        _block(writer, [[_title(table)], [one["label"] for one in table["columns"]], *table["rows"]])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _block(writer: Any, rows: Any) -> None:
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    writer.writerow([])


def as_xlsx(report: Report) -> bytes:
    """Return a report as a workbook: a sheet of its figures, then a sheet for each table."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": report["title"], "comments": report["marking"] or ""})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    taken: set[str] = set()
    _front_sheet(book.add_worksheet(_sheet_name("Report", taken)), report, bold, _styles(book))
    for table in tables(report):
        sheet = book.add_worksheet(_sheet_name(table["group"] or table["title"], taken))
        sheet.set_header(f"&C{report['marking'] or ''}")
        _write(sheet, 0, [_title(table)], bold)
        _write(sheet, 2, [one["label"] for one in table["columns"]], bold)
        for place, row in enumerate(table["rows"], start=3):
            _write(sheet, place, row)
        sheet.freeze_panes(3, 0)
        sheet.autofit(WIDEST)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    book.close()
    return content.getvalue()


def _styles(book: Workbook) -> Mapping[str, Any]:
    """Return how the cells of a figure are written, by kind of figure: a share as per cent, and "" for all others."""
    top = {"text_wrap": True, "valign": "top"}
    return {kind: book.add_format({**top, **more}) for kind, more in _NUMBERS.items()}


def _front_sheet(sheet: Any, report: Report, bold: Any, styles: Mapping[str, Any]) -> None:
    sheet.set_header(f"&C{report['marking'] or ''}")
    last = 0
    for last, (label, value) in enumerate(front(report)):
        sheet.write_string(last, 0, label, bold)
        sheet.write_string(last, 1, value)
    figures = list(zip(lines(report), kinds(report), strict=True))
    if figures:
        _write(sheet, last + 2, HEAD, bold)
        for place, (row, kind) in enumerate(figures, start=last + 3):
            _write(sheet, place, row, styles[""])
            for name in ("Value", "Low", "High"):
                _put(sheet, place, HEAD.index(name), row[HEAD.index(name)], styles.get(kind, styles["number"]))
            _put(sheet, place, HEAD.index("Confidence"), row[HEAD.index("Confidence")], styles["level"])
    sheet.set_column(0, 3, 28)
    sheet.set_column(4, 11, 12)
    sheet.set_column(12, 13, 60)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, cells: Any, style: Any = None) -> None:
    for column, cell in enumerate(cells):
        _put(sheet, row, column, cell, style)


def _put(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif cell is not None:
        sheet.write_number(row, column, cell, style)


def _title(table: Mapping[str, Any]) -> str:
    return f"{table['title']}: {table['group']}" if table["group"] else str(table["title"])


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel allows and no other sheet has, whatever the capitals."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in wanted).strip("' ")[:LONGEST_NAME] or "Table"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.lower())
    return name


MAKERS: Final[Mapping[str, Callable[[Report], bytes]]] = {
    "csv": as_csv,
    "json": as_json,
    "pdf": as_pdf,
    "xlsx": as_xlsx,
}
