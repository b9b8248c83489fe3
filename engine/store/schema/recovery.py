"""The table of re-audits after an audit graded Inadequate."""

from sqlalchemy import Column, Index, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Moment

re_audit = Table(
    "re_audit",
    metadata,
    Column("audit", String(16), primary_key=True),
    Column("of_audit", String(16), nullable=False),
    Column("case_ref", String(32), nullable=False),
    Column("instance", String(16), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Index("ix_re_audit_of", "of_audit"),
)
