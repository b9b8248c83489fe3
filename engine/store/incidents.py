"""Incidents: steps that failed, kept with the command that would repeat them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from engine.errors import NotFound
from engine.store.schema.execution import incident, instance

OPEN = "open"
SETTLED = "settled"
BY_CLOCK = "due"


def keep(connection: Connection, values: Mapping[str, Any]) -> Row[Any]:
    """Keep a failure and return its row (id, attempts): one more attempt of an open incident about the same instance
    and command, or a new one.
    """
    counted = (
        update(incident)
        .where(
            incident.c.instance == values["instance"],
            incident.c.command == values["command"],
            incident.c.status == OPEN,
        )
        .values(
            attempts=incident.c.attempts + 1,
            element=values["element"],
            message=values["message"],
            at=values["at"],
            next_try=None,
        )
        .returning(incident.c.id, incident.c.attempts)
    )
    row = connection.execute(counted).first()
    return row if row is not None else _add(connection, values)


def _add(connection: Connection, values: Mapping[str, Any]) -> Row[Any]:
    added = insert(incident).returning(incident.c.id, incident.c.attempts)
    return connection.execute(added, {**values, "attempts": 1, "status": OPEN}).one()


def first_due(connection: Connection, now: datetime) -> Row[Any] | None:
    """Claim the open incident whose next automatic try has been due longest at `now`, None when none is."""
    query = (
        select(incident)
        .where(incident.c.status == OPEN, incident.c.next_try <= now)
        .order_by(incident.c.next_try, incident.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(query).one_or_none()


def next_try(connection: Connection) -> datetime | None:
    """Return when the next automatic try of an incident is due."""
    query = select(func.min(incident.c.next_try)).where(incident.c.status == OPEN)
    return cast("datetime | None", connection.execute(query).scalar())


def get(connection: Connection, identifier: int) -> Row[Any]:
    """Return the incident; NotFound."""
    return _found(connection, select(incident).where(incident.c.id == identifier), identifier)


def lock(connection: Connection, identifier: int) -> Row[Any]:
    """Return the incident, locked for this transaction; NotFound."""
    return _found(connection, select(incident).where(incident.c.id == identifier).with_for_update(), identifier)


def _found(connection: Connection, query: Select[Any], identifier: int) -> Row[Any]:
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(what=f"incident {identifier}")
    return row


def open_incidents(connection: Connection, of: str | None = None) -> list[Row[Any]]:
    """Return the open incidents, of one instance when it is given, oldest first."""
    query = select(incident).where(incident.c.status == OPEN).order_by(incident.c.id)
    return list(connection.execute(query if of is None else query.where(incident.c.instance == of)))


def open_page(connection: Connection, limit: int, offset: int) -> list[Row[Any]]:
    """Return so many of the open incidents, oldest first, without the first `offset` of them."""
    query = select(incident).where(incident.c.status == OPEN).order_by(incident.c.id).limit(limit).offset(offset)
    return list(connection.execute(query))


def open_of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the open incidents of instances about a case, oldest first."""
    about = select(instance.c.id).where(instance.c.case_ref == case)
    query = select(incident).where(incident.c.status == OPEN, incident.c.instance.in_(about)).order_by(incident.c.id)
    return list(connection.execute(query))


def count_open(connection: Connection) -> int:
    """Return how many incidents are open."""
    query = select(func.count()).select_from(incident).where(incident.c.status == OPEN)
    return int(connection.execute(query).scalar_one())


def change(connection: Connection, identifier: int, values: Mapping[str, Any]) -> None:
    """Change an incident."""
    connection.execute(update(incident).where(incident.c.id == identifier).values(**values))


def settle(connection: Connection, identifier: int, by: str, at: datetime) -> None:
    """Settle an incident: its work was done after all, or was given up."""
    change(connection, identifier, {"status": SETTLED, "settled_by": by, "settled_at": at, "next_try": None})


def settle_stop(connection: Connection, stopped_instance: str, by: str, at: datetime) -> list[int]:
    """Settle the open incidents at which the clock had stopped an instance, which went on; return their numbers."""
    stopped = [row.id for row in open_incidents(connection, stopped_instance) if row.command["kind"] == BY_CLOCK]
    for identifier in stopped:
        settle(connection, identifier, by, at)
    return stopped
