"""Letters to people, written in the transaction of the change they tell of and sent later.

A letter is `waiting` until it is `sent`; it has `failed` when it was tried often enough, and is for the `inbox only`
when its reader has no address.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.schema.execution import outbox

WAITING, SENT, FAILED, INBOX_ONLY = "waiting", "sent", "failed", "inbox only"

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
    """Take up to `limit` letters that are due to be tried, leased until `lease_until`.

    The rows are as they were before: `tries` counts the earlier ones.
    """
    query = (
        select(outbox)
        .where(outbox.c.status == WAITING, outbox.c.next_try <= now)
        .order_by(outbox.c.next_try, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(connection.execute(query))
    if rows:
        chosen = outbox.c.id.in_([row.id for row in rows])
        connection.execute(update(outbox).where(chosen).values(next_try=lease_until, tries=outbox.c.tries + 1))
    return rows


def settle(
    connection: Connection, letter: int, status: str, values: Mapping[str, Any], tries: int | None = None
) -> bool:
    """Record what became of a waiting letter and return whether it was still waiting.

    With `tries` it must not have been claimed by somebody else since: their try says what becomes of it.
    """
    waiting = [outbox.c.id == letter, outbox.c.status == WAITING]
    if tries is not None:
        waiting.append(outbox.c.tries == tries)
    return connection.execute(update(outbox).where(*waiting).values(status=status, **values)).rowcount == 1


def failed(connection: Connection) -> list[Row[Any]]:
    """Return the letters that could not be sent, oldest first."""
    return list(connection.execute(select(outbox).where(outbox.c.status == FAILED).order_by(outbox.c.id)))


def wait_again(connection: Connection, now: datetime) -> int:
    """Let every letter that could not be sent wait to be tried afresh; return how many there are."""
    again = update(outbox).where(outbox.c.status == FAILED).values(status=WAITING, tries=0, next_try=now)
    return connection.execute(again).rowcount


def count_by_status(connection: Connection) -> dict[str, int]:
    """Return how many letters there are of each status."""
    query = select(outbox.c.status, func.count().label("number")).group_by(outbox.c.status)
    return {row.status: row.number for row in connection.execute(query)}
