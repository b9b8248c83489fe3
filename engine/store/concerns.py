"""Safeguarding concerns: where each stands, and when and by whom it got there."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.store.schema.concern import concern


def find(connection: Connection, instance: str) -> Row[Any] | None:
    """Return the concern that a process instance is about, None before it is recorded."""
    return connection.execute(select(concern).where(concern.c.instance == instance)).one_or_none()


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a concern that was raised."""
    connection.execute(insert(concern), values)


def change(connection: Connection, instance: str, values: Mapping[str, Any]) -> None:
    """Change a concern."""
    connection.execute(update(concern).where(concern.c.instance == instance).values(**values))


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the concerns about a case, oldest first."""
    query = select(concern).where(concern.c.case_ref == case).order_by(concern.c.raised_at, concern.c.instance)
    return list(connection.execute(query))
