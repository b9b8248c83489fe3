"""What the owners say about the record system's extract: `forms/extract_columns.json` (I-09).

The file names the columns with their other names, the words that are understood, and the sentences about rows that
are refused. How a reference is written and what is said about whole files is shared with the population list.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate

from engine.errors import Unreadable
from engine.service.population import columns as population_columns
from engine.service.population.columns import ColumnSchema, PopulationColumns, check_sentences, columns_of, words_of

FILE: Final = "forms/extract_columns.json"
FIELDS: Final = ("case_reference", "service_area", "team", "social_worker", "status", "restricted")
_REASONS: Final[Mapping[str, str]] = {
    "unknown_team": "found",
    "unknown_worker": "found",
    "twice": "kept",
    "unknown_case": "columns",
    "no_facts": "",
}
_SOME_WORDS = fields.List(fields.String(), required=True, validate=validate.Length(min=1))


class _WordsSchema(Schema):
    status = fields.Nested({"open": _SOME_WORDS, "closed": _SOME_WORDS}, required=True)
    restricted = fields.Nested({"yes": _SOME_WORDS, "no": _SOME_WORDS}, required=True)


class _ExtractSchema(Schema):
    title = fields.String(required=True)
    documentation = fields.String(load_default="")
    columns = fields.Nested({field: fields.Nested(ColumnSchema, required=True) for field in FIELDS}, required=True)
    words = fields.Nested(_WordsSchema, required=True)
    reasons = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def read_extract_columns(files: Mapping[str, bytes]) -> PopulationColumns:
    """Return the columns of an extract from the files of a policy; Unreadable naming what is wrong."""
    shared = population_columns.read_columns(files[population_columns.FILE])
    given = read_own(files.get(FILE, b""))
    return replace(
        shared,
        columns=columns_of(given["columns"], FILE),
        words={field: words_of(field, meanings, FILE) for field, meanings in given["words"].items()},
        reasons={**shared.reasons, **given["reasons"]},
    )


def read_own(content: bytes) -> dict[str, Any]:
    """Return what the file itself says, as it stands there; Unreadable naming what is wrong."""
    try:
        loaded: dict[str, Any] = _ExtractSchema().loads(content.decode())
    except ValidationError as error:
        raise Unreadable(file=FILE, reason=population_columns.first_message(error.messages)) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(file=FILE, reason=str(error)) from error
    check_sentences("reasons", loaded["reasons"], _REASONS, FILE)
    return loaded
