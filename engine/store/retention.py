"""What a retention review listed, and what was decided about each record (R-05)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.store.instances import UNFINISHED
from engine.store.rows import Rows
from engine.store.schema.execution import instance
from engine.store.schema.retention import retention_decision, retention_item

DELETE, HOLD, KEEP = "delete", "hold", "keep"
_ITEMS = Rows(retention_item.c.review, retention_item.c.number, retention_item.c.id)


def add_items(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the records that a review lists."""
    if rows:
        connection.execute(insert(retention_item), list(rows))


def items_of(connection: Connection, review: str) -> list[Row[Any]]:
    """Return the records that a review listed, by the number of their class."""
    return _ITEMS.all(connection, review)


def awaiting_decision(connection: Connection) -> set[tuple[str, str]]:
    """Return (record, record_id) of everything that a review still open has listed."""
    query = select(retention_item.c.record, retention_item.c.record_id).join(
        instance, instance.c.id == retention_item.c.review
    )
    return {(kind, key) for kind, key in connection.execute(query.where(instance.c.status.in_(UNFINISHED)))}


def decide(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a decision about one record. Earlier ones are kept; the last one counts."""
    connection.execute(insert(retention_decision), values)


def last_decisions(connection: Connection) -> dict[tuple[str, str], Row[Any]]:
    """Return the last decision about every record that was ever decided about, by (record, record_id)."""
    query = select(retention_decision).order_by(retention_decision.c.id)
    return {(row.record, row.record_id): row for row in connection.execute(query)}


def forget_case(connection: Connection, record: str, record_id: str) -> None:
    """Take the case reference out of the lists that named a record."""
    wanted = (retention_item.c.record == record, retention_item.c.record_id == record_id)
    connection.execute(update(retention_item).where(*wanted).values(case_ref=None))
