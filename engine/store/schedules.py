"""When recurring processes are next begun: a row each, so that they cannot run twice whoever ticks."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from engine.store.schema.execution import schedule


def due(connection: Connection, now: datetime) -> Row[Any] | None:
    """Claim the schedule that has been due longest at `now`, None when none is."""
    query = (
        select(schedule)
        .where(schedule.c.active, schedule.c.next_at <= now)
        .order_by(schedule.c.next_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(query).one_or_none()


def next_at(connection: Connection) -> datetime | None:
    """Return when the next schedule is due."""
    return connection.execute(select(func.min(schedule.c.next_at)).where(schedule.c.active)).scalar()


def add(connection: Connection, process: str, at: datetime) -> None:
    """Add a schedule that is next due at `at`."""
    connection.execute(insert(schedule), {"process": process, "next_at": at, "active": True})


def move(connection: Connection, process: str, at: datetime) -> None:
    """Set when a schedule is next due."""
    connection.execute(update(schedule).where(schedule.c.process == process).values(next_at=at))


def end(connection: Connection, process: str) -> None:
    """Let a schedule end."""
    connection.execute(delete(schedule).where(schedule.c.process == process))


def processes(connection: Connection) -> set[str]:
    """Return the processes that have a schedule."""
    return set(connection.execute(select(schedule.c.process)).scalars())
