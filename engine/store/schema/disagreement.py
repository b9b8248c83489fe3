"""The table of disagreements about remedial actions."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

disagreement = Table(
    "disagreement",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("case_ref", String(32), nullable=False),
    Column("audit", String(16), nullable=False),
    Column("action_number", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("safeguarding", Boolean, nullable=False),
    Column("state", String(40), nullable=False),
    Column("raised_by", String(64), nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("history", Json, nullable=False),
    Index("ix_disagreement_case", "case_ref"),
)
