"""The table of training records."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Moment

training_record = Table(
    "training_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String(64), ForeignKey("person.username"), nullable=False),
    Column("what", String(100), nullable=False),
    Column("trained_on", Date, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("ix_training_record_person", "person"),
)
