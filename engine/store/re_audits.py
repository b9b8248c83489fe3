"""Which audits look again at a case that was graded Inadequate, and at which audit of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert

from engine.store.rows import Rows
from engine.store.schema.recovery import re_audit

_OF_AUDIT = Rows(re_audit.c.of_audit, re_audit.c.begun_at, re_audit.c.audit)


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a re-audit."""
    connection.execute(insert(re_audit), values)


def of_audit(connection: Connection, audit: str) -> list[Row[Any]]:
    """Return the re-audits that an audit led to, oldest first."""
    return _OF_AUDIT.all(connection, audit)
