"""Process instances: reading one for a step, writing it back, finding what is due."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from engine.errors import NotFound, Stale
from engine.store.schema.execution import instance, task
from engine.store.tasks import OPEN

RUNNING = "running"
STOPPED = "incident"
GIVEN_UP, CANCELLED = "given up", "cancelled"
UNFINISHED = (RUNNING, STOPPED)

_BY_ID = select(instance).where(instance.c.id == bindparam("wanted"))
_ADD = insert(instance)
_BY_ID_LOCKED = _BY_ID.with_for_update()
_WRITE = (
    update(instance)
    .where(instance.c.id == bindparam("wanted"), instance.c.version == bindparam("read_version"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "status",
                "state",
                "version",
                "tokens",
                "open_tasks",
                "reminders",
                "next_due",
                "timer_due",
                "task_due",
                "events",
                "head",
                "finished_at",
            )
        }
    )
)
_FIRST_DUE = (
    select(instance.c.id, instance.c.next_due)
    .where(instance.c.status == RUNNING, instance.c.next_due <= bindparam("now"))
    .order_by(instance.c.next_due)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_NEXT_DUE = (
    select(instance.c.next_due)
    .where(instance.c.status == RUNNING, instance.c.next_due.is_not(None))
    .order_by(instance.c.next_due)
    .limit(1)
)
_WAITING_FOR_CASE = select(instance.c.id, instance.c.audit).where(
    instance.c.case_ref == bindparam("case"),
    instance.c.process == bindparam("process"),
    instance.c.status.in_(UNFINISHED),
)


def new_key(process: str, period: str) -> str:
    """Return the business key of a recurring instance: one for each process and period."""
    return f"{process}:{period}"


def lock(connection: Connection, identifier: str) -> Row[Any]:
    """Return the instance, locked for this transaction; NotFound."""
    row = connection.execute(_BY_ID_LOCKED, {"wanted": identifier}).one_or_none()
    if row is None:
        raise NotFound(what=f"process instance {identifier}")
    return row


def get(connection: Connection, identifier: str) -> Row[Any]:
    """Return the instance without a lock; NotFound."""
    row = connection.execute(_BY_ID, {"wanted": identifier}).one_or_none()
    if row is None:
        raise NotFound(what=f"process instance {identifier}")
    return row


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a new instance."""
    connection.execute(_ADD, values)


def write(connection: Connection, identifier: str, read_version: int, values: Mapping[str, Any]) -> None:
    """Write an instance that was read at `read_version`; Stale when somebody else wrote it since."""
    parameters = {f"new_{name}": value for name, value in values.items()}
    result = connection.execute(_WRITE, {"wanted": identifier, "read_version": read_version, **parameters})
    if result.rowcount != 1:
        raise Stale(what="This work", change="another step was saved first")


def change_deployment(connection: Connection, identifier: str, number: int) -> None:
    """Let an instance follow another deployment."""
    connection.execute(update(instance).where(instance.c.id == identifier).values(deployment=number))


def unfinished_elsewhere(connection: Connection, number: int) -> list[str]:
    """Return the ids of the unfinished instances that follow another deployment than `number`, oldest first."""
    query = select(instance.c.id).where(instance.c.status.in_(UNFINISHED), instance.c.deployment != number)
    return list(connection.execute(query.order_by(instance.c.started_at, instance.c.id)).scalars())


def first_due(connection: Connection, now: datetime) -> Row[Any] | None:
    """Claim the running instance that has been due longest at `now` (id, next_due); None when none is."""
    return cast("Row[Any] | None", connection.execute(_FIRST_DUE, {"now": now}).first())


def next_due(connection: Connection) -> datetime | None:
    """Return the next moment at which any running instance is due."""
    return connection.execute(_NEXT_DUE).scalar()


def heads(connection: Connection) -> Iterator[Row[Any]]:
    """Yield the id of every instance with the number of its events and the hash of the last one."""
    query = select(instance.c.id, instance.c.events, instance.c.head).order_by(instance.c.id)
    yield from cast(Iterator[Row[Any]], connection.execution_options(yield_per=1000).execute(query))


def with_due_work(connection: Connection) -> list[str]:
    """Return the ids of the unfinished instances that wait for a moment, or have an open task that is due at one."""
    due = select(task.c.id).where(task.c.instance == instance.c.id, task.c.status == OPEN, task.c.due.is_not(None))
    waits = or_(instance.c.next_due.is_not(None), due.exists())
    query = select(instance.c.id).where(instance.c.status.in_(UNFINISHED), waits)
    return list(connection.execute(query.order_by(instance.c.id)).scalars())


def of_audit(connection: Connection, audit: str) -> list[Row[Any]]:
    """Return id and process of the instances about an audit, oldest first."""
    query = select(instance.c.id, instance.c.process).where(instance.c.audit == audit)
    return list(connection.execute(query.order_by(instance.c.started_at, instance.c.id)))


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the instances about a case (id, process, audit), oldest first."""
    query = select(instance.c.id, instance.c.process, instance.c.audit).where(instance.c.case_ref == case)
    return list(connection.execute(query.order_by(instance.c.started_at, instance.c.id)))


def unfinished_of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the unfinished instances about a case (id, process, deployment, case_ref, audit, status), oldest first."""
    columns = (instance.c.id, instance.c.process, instance.c.deployment, instance.c.case_ref, instance.c.audit)
    query = select(*columns, instance.c.status).where(instance.c.case_ref == case, instance.c.status.in_(UNFINISHED))
    return list(connection.execute(query.order_by(instance.c.started_at, instance.c.id)))


def waiting_for_case(connection: Connection, process: str, case: str, audit: str | None) -> list[str]:
    """Return the ids of the unfinished instances of `process` about `case`: those about `audit` where there are any,
    and never one about another audit.
    """
    rows = list(connection.execute(_WAITING_FOR_CASE, {"process": process, "case": case}))
    if audit is None:
        return [row.id for row in rows]
    same = [row.id for row in rows if row.audit == audit]
    return same or [row.id for row in rows if row.audit is None]
