"""Disagreements about remedial actions: what is disputed and where it stands."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.store.schema.disagreement import disagreement


def find(connection: Connection, instance: str) -> Row[Any] | None:
    """Return the disagreement that a process instance is about, None before it is recorded."""
    return connection.execute(select(disagreement).where(disagreement.c.instance == instance)).one_or_none()


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a disagreement that was raised."""
    connection.execute(insert(disagreement), values)


def change(connection: Connection, instance: str, values: Mapping[str, Any]) -> None:
    """Change a disagreement."""
    connection.execute(update(disagreement).where(disagreement.c.instance == instance).values(**values))


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the disagreements about a case, oldest first."""
    query = select(disagreement).where(disagreement.c.case_ref == case)
    return list(connection.execute(query.order_by(disagreement.c.raised_at, disagreement.c.instance)))
