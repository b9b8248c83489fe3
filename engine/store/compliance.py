"""Findings of the four-month review, and the lists that tell teams of them (manual section 11)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.store.schema.compliance import finding


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add findings, one for each action that was reviewed."""
    if rows:
        connection.execute(insert(finding), list(rows))


def not_listed(connection: Connection) -> list[Row[Any]]:
    """Return the findings that no list has told of yet, by case and action."""
    query = select(finding).where(finding.c.batch.is_(None))
    return list(connection.execute(query.order_by(finding.c.case_ref, finding.c.action_number)))


def put_on_list(connection: Connection, identifier: int, batch: str, team: str | None) -> None:
    """Put a finding on the list of a team."""
    connection.execute(update(finding).where(finding.c.id == identifier).values(batch=batch, team=team))


def of_instances(connection: Connection, instances: Sequence[str]) -> list[Row[Any]]:
    """Return the findings of these reviews, oldest first."""
    query = select(finding).where(finding.c.instance.in_(instances))
    return list(connection.execute(query.order_by(finding.c.id)))


def of_teams(connection: Connection, teams: Sequence[str]) -> list[Row[Any]]:
    """Return the findings on the lists of `teams`, by team, case and action."""
    query = select(finding).where(finding.c.team.in_(teams), finding.c.batch.is_not(None))
    return list(connection.execute(query.order_by(finding.c.team, finding.c.case_ref, finding.c.action_number)))


def clear(connection: Connection, instance: str, action_number: int, values: Mapping[str, Any]) -> None:
    """Record that an outstanding action was cleared; what the review found stays as it was."""
    connection.execute(
        update(finding)
        .where(finding.c.instance == instance, finding.c.action_number == action_number)
        .values(outstanding=0, **values)
    )
