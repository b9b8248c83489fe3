"""The event log: append-only, one hash chain a stream (manual requirement I-01)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, bindparam, func, insert, select, type_coerce
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import NullType

from engine.errors import Unreadable
from engine.store.rows import Rows
from engine.store.schema.execution import event

CASE_STREAM, LOOKS_STREAM = "case ", "read "
_ADD = insert(event)
_BY_COMMAND = Rows(event.c.command_key)
_OF_STREAM = Rows(event.c.stream, event.c.n)
_LAST = select(event).where(event.c.stream == bindparam("wanted")).order_by(event.c.n.desc()).limit(1)
_AFTER = select(event).where(event.c.stream == bindparam("wanted"), event.c.n > bindparam("n")).order_by(event.c.n)
_HOLD = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("stream"), 0)))
_VERIFIED = frozenset(("stream", "n", "kind", "actor", "at", "details", "previous", "hash"))


def append(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append events whose places in their streams, hashes and keys are already reckoned."""
    connection.execute(_ADD, list(rows))


def by_command(connection: Connection, command_key: str) -> Row[Any] | None:
    """Return the event that a command with this idempotency key left, None when it never ran."""
    return _BY_COMMAND.one(connection, command_key)


def of_stream(connection: Connection, stream: str) -> list[Row[Any]]:
    """Return the events of one stream in order."""
    return _OF_STREAM.all(connection, stream)


def after(connection: Connection, stream: str, n: int, limit: int | None = None) -> list[Row[Any]]:
    """Return the events of one stream that follow event `n`, in order, at most `limit` of them."""
    return list(connection.execute(_AFTER.limit(limit), {"wanted": stream, "n": n}))


def between(connection: Connection, stream: str, after: int, until: int) -> list[Row[Any]]:
    """Return the events of one stream later than event `after` up to event `until`, newest first."""
    query = select(event).where(event.c.stream == stream, event.c.n > after, event.c.n <= until)
    return list(connection.execute(query.order_by(event.c.n.desc())))


def hold(connection: Connection, stream: str) -> None:
    """Keep others from adding to a stream until this transaction ends. On SQLite nobody else writes meanwhile."""
    if connection.dialect.name == "postgresql":
        connection.execute(_HOLD, {"stream": stream})


def last_of_stream(connection: Connection, stream: str) -> Row[Any] | None:
    """Return the last event of a stream, None for an empty one."""
    return connection.execute(_LAST, {"wanted": stream}).one_or_none()


def as_stored(connection: Connection) -> Iterator[Row[Any]]:
    """Yield all events, stream by stream and in order, with `at` and `details` as the database holds them.

    `at` is text or a datetime, `details` is text: what somebody made unreadable is yielded like anything else.
    Unreadable when the database itself can read no further.
    """
    columns = [type_coerce(column, NullType).label(column.name) for column in event.c if column.name in _VERIFIED]
    query = select(*columns).order_by(event.c.stream, event.c.n)
    try:
        yield from cast(Iterator[Row[Any]], connection.execution_options(yield_per=1000).execute(query))
    except OperationalError as error:
        raise Unreadable(file="The event log", reason="an event holds bytes that are no text") from error


def count(connection: Connection) -> int:
    """Return how many events there are."""
    return int(connection.execute(select(func.count()).select_from(event)).scalar_one())


def kinds_since(connection: Connection, stream: str, kind: str, since: datetime) -> list[Row[Any]]:
    """Return the events of one kind in a stream from `since` on."""
    query = select(event).where(event.c.stream == stream, event.c.kind == kind, event.c.at >= since)
    return list(connection.execute(query.order_by(event.c.n)))
