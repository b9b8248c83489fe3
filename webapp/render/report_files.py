"""A report as a file: JSON, CSV and Excel; nothing in it is ever taken for a formula or an address."""

import csv
import json
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any, Final

from engine.domain.spreadsheets import guarded
from webapp.render.report_lines import HEAD, Report, front, lines, tables
from webapp.render.report_pdf import as_pdf
from webapp.render.report_workbook import as_xlsx, table_title

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
        _block(writer, [[table_title(table)], [one["label"] for one in table["columns"]], *table["rows"]])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _block(writer: Any, rows: Any) -> None:
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    writer.writerow([])


MAKERS: Final[Mapping[str, Callable[[Report], bytes]]] = {
    "csv": as_csv,
    "json": as_json,
    "pdf": as_pdf,
    "xlsx": as_xlsx,
}
