"""The tables of retention: which records a review listed, and what was decided about each."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from engine.store.schema.naming import metadata
from engine.store.types import Moment

retention_item = Table(
    "retention_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("review", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("retention_class", String(128), nullable=False),
    Column("record", String(64), nullable=False),
    Column("record_id", String(32), nullable=False),
    Column("case_ref", String(32)),
    Column("ended_on", Date, nullable=False),
    Column("review_on", Date, nullable=False),
    Index("ix_retention_item_review", "review", "number"),
    Index("ix_retention_item_record", "record", "record_id"),
)

retention_decision = Table(
    "retention_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("review", String(16), nullable=False),
    Column("record", String(64), nullable=False),
    Column("record_id", String(32), nullable=False),
    Column("decision", String(16), nullable=False),
    Column("keep_until", Date),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(64), nullable=False),
    Column("decided_at", Moment, nullable=False),
    Index("ix_retention_decision_record", "record", "record_id"),
)
