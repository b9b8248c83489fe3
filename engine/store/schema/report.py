"""The table of reports that were drawn up for a meeting: drafts, and editions that were signed."""

from sqlalchemy import Column, Date, Index, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

report_edition = Table(
    "report_edition",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("period", String(7), nullable=False),
    Column("meeting", Date, nullable=False),
    Column("instance", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("data", Json, nullable=False),
    Column("behind", Json, nullable=False),
    Column("digest", String(64)),
    Column("made_at", Moment, nullable=False),
    Column("signed_at", Moment),
    Column("signed_by", String(64)),
    Index("ix_report_edition_instance", "instance", "state"),
    Index("ix_report_edition_made", "made_at"),
)
