"""The tables of post-audit compliance: findings on each action, and the lists that were sent."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("instance", String(16), nullable=False),
    Column("audit", String(16), nullable=False),
    Column("case_ref", String(32), nullable=False),
    Column("action_number", Integer, nullable=False),
    Column("fulfilled", String(16), nullable=False),
    Column("completed", String(16), nullable=False),
    Column("authorised", String(16), nullable=False),
    Column("authorised_by", String(32)),
    Column("standing", String(80), nullable=False),
    Column("outstanding", Integer, nullable=False),
    Column("details", Json, nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("reviewed_at", Moment, nullable=False),
    Column("batch", String(16)),
    Column("team", String(128)),
    Column("cleared_on", Date),
    Column("how_cleared", Text),
    Index("ix_finding_batch", "batch", "team"),
    Index("ix_finding_team", "team", "batch"),
    Index("ix_finding_instance", "instance"),
    Index("ix_finding_case", "case_ref"),
)
