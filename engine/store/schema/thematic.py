"""The table of thematic audits."""

from sqlalchemy import Column, Date, String, Table, Text

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

thematic_audit = Table(
    "thematic_audit",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("area", String(64)),
    Column("team", String(128)),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("cases", Json, nullable=False),
    Column("begun_at", Moment, nullable=False),
)
