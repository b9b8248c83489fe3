"""What happened to the work about a case, read from its tasks and from the event log, newest first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.store.schema.execution import event, instance, task
from engine.store.tasks import OPEN

MOST = 1_000


def beginnings(connection: Connection, instances: Sequence[str]) -> list[Row[Any]]:
    """Return (at, actor, instance, process) of the beginning of each instance, the last MOST."""
    query = (
        select(event.c.at, event.c.actor, instance.c.id.label("instance"), instance.c.process)
        .join(instance, instance.c.id == event.c.stream)
        .where(event.c.stream.in_(instances), event.c.n == 1)
    )
    return list(connection.execute(query.order_by(event.c.at.desc()).limit(MOST)))


def closed_tasks(connection: Connection, instances: Sequence[str]) -> list[Row[Any]]:
    """Return (at, actor, instance, title, status) of the tasks that were completed or withdrawn, the last MOST."""
    query = select(
        task.c.closed_at.label("at"), task.c.closed_by.label("actor"), task.c.instance, task.c.title, task.c.status
    ).where(task.c.instance.in_(instances), task.c.status != OPEN)
    return list(connection.execute(query.order_by(task.c.closed_at.desc()).limit(MOST)))


def noted(connection: Connection, case: str, kinds: Sequence[str]) -> list[Row[Any]]:
    """Return (at, actor, kind, details) of what was noted about a case itself, the last MOST."""
    query = select(event.c.at, event.c.actor, event.c.kind, event.c.details)
    query = query.where(event.c.stream == f"case {case}", event.c.kind.in_(kinds))
    return list(connection.execute(query.order_by(event.c.n.desc()).limit(MOST)))
