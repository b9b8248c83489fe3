"""The table of keys that open one page once: invitations to choose a password, and the code of the first set-up."""

from sqlalchemy import Column, Index, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Moment

one_time_key = Table(
    "one_time_key",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("person", String(64)),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("ix_one_time_key_person", "purpose", "person"),
)
