"""What begins with certain letters, found as a span of an index, and how many rows a query finds up to a limit."""

from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, func, select

_AFTER_ANY: Final = "\U0010ffff"
MOST_SOUGHT: Final = 1_000


def begins_with(connection: Connection, column: Column[Any], beginning: str) -> ColumnElement[bool]:
    """Return whether a text of a table begins so, capitals and all.

    Few such rows are found as a span of the index of the column. Among many the first ones come soon in whatever order
    they are looked at: PostgreSQL knows from its statistics which of both it is, and SQLite is told.
    """
    if connection.dialect.name == "postgresql":
        # Its index is in the order of code points, not of words, with comparisons of its own: varchar_pattern_ops.
        return and_(column.bool_op("~>=~")(beginning), column.bool_op("~<~")(beginning + _AFTER_ANY))
    span = and_(column >= beginning, column < beginning + _AFTER_ANY)
    if up_to(connection, select(column).where(span), MOST_SOUGHT) > MOST_SOUGHT:
        return func.substr(column, 1, len(beginning)) == beginning
    key = column.table.c.id
    return key.in_(select(key).where(span))


def up_to(connection: Connection, found: Select[Any], most: int) -> int:
    """Return how many rows a query finds, one more than `most` when there are more."""
    bounded = found.limit(most + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(bounded)).scalar_one())
