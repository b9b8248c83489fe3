"""The daily extract of the record system."""

from typing import Any

from marshmallow import fields

from engine.service.people import tokens
from engine.service.record_system import extract_import
from engine.service.record_system.extract_columns import FIELDS
from webapp.api.bearer import engine, me
from webapp.api.resource import Resource, Shape

resource = Resource("extracts", "The daily extract of the record system.")


_ROW = {
    "type": "object",
    "properties": {name: {"type": ["string", "boolean", "null"]} for name in FIELDS},
    "additionalProperties": False,
}


class Extract(Shape):
    """Rows, each a record of text, true, false and null by field; what a text must be like, the report says."""

    rows = fields.Raw(required=True, metadata={"type": "array", "minItems": 1, "items": _ROW})


class TakenRow(Shape):
    """What happened to the case of a row."""

    row = fields.Integer(required=True)
    case = fields.String(required=True)
    happened = fields.List(fields.String(), required=True)


class RefusedRow(Shape):
    """A row that was not understood, and why."""

    row = fields.Integer(required=True)
    case = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class ExtractReport(Shape):
    """What became of an extract."""

    rows_read = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    rows = fields.List(fields.Nested(TakenRow), required=True)
    refused = fields.List(fields.Nested(RefusedRow), required=True)
    notes = fields.List(fields.String(), required=True)


@resource.writes("POST", "/extracts", tokens.EXTRACTS_WRITE, ExtractReport, Extract, wrong=400)
def take_in(body: dict[str, Any]) -> dict[str, Any]:
    """Take over the rows of an extract

    Every row that is understood, all in one transaction; the others are refused one by one and change nothing.
    """
    return extract_import.take_in(engine(), me(), extract_import.read_json(body["rows"]))
