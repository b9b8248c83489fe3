"""Thematic audits: every case of a kind, with the frame as it was built (manual section 5)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from engine.errors import NotFound
from engine.store.schema.council import case_record
from engine.store.schema.thematic import thematic_audit


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a thematic audit with its frame."""
    connection.execute(insert(thematic_audit), values)


def get(connection: Connection, instance: str) -> Row[Any]:
    """Return the thematic audit; NotFound."""
    row = connection.execute(select(thematic_audit).where(thematic_audit.c.instance == instance)).one_or_none()
    if row is None:
        raise NotFound(what="thematic audit with this number")
    return row


def newest(connection: Connection) -> Row[Any] | None:
    """Return the thematic audit that began last, None when there is none."""
    return connection.execute(select(thematic_audit).order_by(thematic_audit.c.begun_at.desc()).limit(1)).one_or_none()


def census(connection: Connection, status: str, area: str | None, team: str | None) -> list[str]:
    """Return every case with a status, of a service area and of a team where given, by reference."""
    query = select(case_record.c.reference).where(case_record.c.status == status)
    if area is not None:
        query = query.where(case_record.c.service_area == area)
    if team is not None:
        query = query.where(case_record.c.team == team)
    return list(connection.execute(query.order_by(case_record.c.reference)).scalars())
