"""Work that one person passed on to another, oldest first."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from engine.store.schema.delegation import delegation


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Record that a task was passed on."""
    connection.execute(insert(delegation), values)


def last_of(connection: Connection, tasks: Iterable[str]) -> dict[str, Row[Any]]:
    """Return the newest row of each of these tasks that was passed on (given_by, given_to, note, at), by task."""
    query = select(delegation).where(delegation.c.task.in_(list(tasks))).order_by(delegation.c.id)
    return {row.task: row for row in connection.execute(query)}
