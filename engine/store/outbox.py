"""Letters to people, written in the transaction of the change they tell of and sent later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.schema import outbox

WAITING = "waiting"

_ADD = {
    "sqlite": sqlite_insert(outbox).on_conflict_do_nothing(index_elements=["dedup_key"]),
    "postgresql": postgresql_insert(outbox).on_conflict_do_nothing(index_elements=["dedup_key"]),
}


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add letters that wait to be sent; one whose occasion was written of before is left out."""
    if rows:
        connection.execute(_ADD[connection.dialect.name], list(rows))


def to_person(connection: Connection, person: str, case: str | None = None) -> list[Row[Any]]:
    """Return the letters to a person, about one case when it is given, oldest first."""
    query = select(outbox).where(outbox.c.person == person).order_by(outbox.c.created_at, outbox.c.id)
    return list(connection.execute(query if case is None else query.where(outbox.c.case_ref == case)))


def last_id(connection: Connection) -> int:
    """Return the number of the newest letter, 0 when there is none."""
    return connection.execute(select(func.max(outbox.c.id))).scalar() or 0


def claim(connection: Connection, now: datetime, lease_until: datetime, limit: int) -> list[Row[Any]]:
    """Take up to `limit` letters that are due to be tried, leased until `lease_until`."""
    query = (
        select(outbox)
        .where(outbox.c.status == WAITING, outbox.c.next_try <= now)
        .order_by(outbox.c.next_try)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(connection.execute(query))
    if rows:
        chosen = outbox.c.id.in_([row.id for row in rows])
        connection.execute(update(outbox).where(chosen).values(next_try=lease_until, tries=outbox.c.tries + 1))
    return rows


def settle(connection: Connection, letter: int, status: str, values: Mapping[str, Any]) -> None:
    """Record what became of a letter: sent, failed, or waiting for another try."""
    connection.execute(update(outbox).where(outbox.c.id == letter).values(status=status, **values))
