"""What the policy refers to: processes/manual/references.json, each entry with the day it was last checked (R-11)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from marshmallow import Schema, ValidationError, fields, validate

from engine.errors import Unreadable

REFERENCES: Final = "processes/manual/references.json"


@dataclass(frozen=True, slots=True)
class Reference:
    """A statute, standard or local policy. `checked_on` is None until somebody has checked that it still applies."""

    title: str
    checked_on: date | None
    note: str


class _Entry(Schema):
    title = fields.String(required=True, validate=validate.Length(1, 300))
    checked_on = fields.Date(load_default=None)
    note = fields.String(load_default="", validate=validate.Length(0, 500))


class _List(Schema):
    references = fields.List(fields.Nested(_Entry), required=True, validate=validate.Length(0, 300))


def read_references(file: str, content: bytes) -> tuple[Reference, ...]:
    """Return the references of a file in their order. Unreadable."""
    try:
        loaded = _List().load(json.loads(content))
    except ValidationError as error:
        raise Unreadable(file=file, reason=f"{error.messages}") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(file=file, reason=f"it is not JSON ({error})") from error
    return tuple(Reference(**entry) for entry in loaded["references"])


def references_of(snapshot: Mapping[str, bytes]) -> tuple[Reference, ...]:
    """Return the references of a snapshot, none when it lists none. Unreadable."""
    content = snapshot.get(REFERENCES)
    return () if content is None else read_references(REFERENCES, content)
