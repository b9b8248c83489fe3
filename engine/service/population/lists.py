"""The month's case population list: bytes in, report out, and nothing half-imported.

Source: manual section 7; R-36 to R-41, I-15 (duplicates), I-16 (restricted records), DEC-6 (aliases). Which service
areas count, and in which order they keep a case listed twice, is decided by the caller's `stratum_of`; columns,
accepted words and all sentences stand in `forms/population_columns.json`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from engine.errors import TooLarge
from engine.service.population.columns import PopulationColumns
from engine.service.population.file import Row, open_table
from engine.service.population.report import Duplicate, PopulationReport, PopulationRow, RefusedRow
from engine.service.population.row import RowReader, StratumOf, quoted
from engine.service.population.workbook import MOST_COLUMNS

MOST_ROWS: Final = 100_000
_MOST_NAMES: Final = 20


def read_population(file: str, content: bytes, columns: PopulationColumns, stratum_of: StratumOf) -> PopulationReport:
    """Read an uploaded population list (CSV or XLSX); `file` is its name, for the sentences.

    `stratum_of` says where a service area belongs, None when it is not known; it is asked once for each name.
    Raises Unreadable when the file is empty, has column names only, lacks a required column, is damaged, or is no
    text or workbook that can be understood; TooLarge above 100,000 rows or the bounds of its kind. Whatever the
    bytes, nothing else is raised.
    """
    table = open_table(file, content, columns)
    rows = ((number, cells) for number, cells in table.rows if any(map(str.strip, cells)))
    _, header = next(rows, (0, []))
    reader = RowReader(columns, layout_of(file, header, columns), len(header), stratum_of)
    reading = _Reading(reader)
    for number, cells in bounded(file, rows, columns):
        reading.take(number, cells)
    if not reading.rows_read:
        raise columns.unreadable(file, "header_only")
    return reading.report((*table.notes, *ignored_columns(header, columns)))


def layout_of(file: str, header: Sequence[str], columns: PopulationColumns) -> dict[str, int]:
    """Return the place of each field in a row; Unreadable unless every required column is there once."""
    if not header:
        raise columns.unreadable(file, "empty")
    if len(header) > MOST_COLUMNS:
        raise columns.unreadable(file, "too_many_columns", most=MOST_COLUMNS)
    layout: dict[str, int] = {}
    for place, name in enumerate(header):
        field = columns.field_of(name)
        if field in layout:
            raise columns.unreadable(file, "repeated_column", column=columns.columns[field].title)
        if field is not None:
            layout[field] = place
    missing = [one.title for one in columns.columns.values() if one.required and one.field not in layout]
    if missing:
        raise columns.unreadable(file, "missing_column", columns=", ".join(missing))
    return layout


def ignored_columns(header: Sequence[str], columns: PopulationColumns) -> tuple[str, ...]:
    """Return the note about columns that are not read, none when all are."""
    names = [quoted(name) for name in header if name.strip() and columns.field_of(name) is None]
    return (columns.note("ignored_columns", columns=", ".join(names[:_MOST_NAMES])),) if names else ()


def bounded(file: str, rows: Iterable[Row], columns: PopulationColumns) -> Iterator[Row]:
    """Yield the rows; TooLarge above 100,000 of them."""
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            size, limit = (columns.reason(code, number=f"{MOST_ROWS:,}") for code in ("size_more_rows", "size_rows"))
            raise TooLarge(what=file, size=size, limit=limit)
        yield row


class _Reading:
    """The report as it grows, one row at a time."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        self._kept: dict[str, PopulationRow] = {}
        self._others: dict[str, list[PopulationRow]] = {}
        self._refused: list[RefusedRow] = []
        self.rows_read = 0

    def take(self, number: int, cells: Sequence[str]) -> None:
        self.rows_read += 1
        row = self._reader.read(number, cells)
        if isinstance(row, RefusedRow):
            self._refused.append(row)
        elif row.case_reference in self._kept:
            self._settle(self._kept[row.case_reference], row)
        else:
            self._kept[row.case_reference] = row

    def _settle(self, kept: PopulationRow, row: PopulationRow) -> None:
        """Keep the row whose stratum comes first (I-15), restricted if any row of the case is (I-16)."""
        best, other = (row, kept) if self._order(row) < self._order(kept) else (kept, row)
        self._kept[row.case_reference] = replace(best, restricted=kept.restricted or row.restricted)
        self._others.setdefault(row.case_reference, []).append(other)

    def _order(self, row: PopulationRow) -> int:
        stratum = self._reader.stratum(row.service_area)
        return stratum.order if stratum else 0

    def report(self, notes: tuple[str, ...]) -> PopulationReport:
        duplicates = tuple(self._duplicate(case) for case in sorted(self._others))
        refused = [*self._refused, *(self._refusal(one, row) for one in duplicates for row in one.other_rows)]
        return PopulationReport(
            rows_read=self.rows_read,
            rows=tuple(sorted(self._kept.values(), key=lambda row: row.row)),
            refused=tuple(sorted(refused, key=lambda row: row.row)),
            duplicates=duplicates,
            notes=notes,
        )

    def _duplicate(self, case: str) -> Duplicate:
        kept = self._kept[case]
        return Duplicate(case, kept.row, kept.stratum, tuple(sorted(row.row for row in self._others[case])))

    def _refusal(self, one: Duplicate, row: int) -> RefusedRow:
        return self._reader.refused(row, one.case_reference, "duplicate", kept=one.kept_row, stratum=one.stratum)
