"""The rows of an Excel workbook, read within bounds.

A workbook is a ZIP file, and a small one can unpack to very much. So its parts are unpacked one by one, none
further than the size it declares, and put into a plain archive of their own; only that is given to openpyxl.
"""

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.worksheet._reader import WorkSheetParser

from engine.errors import Refusal
from engine.service.population.columns import PopulationColumns

MEGABYTE: Final = 1024 * 1024
MOST_COLUMNS: Final = 100
_MOST_MEMBERS: Final = 200
_MOST_UNPACKED: Final = 50
_MOST_RATIO: Final = 100
_WIDEST_ROW: Final = 16_384
_MOST_ELEMENTS: Final = 3_000_000
_MOST_ELEMENTS_ELSEWHERE: Final = 100_000


def is_zip(content: bytes) -> bool:
    """Tell whether a file begins like a ZIP archive, as every .xlsx does."""
    return content.startswith(b"PK\x03\x04")


def is_old_workbook(content: bytes) -> bool:
    """Tell whether a file begins like an Excel file of before 2007, or like one with a password."""
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def workbook_rows(
    file: str, content: bytes, columns: PopulationColumns
) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """Return the rows of the first sheet that are not blank, as (row number, cells as text), and notes.

    The first sheet is the first that is visible. A formula comes as "=" and a date as ISO text. Raises Unreadable
    when the archive or the workbook is damaged or protected, and TooLarge above 200 parts, 50 MB unpacked, a ratio
    of 100 or 3 million elements.
    """
    try:
        plain = _plain_archive(file, content, columns)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _rows_and_notes(file, plain, columns)
    except Refusal:
        raise
    # Damaged workbooks make zipfile, expat and openpyxl raise almost anything.
    except Exception as error:
        raise columns.unreadable(file, "damaged_xlsx") from error


def _plain_archive(file: str, content: bytes, columns: PopulationColumns) -> BytesIO:
    plain = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(plain, "w", ZIP_STORED) as copy:
        members = packed.infolist()
        _check_sizes(file, members, columns)
        elements = 0
        for member in members:
            with packed.open(member) as part:
                body = part.read(member.file_size)
            elements += _check_elements(file, member.filename, body, columns)
            copy.writestr(member.filename, body)
    columns.check_size(file, "size_elements", elements, _MOST_ELEMENTS)
    return plain


def _check_sizes(file: str, members: Sequence[ZipInfo], columns: PopulationColumns) -> None:
    columns.check_size(file, "size_members", len(members), _MOST_MEMBERS)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    columns.check_size(file, "size_bytes", -(-unpacked // MEGABYTE), _MOST_UNPACKED)
    columns.check_size(file, "size_ratio", unpacked // max(packed, 1), _MOST_RATIO)
    if len({member.filename for member in members}) < len(members):
        raise BadZipFile("a part stands in the archive twice")
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise BadZipFile("a part is packed in a way that Excel does not use")


def _check_elements(file: str, part: str, body: bytes, columns: PopulationColumns) -> int:
    elements = body.count(b"<") - body.count(b"</")
    if "worksheets/" not in part and not part.endswith("sharedStrings.xml"):
        columns.check_size(file, "size_elements", elements, _MOST_ELEMENTS_ELSEWHERE)
    return elements


def _rows_and_notes(
    file: str, plain: BytesIO, columns: PopulationColumns
) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    workbook = load_workbook(plain, read_only=True, keep_links=False)
    sheets = workbook.worksheets
    if not sheets:
        raise columns.unreadable(file, "no_sheet")
    sheet = next((one for one in sheets if one.sheet_state == "visible"), sheets[0])
    rows = [(number, cells) for number, cells in _sheet_rows(workbook, sheet) if any(cells)]
    notes = (columns.note("other_sheets", sheet=sheet.title),) if len(sheets) > 1 else ()
    return rows, notes


class _Sheet(WorkSheetParser):  # type: ignore[misc]
    """Reads a sheet without translating formulas, which costs much, and no row wider than Excel's own."""

    def parse_formula(self, element: object) -> str:
        return "="

    def parse_row(self, row: Sequence[object]) -> Any:
        if len(row) > _WIDEST_ROW:
            raise ValueError("a row has more cells than a sheet can have columns")
        return super().parse_row(row)


def _sheet_rows(workbook: Any, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    with sheet._get_source() as source:
        parser = _Sheet(
            source,
            sheet._shared_strings,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for number, cells in parser.parse():
            yield number, _texts(cells)


def _texts(cells: Sequence[dict[str, Any]]) -> list[str]:
    """Return the cells of a row by column; what lies beyond the last column that is read is put behind it."""
    texts: list[str] = []
    for cell in cells:
        text = _text(cell["value"])
        place = min(cell["column"], MOST_COLUMNS + 1)
        if text:
            texts.extend([""] * (place - len(texts)))
            texts[place - 1] = text
    return texts


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(" ").removesuffix(" 00:00:00")
        case date():
            return value.isoformat()
    return str(value)
