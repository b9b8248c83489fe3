"""Reading what was sent: JSON and nothing else, no field that is unknown, and errors by field."""

from http import HTTPStatus
from typing import Any

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from orjson import JSONDecodeError, loads
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from engine.errors import Invalid


class Parser(FlaskParser):
    """Reads arguments of the interface; Invalid, or BadRequest where a route promises 400."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012 - webargs reads it from the class

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Return the body; UnsupportedMediaType, BadRequest."""
        if not req.is_json:
            raise UnsupportedMediaType("Send JSON, with the header Content-Type: application/json.")
        try:
            return loads(req.get_data())
        except JSONDecodeError as error:
            raise BadRequest("The body is no JSON that can be read.") from error

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, *, error_status_code: int | None, **_more: Any
    ) -> Any:
        """Refuse what does not fit the schema."""
        found = error.messages if isinstance(error.messages, dict) else {"body": error.messages}
        by_field = found.get("json") or found.get("query") or found
        refusal = Invalid(by_field if isinstance(by_field, dict) else {"body": by_field})
        if error_status_code == HTTPStatus.BAD_REQUEST:
            raise BadRequest(refusal.sentence) from error
        raise refusal from error
