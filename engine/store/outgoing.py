"""Records that go back to the record system: written in the transaction they tell of, delivered later.

A record is `waiting` until it is `sent`, or has `failed` when it was tried often enough. It can be exported whatever
its status.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.schema.exchange import outgoing_record

WAITING, SENT, FAILED = "waiting", "sent", "failed"

_ADD = {
    "sqlite": sqlite_insert(outgoing_record).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql_insert(outgoing_record).on_conflict_do_nothing(index_elements=["key"]),
}


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add records that wait; one whose key is there already is left out."""
    if rows:
        connection.execute(_ADD[connection.dialect.name], list(rows))


def since(connection: Connection, at: datetime) -> list[Row[Any]]:
    """Return the records of `at` and later, oldest first."""
    query = select(outgoing_record).where(outgoing_record.c.at >= at)
    return list(connection.execute(query.order_by(outgoing_record.c.at, outgoing_record.c.id)))


def claim(connection: Connection, now: datetime, lease_until: datetime, limit: int, since: datetime) -> list[Row[Any]]:
    """Take up to `limit` records of `since` or later that are due to be tried, oldest first, until `lease_until`.

    The rows are as they were before: `tries` counts the earlier ones.
    """
    query = (
        select(outgoing_record)
        .where(outgoing_record.c.status == WAITING, outgoing_record.c.next_try <= now, outgoing_record.c.at >= since)
        .order_by(outgoing_record.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(connection.execute(query))
    if rows:
        chosen = outgoing_record.c.id.in_([row.id for row in rows])
        values = {"next_try": lease_until, "tries": outgoing_record.c.tries + 1}
        connection.execute(update(outgoing_record).where(chosen).values(**values))
    return rows


def settle(connection: Connection, record: int, tries: int, status: str, values: Mapping[str, Any]) -> bool:
    """Record what became of a claimed record, unless somebody else has claimed it since; return whether it did."""
    waiting = (outgoing_record.c.id == record, outgoing_record.c.status == WAITING, outgoing_record.c.tries == tries)
    return connection.execute(update(outgoing_record).where(*waiting).values(status=status, **values)).rowcount == 1


def wait_again(connection: Connection, now: datetime) -> int:
    """Let every record that could not be delivered be tried afresh; return how many there are."""
    again = update(outgoing_record).where(outgoing_record.c.status == FAILED)
    return connection.execute(again.values(status=WAITING, tries=0, next_try=now)).rowcount


def failed(connection: Connection) -> list[Row[Any]]:
    """Return the records that could not be delivered, oldest first."""
    query = select(outgoing_record).where(outgoing_record.c.status == FAILED)
    return list(connection.execute(query.order_by(outgoing_record.c.id)))


def count_by_status(connection: Connection) -> dict[str, int]:
    """Return how many records there are of each status."""
    query = select(outgoing_record.c.status, func.count().label("number")).group_by(outgoing_record.c.status)
    return {row.status: row.number for row in connection.execute(query)}
