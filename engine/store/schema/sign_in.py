"""The table of what is kept about signing in."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from engine.store.schema.naming import metadata

sign_in = Table(
    "sign_in",
    metadata,
    Column("person", String(64), ForeignKey("person.username"), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("subject", String(255), unique=True),
)
