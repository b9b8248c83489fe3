"""Recommendations for practice, each with what became of it (manual section 6, M18). Their words are the submissions
of the instance.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from engine.store.rows import Rows
from engine.store.schema.support import recommendation

_BY_INSTANCE = Rows(recommendation.c.instance)


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a recommendation."""
    connection.execute(insert(recommendation), values)


def change(connection: Connection, instance: str, values: Mapping[str, Any]) -> None:
    """Change a recommendation."""
    _BY_INSTANCE.change(connection, instance, values)


def find(connection: Connection, instance: str) -> Row[Any] | None:
    """Return the recommendation of an instance, None when none was recorded."""
    return _BY_INSTANCE.one(connection, instance)


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the recommendations that arose from audits of a case, oldest first."""
    query = select(recommendation).where(recommendation.c.case_ref == case)
    return list(connection.execute(query.order_by(recommendation.c.made_at, recommendation.c.instance)))


def made_between(connection: Connection, first: datetime, end: datetime) -> list[Row[Any]]:
    """Return the recommendations made from `first` until before `end`, oldest first."""
    query = select(recommendation).where(recommendation.c.made_at >= first, recommendation.c.made_at < end)
    return list(connection.execute(query.order_by(recommendation.c.made_at, recommendation.c.instance)))
