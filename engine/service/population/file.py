"""The rows of an uploaded list, whether it is a CSV file or an Excel workbook.

What a file is follows from its content, not from its name. Text may be UTF-8 (with or without a byte order mark),
UTF-16 or, as a last resort, Windows code page 1252; cells may be divided by commas, semicolons or tabs.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Final

from engine.service.population.columns import PopulationColumns
from engine.service.population.workbook import MEGABYTE, is_old_workbook, is_zip, workbook_rows

MOST_MEGABYTES: Final = 20
_SAMPLE: Final = 64 * 1024

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """The rows of a file as (row number from 1, cells as text), and notes on how it was read."""

    rows: Iterable[Row]
    notes: tuple[str, ...] = ()


def open_table(file: str, content: bytes, columns: PopulationColumns) -> Table:
    """Return the rows of `content`; `file` is its name, for the sentences.

    Raises Unreadable when it is empty, of another kind, damaged or in an unknown encoding, and TooLarge above 20 MB
    or what an Excel workbook may unpack to. Rows of a CSV file are read as they are asked for, and asking may
    raise Unreadable too.
    """
    columns.check_size(file, "size_bytes", -(-len(content) // MEGABYTE), MOST_MEGABYTES)
    if is_zip(content):
        rows, notes = workbook_rows(file, content, columns)
        return Table(rows, notes)
    if is_old_workbook(content) or file.casefold().endswith((".xlsx", ".xlsm", ".xls")):
        raise columns.unreadable(file, "not_xlsx")
    text, notes = _decoded(file, content, columns)
    return Table(_csv_rows(file, text, columns), notes)


def _decoded(file: str, content: bytes, columns: PopulationColumns) -> tuple[str, tuple[str, ...]]:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" in text[:_SAMPLE].partition("\n")[0]:
            break
        return text, (columns.note("old_encoding"),) if encoding == "cp1252" else ()
    raise columns.unreadable(file, "encoding")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if content[1:2] == b"\0":
        return ("utf-16-le",)
    if content[:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _csv_rows(file: str, text: str, columns: PopulationColumns) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise columns.unreadable(file, "not_csv", line=reader.line_num) from error


def _delimiter(text: str) -> str:
    """Return the divider that makes most cells of the first row that has any."""
    sample = text[:_SAMPLE]

    def cells(delimiter: str) -> int:
        reader = csv.reader(StringIO(sample, newline=""), delimiter=delimiter)
        return max(map(len, islice(filter(None, reader), 1)), default=0)

    return max(",;\t", key=cells)
