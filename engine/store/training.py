"""Who is trained in what, and since when. Records are added, never changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select

from engine.store.schema.training import training_record


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add training records."""
    if rows:
        connection.execute(insert(training_record), list(rows))


def trained(connection: Connection, what: str) -> frozenset[str]:
    """Return the usernames of those with a record of training in `what`."""
    query = select(training_record.c.person).where(training_record.c.what == what)
    return frozenset(connection.execute(query).scalars())


def days_of(connection: Connection, person: str, what: str) -> tuple[date, ...]:
    """Return the days on which somebody was trained in `what`, the earliest first."""
    query = select(training_record.c.trained_on).where(training_record.c.person == person)
    return tuple(connection.execute(query.where(training_record.c.what == what).order_by("trained_on")).scalars())


def last_days(connection: Connection, what: str) -> dict[str, date]:
    """Return the last day on which each person with a record was trained in `what`, by username."""
    query = select(training_record.c.person, func.max(training_record.c.trained_on))
    rows = connection.execute(query.where(training_record.c.what == what).group_by(training_record.c.person))
    return {row[0]: row[1] for row in rows}
