"""The tables of the exchange with the record system: who may ask, and what goes back."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

api_token = Table(
    "api_token",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("scopes", Json, nullable=False),
    Column("person", String(64)),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("revoked_at", Moment),
)

outgoing_record = Table(
    "outgoing_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(64), nullable=False),
    Column("case_ref", String(32), nullable=False),
    Column("body", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try", Moment),
    Column("sent_at", Moment),
    Column("error", Text),
    Index(
        "ix_outgoing_record_waiting",
        "next_try",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index("ix_outgoing_record_at", "at"),
)
