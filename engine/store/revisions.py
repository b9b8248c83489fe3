"""Counters that tell a process when what it holds in memory is out of date."""

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.schema.execution import revision

_ALL = select(revision.c.name, revision.c.number)


def numbers(connection: Connection) -> dict[str, int]:
    """Return the number of each revision by name."""
    return {row.name: row.number for row in connection.execute(_ALL)}


def raise_number(connection: Connection, name: str) -> None:
    """Count one change of `name`; the first one begins at 1."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    connection.execute(insert(revision).values(name=name, number=0).on_conflict_do_nothing())
    connection.execute(update(revision).where(revision.c.name == name).values(number=revision.c.number + 1))
