"""The record system's daily extract: rows in, a report out, everything that is understood in one transaction (I-09).

A row that is not understood is listed with its reason and changes nothing; whatever fails leaves nothing half-imported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import Unreadable
from engine.service.audits import cycles
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.population.columns import PopulationColumns
from engine.service.population.file import open_table
from engine.service.population.lists import bounded, ignored_columns, layout_of
from engine.service.population.report import RefusedRow
from engine.service.record_system import extracts
from engine.service.record_system.extract_columns import FIELDS, read_extract_columns
from engine.service.record_system.extract_row import ExtractReader, ExtractRow, Given
from engine.store import cases, deployments

ADDED, UNCHANGED = "added", "unchanged"
JSON_ROWS: Final = "the rows"

Rows = Sequence[tuple[int, Given]]


@dataclass(frozen=True)
class Extract:
    """The rows of an extract, each with its number and its text by field, and notes on how it was read."""

    rows: Rows
    notes: tuple[str, ...]


def read_file(engine: Engine, content: bytes, file_name: str) -> Extract:
    """Read an extract (CSV or Excel) without keeping anything; Unreadable or TooLarge with a sentence."""
    columns = engine.ask(_columns)
    table = open_table(file_name, content, columns)
    rows = ((number, cells) for number, cells in table.rows if any(map(str.strip, cells)))
    _, header = next(rows, (0, []))
    layout = layout_of(file_name, header, columns)
    read = [(number, _given(layout, cells)) for number, cells in bounded(file_name, rows, columns)]
    if not read:
        raise columns.unreadable(file_name, "header_only")
    return Extract(read, (*table.notes, *ignored_columns(header, columns)))


def _given(layout: Mapping[str, int], cells: Sequence[str]) -> Given:
    return {field: " ".join(cells[place].split()) for field, place in layout.items() if place < len(cells)}


def read_json(rows: object) -> Extract:
    """Return the rows of a JSON list of records by field; text, true, false and null are values. Unreadable."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(file=JSON_ROWS, reason='they are not a list of records such as {"case_reference": "CF-20931"}')
    return Extract([(number, _plain(number, row)) for number, row in enumerate(rows, start=1)], ())


def _plain(number: int, row: Mapping[str, Any]) -> Given:
    strange = sorted(row.keys() - set(FIELDS))
    if strange:
        raise Unreadable(file=JSON_ROWS, reason=f"row {number} has “{strange[0][:60]}”; known are {', '.join(FIELDS)}")
    return {field: _text(number, field, value) for field, value in row.items() if value is not None}


def _text(number: int, field: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        raise Unreadable(file=JSON_ROWS, reason=f"{field} of row {number} is neither text nor true or false")
    return " ".join(value.split())


def preview(engine: Engine, extract: Extract) -> dict[str, Any]:
    """Return the report of what would be taken over, without keeping anything."""

    def work(question: Question) -> dict[str, Any]:
        known, read = _read(question, extract.rows)
        return _report(extract, [(row, _differences(known, row)) for row in read])

    return engine.ask(work)


def take_in(
    engine: Engine, actor: str, extract: Extract, key: str | None = None, request: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Take over every row that is understood, all in one transaction, and return the report.

    {"rows_read", "taken", "changed", "rows": [{"row", "case", "happened"}], "refused": [{"row", "case", "code",
    "reason"}], "notes"}; what happened is added, unchanged, or moved, worker changed, closed, reopened, restricted.
    With a `key` the same request is done once.
    """

    def work(command: Command) -> dict[str, Any]:
        known, read = _read(command, extract.rows)
        report = _report(extract, [(row, _taken(command, known, row)) for row in read])
        counts = {name: report[name] for name in ("rows_read", "taken", "changed")}
        command.note("cases", "extract taken in", {**counts, "refused": len(report["refused"])})
        return report

    return engine.run(actor, work, key, request)


def _columns(question: Question) -> PopulationColumns:
    return read_extract_columns(deployments.snapshot(question.connection, question.number_in_force))


def _read(question: Question, rows: Rows) -> tuple[Mapping[str, Any], list[ExtractRow | RefusedRow]]:
    columns = _columns(question)
    areas: dict[str, str | None] = {}

    def stratum_of(area: str) -> str | None:
        if area not in areas:
            areas[area] = cycles.stratum_code(question, area)
        return areas[area]

    known: dict[str, Any] = {}
    reader = ExtractReader(columns, question, known, stratum_of)
    references = [reader.reference(given) for _, given in rows]
    known.update(cases.known(question.connection, [one for one in references if columns.reference.fullmatch(one)]))
    return known, [reader.read(number, given) for number, given in rows]


def _taken(command: Command, known: Mapping[str, Any], row: ExtractRow | RefusedRow) -> list[str]:
    if isinstance(row, RefusedRow):
        return []
    if row.is_new:
        cases.add(command.connection, [_new(command, row)])
        command.note(f"case {row.change.case}", ADDED, {"status": row.change.status})
        return [ADDED]
    return extracts.take_over(command, row.change) if _differences(known, row) else []


def _new(command: Command, row: ExtractRow) -> dict[str, Any]:
    facts = {name: value for name, value in vars(row.change).items() if name != "case"}
    fixed = {"reference": row.change.case, "service_area": row.stratum, "changed_at": command.now}
    return {**facts, **fixed, "restricted": bool(row.change.restricted)}


def _differences(known: Mapping[str, Any], row: ExtractRow | RefusedRow) -> list[str]:
    if isinstance(row, RefusedRow):
        return []
    if row.is_new:
        return [ADDED]
    facts, before = vars(row.change), known[row.change.case]
    names = ("team", "social_worker", "status", "restricted")
    return [name for name in names if facts[name] is not None and facts[name] != getattr(before, name)]


Told = tuple[ExtractRow | RefusedRow, list[str]]


def _report(extract: Extract, told: Sequence[Told]) -> dict[str, Any]:
    taken = [
        {"row": row.row, "case": row.change.case, "happened": happened or [UNCHANGED]}
        for row, happened in told
        if isinstance(row, ExtractRow)
    ]
    refused = [
        {"row": row.row, "case": row.case_reference, "code": row.code, "reason": row.sentence}
        for row, _ in told
        if isinstance(row, RefusedRow)
    ]
    return {
        "rows_read": len(told),
        "taken": len(taken),
        "changed": sum(row["happened"] != [UNCHANGED] for row in taken),
        "rows": taken,
        "refused": refused,
        "notes": list(extract.notes),
    }
