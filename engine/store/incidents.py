"""Incidents: steps that failed, kept with the command that would repeat them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.errors import NotFound
from engine.store.schema import incident

OPEN = "open"
SETTLED = "settled"


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Add an incident and return its number."""
    return int(connection.execute(insert(incident).returning(incident.c.id), values).scalar_one())


def keep(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep a failure: count one more attempt on the open incident of the same instance, or add a new one."""
    counted = connection.execute(
        update(incident)
        .where(incident.c.instance == values["instance"], incident.c.status == OPEN)
        .values(attempts=incident.c.attempts + 1, message=values["message"], at=values["at"])
    )
    if counted.rowcount == 0:
        add(connection, {**values, "attempts": 1, "status": OPEN})


def get(connection: Connection, identifier: int) -> Row[Any]:
    """Return the incident; NotFound."""
    row = connection.execute(select(incident).where(incident.c.id == identifier)).one_or_none()
    if row is None:
        raise NotFound(what=f"incident {identifier}")
    return row


def open_incidents(connection: Connection, instance: str | None = None) -> list[Row[Any]]:
    """Return the open incidents, of one instance when it is given, oldest first."""
    query = select(incident).where(incident.c.status == OPEN).order_by(incident.c.id)
    return list(connection.execute(query if instance is None else query.where(incident.c.instance == instance)))


def change(connection: Connection, identifier: int, values: Mapping[str, Any]) -> None:
    """Change an incident."""
    connection.execute(update(incident).where(incident.c.id == identifier).values(**values))


def settle(connection: Connection, identifier: int, by: str, at: datetime) -> None:
    """Settle an incident: its work was done after all, or was given up."""
    change(connection, identifier, {"status": SETTLED, "settled_by": by, "settled_at": at})
