"""The table of proposed policy variations."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

variation = Table(
    "variation",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("files", LargeBinary, nullable=False),
    Column("changed", Json, nullable=False),
    Column("proposer", String(64), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("deployment", Integer),
)
