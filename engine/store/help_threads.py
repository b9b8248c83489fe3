"""Who helped with which audit (manual section 9, M19). Question and answer are the submissions of the instance."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert

from engine.store.rows import Rows
from engine.store.schema.support import help_thread

_OF_AUDIT = Rows(help_thread.c.audit, help_thread.c.answered_at, help_thread.c.instance)


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add an answered request for help."""
    connection.execute(insert(help_thread), values)


def of_audit(connection: Connection, audit: str) -> list[Row[Any]]:
    """Return the answered requests about an audit, oldest first."""
    return _OF_AUDIT.all(connection, audit)


def helpers_of(connection: Connection, audit: str) -> set[str]:
    """Return everybody who helped with an audit."""
    return {row.helper for row in of_audit(connection, audit)}
