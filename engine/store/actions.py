"""Remedial actions and the management decisions about them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from engine.errors import NotFound
from engine.store.council_schema import case_record, management_decision, remedial_action

_OF_AUDIT = (
    select(remedial_action).where(remedial_action.c.audit == bindparam("audit")).order_by(remedial_action.c.number)
)


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add proposed remedial actions."""
    if rows:
        connection.execute(insert(remedial_action), list(rows))


def replace_proposed(connection: Connection, audit: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put `rows` in the place of the actions that an audit proposed before; none of them is opened yet."""
    connection.execute(delete(remedial_action).where(remedial_action.c.audit == audit))
    add(connection, rows)


def of_audit(connection: Connection, audit: str) -> list[Row[Any]]:
    """Return the remedial actions of an audit by number."""
    return list(connection.execute(_OF_AUDIT, {"audit": audit}))


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return all remedial actions of a case, oldest audit first."""
    query = select(remedial_action).where(remedial_action.c.case_ref == case).order_by(remedial_action.c.id)
    return list(connection.execute(query))


def get(connection: Connection, identifier: int) -> Row[Any]:
    """Return the remedial action; NotFound."""
    row = connection.execute(select(remedial_action).where(remedial_action.c.id == identifier)).one_or_none()
    if row is None:
        raise NotFound(what=f"remedial action {identifier}")
    return row


def change(connection: Connection, identifier: int, values: Mapping[str, Any]) -> None:
    """Change a remedial action."""
    connection.execute(update(remedial_action).where(remedial_action.c.id == identifier).values(**values))


def change_all(connection: Connection, audit: str, values: Mapping[str, Any]) -> None:
    """Change every remedial action of an audit."""
    connection.execute(update(remedial_action).where(remedial_action.c.audit == audit).values(**values))


def add_decision(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a management decision that was asked for."""
    connection.execute(insert(management_decision), values)


def decision_of(connection: Connection, instance: str) -> Row[Any] | None:
    """Return the management decision that a process instance is about, None before it is recorded."""
    query = select(management_decision).where(management_decision.c.instance == instance)
    return connection.execute(query).one_or_none()


def change_decision(connection: Connection, identifier: int, values: Mapping[str, Any]) -> None:
    """Change a management decision."""
    connection.execute(update(management_decision).where(management_decision.c.id == identifier).values(**values))


def decisions_of_audit(connection: Connection, audit: str) -> list[Row[Any]]:
    """Return the management decisions about an audit's actions, oldest first."""
    query = select(management_decision).where(management_decision.c.audit == audit)
    return list(connection.execute(query.order_by(management_decision.c.id)))


def decisions_of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the management decisions about a case, oldest first."""
    query = select(management_decision).where(management_decision.c.case_ref == case)
    return list(connection.execute(query.order_by(management_decision.c.id)))


def of_worker(connection: Connection, social_worker: str) -> list[Row[Any]]:
    """Return the opened remedial actions of the cases that a social worker is allocated."""
    query = (
        select(remedial_action)
        .join(case_record, case_record.c.reference == remedial_action.c.case_ref)
        .where(case_record.c.social_worker == social_worker, remedial_action.c.authorised_at.is_(None))
        .order_by(remedial_action.c.id)
    )
    return list(connection.execute(query))
