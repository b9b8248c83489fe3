"""The filters that people saved."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from engine.store.rows import Rows
from engine.store.schema.personal import saved_filter

_OF_PERSON = Rows(saved_filter.c.person, saved_filter.c.name)


def of_person(connection: Connection, person: str) -> list[Row[Any]]:
    """Return somebody's filters by name."""
    return _OF_PERSON.all(connection, person)


def find(connection: Connection, person: str, number: int) -> Row[Any] | None:
    """Return a filter of somebody, None when it is not theirs."""
    query = select(saved_filter).where(saved_filter.c.id == number, saved_filter.c.person == person)
    return connection.execute(query).one_or_none()


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a filter."""
    connection.execute(insert(saved_filter), values)


def drop(connection: Connection, number: int) -> None:
    """Delete a filter."""
    connection.execute(delete(saved_filter).where(saved_filter.c.id == number))
