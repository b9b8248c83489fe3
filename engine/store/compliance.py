"""Findings of the four-month review, and the lists that tell teams of them (manual section 11)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from engine.store.schema.compliance import finding
from engine.store.schema.council import audit, remedial_action
from engine.store.schema.execution import instance

_ACTION = (remedial_action.c.audit == finding.c.audit) & (remedial_action.c.number == finding.c.action_number)
_WITH_ACTIONS = (
    select(
        finding,
        remedial_action.c.id.label("action"),
        remedial_action.c.what,
        audit.c.instance.label("audited_in"),
    )
    .select_from(finding)
    .outerjoin(remedial_action, _ACTION)
    .outerjoin(audit, audit.c.id == finding.c.audit)
)


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add findings, one for each action that was reviewed."""
    if rows:
        connection.execute(insert(finding), list(rows))


def not_listed(connection: Connection, until: datetime) -> list[Row[Any]]:
    """Return the findings up to a moment that no list has told of yet, by case and action, as `of_list` does."""
    query = _WITH_ACTIONS.where(finding.c.batch.is_(None), finding.c.reviewed_at <= until)
    return list(connection.execute(query.order_by(finding.c.case_ref, finding.c.action_number)))


def put_on_list(connection: Connection, identifier: int, batch: str, team: str | None) -> None:
    """Put a finding on the list of a team."""
    connection.execute(update(finding).where(finding.c.id == identifier).values(batch=batch, team=team))


def of_instances(connection: Connection, instances: Sequence[str]) -> list[Row[Any]]:
    """Return the findings of these reviews, oldest first."""
    query = select(finding).where(finding.c.instance.in_(instances))
    return list(connection.execute(query.order_by(finding.c.id)))


def lists_of(connection: Connection, team: str, most: int) -> list[Row[Any]]:
    """Return the newest lists of a team, newest first: `batch`, `sent_at`, and how many `actions` are on each."""
    query = (
        select(finding.c.batch, instance.c.finished_at.label("sent_at"), func.count().label("actions"))
        .outerjoin(instance, instance.c.id == finding.c.batch)
        .where(finding.c.team == team, finding.c.batch.is_not(None))
        .group_by(finding.c.batch, instance.c.finished_at)
        .order_by(instance.c.finished_at.desc().nulls_last(), func.max(finding.c.id).desc())
    )
    return list(connection.execute(query.limit(most)))


def of_list(connection: Connection, team: str, batch: str) -> list[Row[Any]]:
    """Return the findings on a list of a team, by case and action.

    Each with `action`, the id of the remedial action, `what` it asks, and `audited_in`, the instance of its audit.
    """
    query = _WITH_ACTIONS.where(finding.c.batch == batch, finding.c.team == team)
    return list(connection.execute(query.order_by(finding.c.case_ref, finding.c.action_number)))


def clear(connection: Connection, instance: str, action_number: int, values: Mapping[str, Any]) -> None:
    """Record that an outstanding action was cleared; what the review found stays as it was."""
    connection.execute(
        update(finding)
        .where(finding.c.instance == instance, finding.c.action_number == action_number)
        .values(outstanding=0, **values)
    )
