"""The table of work that one person passed on to another."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.schema.naming import metadata
from engine.store.types import Moment

delegation = Table(
    "delegation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task", String(28), ForeignKey("task.id"), nullable=False),
    Column("given_by", String(64), nullable=False),
    Column("given_to", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_delegation_task", "task"),
)
