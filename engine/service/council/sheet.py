"""A small table of the directory as CSV: read with every fault named, written so that no spreadsheet runs it."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from engine.domain.spreadsheets import guarded
from engine.errors import TooLarge, Unreadable

MOST_BYTES: Final = 500_000
MOST_ROWS: Final = 5_000
LONGEST_CELL: Final = 400
FILE: Final = "The file"


@dataclass(frozen=True)
class SheetRow:
    """A row by its number in the file, the first after the headings being 2; cells without blanks around them."""

    number: int
    cells: Mapping[str, str]
    fault: str | None = None


def text_of(content: bytes) -> str:
    """Return a file as text; TooLarge, Unreadable for what is no text."""
    if len(content) > MOST_BYTES:
        raise TooLarge(what=FILE, size=f"{len(content):,} bytes", limit=f"{MOST_BYTES:,}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(file=FILE, reason="it is no CSV file. Save it as “CSV (comma delimited)” and send it again")


def read(text: str, columns: Sequence[str]) -> list[SheetRow]:
    """Return the rows of a CSV text that has these columns, in any order; Unreadable, TooLarge.

    Blank rows are left out. A row with a cell that a spreadsheet would run has a fault.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = [_heading(cell) for cell in next(reader, [])]
        _refuse_columns(headings, columns)
        rows = [_row(reader.line_num, headings, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise Unreadable(file=FILE, reason=f"line {reader.line_num} is no CSV") from error
    if len(rows) > MOST_ROWS:
        raise TooLarge(what=FILE, size=f"{len(rows):,} rows", limit=f"{MOST_ROWS:,}")
    if not rows:
        raise Unreadable(file=FILE, reason="it has no rows under its headings")
    return rows


def written(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV under their headings."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(_cell(row[name])) for name in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _heading(cell: str) -> str:
    return "_".join(cell.strip().casefold().split())


def _refuse_columns(headings: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in headings]
    if missing:
        raise Unreadable(file=FILE, reason=f"the column {missing[0]} is missing. It needs {', '.join(columns)}")
    strange = [name for name in headings if name and name not in columns]
    if strange or len(set(headings)) < len(headings):
        reason = f"it has the column {strange[0]}" if strange else "it has a column twice"
        raise Unreadable(file=FILE, reason=f"{reason}. It takes {', '.join(columns)} and no others")


def _row(number: int, headings: Sequence[str], cells: Sequence[str]) -> SheetRow:
    found = dict(zip(headings, (cell.strip() for cell in cells), strict=False))
    known = {name: found.get(name, "") for name in headings if name}
    return SheetRow(number, known, next(_faults(headings, cells), None))


def _faults(headings: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    if any(cell.strip() for cell in cells[len(headings) :]):
        yield "The row has more cells than there are columns."
    for cell in cells:
        if guarded(cell.strip()) != cell.strip():
            yield "A cell begins like a formula of a spreadsheet. Write it without the sign at its beginning."
        if len(cell) > LONGEST_CELL or not cell.isprintable():
            yield f"A cell is longer than {LONGEST_CELL} characters, or has characters that cannot be printed."
