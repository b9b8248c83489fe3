"""Remedial actions and the management decisions about them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from engine.errors import NotFound
from engine.store.rows import Rows
from engine.store.schema.council import case_record, management_decision, remedial_action

ACTIVITY_FORM = "remedial_actions.json"

_BY_ID = Rows(remedial_action.c.id)
_OF_AUDIT = Rows(remedial_action.c.audit, remedial_action.c.number)
_OF_CASE = Rows(remedial_action.c.case_ref, remedial_action.c.id)
_DECISION = Rows(management_decision.c.id)
_DECISION_IN = Rows(management_decision.c.instance)
_DECISIONS_OF_AUDIT = Rows(management_decision.c.audit, management_decision.c.id)
_DECISIONS_OF_CASE = Rows(management_decision.c.case_ref, management_decision.c.id)
_LOCKED = select(remedial_action).where(remedial_action.c.id == bindparam("wanted")).with_for_update()
_ADD, _ADD_DECISION = insert(remedial_action), insert(management_decision)


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add proposed remedial actions."""
    if rows:
        connection.execute(_ADD, list(rows))


def drop_proposed(connection: Connection, audit: str) -> None:
    """Drop the actions that an audit proposed before; none of them is opened yet."""
    _OF_AUDIT.drop(connection, audit)


def of_audit(connection: Connection, audit: str) -> list[Row[Any]]:
    """Return the remedial actions of an audit by number."""
    return _OF_AUDIT.all(connection, audit)


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return all remedial actions of a case, oldest audit first."""
    return _OF_CASE.all(connection, case)


def opened_by_case(connection: Connection, cases: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """Return the remedial actions that were opened for their managers, by case."""
    query = select(remedial_action).where(
        remedial_action.c.case_ref.in_(cases), remedial_action.c.opened_at.is_not(None)
    )
    found: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(query.order_by(remedial_action.c.id)):
        found.setdefault(row.case_ref, []).append(row)
    return found


def get(connection: Connection, identifier: int) -> Row[Any]:
    """Return the remedial action; NotFound."""
    row = _BY_ID.one(connection, identifier)
    if row is None:
        raise NotFound(what=f"remedial action {identifier}")
    return row


def lock(connection: Connection, identifier: int) -> Row[Any]:
    """Return the remedial action, locked for this transaction; NotFound."""
    row = connection.execute(_LOCKED, {"wanted": identifier}).one_or_none()
    if row is None:
        raise NotFound(what=f"remedial action {identifier}")
    return row


def change(connection: Connection, identifier: int, values: Mapping[str, Any]) -> None:
    """Change a remedial action."""
    _BY_ID.change(connection, identifier, values)


def change_all(connection: Connection, audit: str, values: Mapping[str, Any]) -> None:
    """Change every remedial action of an audit."""
    _OF_AUDIT.change(connection, audit, values)


def add_decision(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a management decision that was asked for."""
    connection.execute(_ADD_DECISION, values)


def decision_of(connection: Connection, instance: str) -> Row[Any] | None:
    """Return the management decision that a process instance is about, None before it is recorded."""
    return _DECISION_IN.one(connection, instance)


def change_decision(connection: Connection, identifier: int, values: Mapping[str, Any]) -> None:
    """Change a management decision."""
    _DECISION.change(connection, identifier, values)


def decisions_of_audit(connection: Connection, audit: str) -> list[Row[Any]]:
    """Return the management decisions about an audit's actions, oldest first."""
    return _DECISIONS_OF_AUDIT.all(connection, audit)


def decisions_of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the management decisions about a case, oldest first."""
    return _DECISIONS_OF_CASE.all(connection, case)


def of_worker(connection: Connection, social_worker: str) -> list[Row[Any]]:
    """Return the opened remedial actions of the cases that a social worker is allocated."""
    query = (
        select(remedial_action)
        .join(case_record, case_record.c.reference == remedial_action.c.case_ref)
        .where(case_record.c.social_worker == social_worker, remedial_action.c.authorised_at.is_(None))
        .order_by(remedial_action.c.id)
    )
    return list(connection.execute(query))
