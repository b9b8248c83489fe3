"""The tables of inter-rater reliability exercises and their blind copies."""

from sqlalchemy import Column, Index, Integer, String, Table

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

exercise = Table(
    "exercise",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("case_ref", String(32), nullable=False),
    Column("items", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("revealed_at", Moment),
    Column("agreed", Json),
    Column("closed_at", Moment),
    Index("ix_exercise_case", "case_ref"),
)

exercise_copy = Table(
    "exercise_copy",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("exercise", String(16), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("readings", Json),
    Column("submitted_at", Moment),
    Index("ix_exercise_copy_exercise", "exercise"),
)
