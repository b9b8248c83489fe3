"""The tables of what people set for themselves."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, UniqueConstraint

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

saved_filter = Table(
    "saved_filter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String(64), ForeignKey("person.username"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("wanted", Json, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("person", "name"),
)

preference = Table(
    "preference",
    metadata,
    Column("person", String(64), ForeignKey("person.username"), primary_key=True),
    Column("digest", Boolean),
    Column("shortcuts", Boolean),
)

calendar_feed = Table(
    "calendar_feed",
    metadata,
    Column("person", String(64), ForeignKey("person.username"), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)

digest_round = Table(
    "digest_round",
    metadata,
    Column("day", Date, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("finished_at", Moment, nullable=False),
)
