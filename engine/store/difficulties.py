"""Difficulties with doing audits, as they were told (manual section 8, M19)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from engine.store.schema.support import difficulty


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a notice of a difficulty."""
    connection.execute(insert(difficulty), values)


def told_between(connection: Connection, first: datetime, end: datetime) -> list[Row[Any]]:
    """Return the difficulties told from `first` until before `end`, oldest first."""
    query = select(difficulty).where(difficulty.c.told_at >= first, difficulty.c.told_at < end)
    return list(connection.execute(query.order_by(difficulty.c.told_at, difficulty.c.instance)))
