"""Reviews of reviews: which fulfilled actions were drawn, and what was found on each (manual section 11, M14)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from engine.errors import NotFound
from engine.store.rows import Rows
from engine.store.schema.compliance import finding
from engine.store.schema.council import remedial_action
from engine.store.schema.sustained import sustained_finding, sustained_review

FULFILLED = "yes"
_REVIEW = Rows(sustained_review.c.instance)
_FINDINGS = Rows(sustained_finding.c.instance, sustained_finding.c.number)


def fulfilled_before(connection: Connection, end: datetime) -> list[Row[Any]]:
    """Return the remedial actions (audit, number, case_ref, details) that a four-month review found fulfilled before
    `end` and that no review of reviews has looked at, by audit and number.
    """
    same = and_(remedial_action.c.audit == finding.c.audit, remedial_action.c.number == finding.c.action_number)
    looked_at = select(sustained_finding.c.id).where(
        sustained_finding.c.audit == remedial_action.c.audit,
        sustained_finding.c.action_number == remedial_action.c.number,
    )
    query = (
        select(remedial_action.c.audit, remedial_action.c.number, remedial_action.c.case_ref, remedial_action.c.details)
        .distinct()
        .join(finding, same)
        .where(finding.c.fulfilled == FULFILLED, finding.c.reviewed_at < end, ~looked_at.exists())
        .order_by(remedial_action.c.audit, remedial_action.c.number)
    )
    return list(connection.execute(query))


def add(connection: Connection, review: Mapping[str, Any], drawn: Sequence[Mapping[str, Any]]) -> None:
    """Add a review with the actions that were drawn for it."""
    connection.execute(insert(sustained_review), review)
    if drawn:
        connection.execute(insert(sustained_finding), list(drawn))


def get(connection: Connection, instance: str) -> Row[Any]:
    """Return a review; NotFound."""
    row = _REVIEW.one(connection, instance)
    if row is None:
        raise NotFound(what="review of reviews with this number")
    return row


def findings_of(connection: Connection, instance: str) -> list[Row[Any]]:
    """Return the actions drawn for a review with what was found on each, by number."""
    return _FINDINGS.all(connection, instance)


def drawn_actions(connection: Connection, instance: str) -> list[Row[Any]]:
    """Return number, case_ref and what must be done of each action drawn for a review, by number."""
    same = and_(
        remedial_action.c.audit == sustained_finding.c.audit,
        remedial_action.c.number == sustained_finding.c.action_number,
    )
    query = select(sustained_finding.c.number, sustained_finding.c.case_ref, remedial_action.c.what).join(
        remedial_action, same
    )
    query = query.where(sustained_finding.c.instance == instance).order_by(sustained_finding.c.number)
    return list(connection.execute(query))


def record(connection: Connection, instance: str, number: int, values: Mapping[str, Any]) -> None:
    """Record what was found on one drawn action."""
    wanted = (sustained_finding.c.instance == instance, sustained_finding.c.number == number)
    connection.execute(update(sustained_finding).where(*wanted).values(**values))


def newest(connection: Connection) -> Row[Any] | None:
    """Return the review that was drawn last, None when there was none."""
    query = select(sustained_review).order_by(sustained_review.c.drawn_at.desc()).limit(1)
    return connection.execute(query).one_or_none()
