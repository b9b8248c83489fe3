"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from engine.errors import Unstorable


class Moment(TypeDecorator[datetime]):
    """An instant, kept in UTC. A naive value is refused: SQLite would silently drop the offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC (without its offset for SQLite); ValueError when it is naive."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without an offset cannot be stored")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored instant, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Plain JSON as text, with the order of keys kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return `value` as JSON text, None as NULL; Unstorable when it is no JSON."""
        try:
            return None if value is None else orjson.dumps(value).decode()
        except orjson.JSONEncodeError as error:
            raise Unstorable(reason="it is not made of text, numbers, lists and records") from error

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the value of JSON text."""
        return None if value is None else orjson.loads(value)
