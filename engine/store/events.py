"""The event log: append-only, one hash chain a stream (manual requirement I-01)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from engine.store.schema import event


def append(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append events whose places in their streams, hashes and keys are already reckoned."""
    connection.execute(insert(event), list(rows))


def by_command(connection: Connection, command_key: str) -> Row[Any] | None:
    """Return the event that a command with this idempotency key left, None when it never ran."""
    return connection.execute(select(event).where(event.c.command_key == command_key)).one_or_none()


def of_stream(connection: Connection, stream: str) -> list[Row[Any]]:
    """Return the events of one stream in order."""
    return list(connection.execute(select(event).where(event.c.stream == stream).order_by(event.c.n)))


def last_of_stream(connection: Connection, stream: str) -> Row[Any] | None:
    """Return the last event of a stream, None for an empty one."""
    return connection.execute(
        select(event).where(event.c.stream == stream).order_by(event.c.n.desc()).limit(1)
    ).one_or_none()


def everything(connection: Connection) -> Iterator[Row[Any]]:
    """Yield all events, stream by stream and in order."""
    yield from connection.execution_options(yield_per=1000).execute(select(event).order_by(event.c.stream, event.c.n))


def kinds_since(connection: Connection, stream: str, kind: str, since: datetime) -> list[Row[Any]]:
    """Return the events of one kind in a stream from `since` on."""
    query = select(event).where(event.c.stream == stream, event.c.kind == kind, event.c.at >= since)
    return list(connection.execute(query.order_by(event.c.n)))
