"""The tables of the review of reviews: what was drawn, and whether it lasted."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

sustained_review = Table(
    "sustained_review",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("months_old", Integer, nullable=False),
    Column("frame", Json, nullable=False),
    Column("certificate", Json, nullable=False),
    Column("drawn_at", Moment, nullable=False),
)

sustained_finding = Table(
    "sustained_finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("instance", String(16), ForeignKey("sustained_review.instance"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("audit", String(16), nullable=False),
    Column("case_ref", String(32), nullable=False),
    Column("action_number", Integer, nullable=False),
    Column("category", String(64), nullable=False),
    Column("probability", Float, nullable=False),
    Column("lasting", String(24)),
    Column("evidence", Text),
    Column("reviewer", String(64)),
    Column("reviewed_at", Moment),
    UniqueConstraint("instance", "number"),
    Index("ix_sustained_finding_audit", "audit", "action_number"),
)
