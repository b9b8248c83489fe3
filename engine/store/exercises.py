"""Reliability exercises: one case, a blind copy for every officer, readings item by item (manual section 9)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.errors import NotFound
from engine.store.schema.exercise import exercise, exercise_copy


def add(connection: Connection, values: Mapping[str, Any], copies: Sequence[Mapping[str, Any]]) -> None:
    """Add an exercise and the copies that were handed out."""
    connection.execute(insert(exercise), values)
    connection.execute(insert(exercise_copy), list(copies))


def change(connection: Connection, instance: str, values: Mapping[str, Any]) -> None:
    """Change an exercise."""
    connection.execute(update(exercise).where(exercise.c.instance == instance).values(**values))


def get(connection: Connection, instance: str) -> Row[Any]:
    """Return the exercise; NotFound."""
    row = connection.execute(select(exercise).where(exercise.c.instance == instance)).one_or_none()
    if row is None:
        raise NotFound(what="reliability exercise with this number")
    return row


def newest_of_case(connection: Connection, case: str) -> Row[Any] | None:
    """Return the exercise on a case that began last, None when there is none."""
    query = select(exercise).where(exercise.c.case_ref == case).order_by(exercise.c.begun_at.desc()).limit(1)
    return connection.execute(query).one_or_none()


def submit(connection: Connection, instance: str, values: Mapping[str, Any]) -> None:
    """Keep the readings of a copy."""
    connection.execute(update(exercise_copy).where(exercise_copy.c.instance == instance).values(**values))


def copies(connection: Connection, identifier: str) -> list[Row[Any]]:
    """Return the copies of an exercise by reviewer."""
    query = select(exercise_copy).where(exercise_copy.c.exercise == identifier)
    return list(connection.execute(query.order_by(exercise_copy.c.reviewer)))
