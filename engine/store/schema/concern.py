"""The table of safeguarding concerns."""

from sqlalchemy import Column, Index, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

concern = Table(
    "concern",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("case_ref", String(32), nullable=False),
    Column("audit", String(16)),
    Column("state", String(40), nullable=False),
    Column("raised_by", String(64), nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("told", String(64)),
    Column("history", Json, nullable=False),
    Index("ix_concern_case", "case_ref"),
)
