"""What the owners say about the columns of a population list: `forms/population_columns.json`.

The file names the columns and their other names, which of them must be there and be filled, the words and dates
that are understood, how a case reference is written, and every sentence that staff read about a refused row or
file. Codes and blanks of the sentences are fixed here, so a sentence that is missing is found when the file is
read and not when a list is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate

from engine.errors import TooLarge, Unreadable

FILE: Final = "forms/population_columns.json"
FIELDS: Final = ("case_reference", "service_area", "team", "social_worker", "status", "restricted", "opened")

_BLANK = re.compile(r"\{([^{}]*)\}")
_REASONS: Final[Mapping[str, str]] = {
    "out_of_scope": "found",
    "unknown_area": "found",
    "missing_reference": "",
    "malformed_reference": "example",
    "missing_value": "column",
    "unknown_word": "column found",
    "unreadable_date": "column found",
    "closed": "",
    "duplicate": "kept stratum",
    "formula": "cell",
    "control_characters": "cell",
    "cell_too_long": "cell most",
    "too_many_cells": "",
    "empty": "",
    "header_only": "",
    "missing_column": "columns",
    "repeated_column": "column",
    "too_many_columns": "most",
    "encoding": "",
    "not_csv": "line",
    "not_xlsx": "",
    "damaged_xlsx": "",
    "no_sheet": "",
    "size_rows": "number",
    "size_more_rows": "number",
    "size_bytes": "number",
    "size_members": "number",
    "size_ratio": "number",
    "size_elements": "number",
}
_NOTES: Final[Mapping[str, str]] = {
    "old_encoding": "",
    "ignored_columns": "columns",
    "other_sheets": "sheet",
}


@dataclass(frozen=True)
class Column:
    """A column of the list: its `title` for readers, its `headers` in comparable form, and what it must have."""

    field: str
    title: str
    headers: frozenset[str]
    required: bool
    filled: bool


@dataclass(frozen=True)
class PopulationColumns:
    """Everything the owners say about a population list.

    `words` gives for the fields "status" and "restricted" the meaning of each accepted word in small letters;
    `dates` are formats of `strptime`; `longest_cell` is in characters.
    """

    columns: Mapping[str, Column]
    reference: re.Pattern[str]
    example: str
    upper_case: bool
    longest_cell: int
    words: Mapping[str, Mapping[str, str]]
    dates: tuple[str, ...]
    reasons: Mapping[str, str]
    notes: Mapping[str, str]

    def reason(self, code: str, **blanks: object) -> str:
        """Return the sentence for a refusal."""
        return _filled(self.reasons[code], blanks)

    def note(self, code: str, **blanks: object) -> str:
        """Return the sentence for a note on the import report."""
        return _filled(self.notes[code], blanks)

    def unreadable(self, file: str, code: str, **blanks: object) -> Unreadable:
        """Return the refusal of a whole file, to be raised."""
        return Unreadable(file=file, reason=self.reason(code, **blanks), code=code)

    def check_size(self, file: str, code: str, number: int, most: int) -> None:
        """Raise TooLarge when `number` is above `most`, both in the unit of the sentence `code`."""
        if number > most:
            size, limit = (self.reason(code, number=f"{count:,}") for count in (number, most))
            raise TooLarge(what=file, size=size, limit=limit)

    def field_of(self, header: str) -> str | None:
        """Return the field that a column name of the list stands for, None when it is not needed."""
        name = comparable(header)
        return next((column.field for column in self.columns.values() if name and name in column.headers), None)


def comparable(header: str) -> str:
    """Return a column name in small letters with single spaces for everything but letters and digits."""
    return " ".join(re.findall(r"[^\W_]+", header.casefold()))


def read_columns(text: str | bytes) -> PopulationColumns:
    """Read `forms/population_columns.json`.

    Raises Unreadable naming what is wrong: no JSON, a part that is missing or of the wrong kind, a sentence with an
    unknown blank, a name that stands for two columns, a pattern that is none.
    """
    try:
        given: dict[str, Any] = _ListSchema().loads(text.decode() if isinstance(text, bytes) else text)
        pattern = re.compile(given["reference"]["pattern"])
    except ValidationError as error:
        raise Unreadable(file=FILE, reason=first_message(error.messages)) from error
    except (ValueError, RecursionError, re.error) as error:
        raise Unreadable(file=FILE, reason=str(error)) from error
    check_sentences("reasons", given["reasons"], _REASONS, FILE)
    check_sentences("notes", given["notes"], _NOTES, FILE)
    return PopulationColumns(
        columns=columns_of(given["columns"], FILE),
        reference=pattern,
        example=given["reference"]["example"],
        upper_case=given["reference"]["upper_case"],
        longest_cell=given["longest_cell"],
        words={field: words_of(field, meanings, FILE) for field, meanings in given["words"].items()},
        dates=tuple(given["dates"]),
        reasons=given["reasons"],
        notes=given["notes"],
    )


class ColumnSchema(Schema):
    """One column: its title, the names it may have, whether it must be there and whether it must be filled."""

    title = fields.String(required=True)
    required = fields.Boolean(required=True)
    filled = fields.Boolean(required=True)
    headers = fields.List(fields.String(), required=True, validate=validate.Length(min=1))


class _ReferenceSchema(Schema):
    pattern = fields.String(required=True)
    example = fields.String(required=True)
    upper_case = fields.Boolean(required=True)


_SOME_WORDS = fields.List(fields.String(), required=True)


class _WordsSchema(Schema):
    status = fields.Nested({"open": _SOME_WORDS, "closed": _SOME_WORDS}, required=True)
    restricted = fields.Nested({"yes": _SOME_WORDS, "no": _SOME_WORDS}, required=True)


class _ListSchema(Schema):
    title = fields.String(required=True)
    columns = fields.Nested({field: fields.Nested(ColumnSchema, required=True) for field in FIELDS}, required=True)
    reference = fields.Nested(_ReferenceSchema, required=True)
    longest_cell = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=10_000))
    words = fields.Nested(_WordsSchema, required=True)
    dates = fields.List(fields.String(), required=True)
    reasons = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    notes = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def columns_of(given: Mapping[str, Mapping[str, Any]], file: str) -> dict[str, Column]:
    """Return the columns of a file by field; Unreadable when a name stands for two of them."""
    taken: dict[str, str] = {}
    for field, facts in given.items():
        for header in facts["headers"]:
            if taken.setdefault(comparable(header), field) != field:
                raise Unreadable(file=file, reason=f"{header!r} stands for {taken[comparable(header)]} and {field}")
    return {
        field: Column(
            field=field,
            title=facts["title"],
            headers=frozenset(map(comparable, facts["headers"])),
            required=facts["required"],
            filled=facts["filled"],
        )
        for field, facts in given.items()
    }


def words_of(field: str, meanings: Mapping[str, list[str]], file: str) -> dict[str, str]:
    """Return the meaning of each word of a field, in small letters; Unreadable when one means two things."""
    found: dict[str, str] = {}
    for meaning, words in meanings.items():
        for word in words:
            if found.setdefault(word.casefold(), meaning) != meaning:
                raise Unreadable(file=file, reason=f"{word!r} of {field} means two things")
    return found


def check_sentences(part: str, given: Mapping[str, str], expected: Mapping[str, str], file: str) -> None:
    """Unreadable unless every sentence is there, with no other blanks than its own."""
    for code, blanks in expected.items():
        if code not in given:
            raise Unreadable(file=file, reason=f"{part} has no sentence for {code}")
        strange = set(_BLANK.findall(given[code])) - set(blanks.split())
        if strange:
            raise Unreadable(file=file, reason=f"{part}.{code} has the unknown blank {sorted(strange)[0]!r}")


def _filled(sentence: str, blanks: Mapping[str, object]) -> str:
    return _BLANK.sub(lambda match: str(blanks[match[1]]), sentence)


def first_message(messages: list[Any] | Mapping[str, Any], path: str = "") -> str:
    """Return the first message of a schema with its place."""
    if not isinstance(messages, Mapping):
        return f"{path}: {messages[0]}"
    key, value = next(iter(messages.items()))
    return first_message(value, f"{path}.{key}" if path else str(key))
