"""The tables of recommendations for practice, of help with audits, and of difficulties with doing them."""

from sqlalchemy import Column, Index, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Moment

recommendation = Table(
    "recommendation",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("case_ref", String(32)),
    Column("audit", String(16)),
    Column("kind", String(16), nullable=False),
    Column("weight", String(24)),
    Column("state", String(24), nullable=False),
    Column("outcome", String(24)),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("closed_by", String(64)),
    Column("closed_at", Moment),
    Index("ix_recommendation_case", "case_ref"),
    Index("ix_recommendation_made", "made_at"),
)

help_thread = Table(
    "help_thread",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("case_ref", String(32)),
    Column("audit", String(16), nullable=False),
    Column("helper", String(64), nullable=False),
    Column("answered_at", Moment, nullable=False),
    Index("ix_help_thread_audit", "audit"),
)

difficulty = Table(
    "difficulty",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("case_ref", String(32)),
    Column("audit", String(16)),
    Column("kind", String(24)),
    Column("occurs", String(24)),
    Column("told_by", String(64), nullable=False),
    Column("told_at", Moment, nullable=False),
    Index("ix_difficulty_told", "told_at"),
)
