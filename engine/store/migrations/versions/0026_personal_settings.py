"""The tables of preferences, calendar feeds and daily digests, and of work that was passed on."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "preference",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("digest", sa.Boolean()),
        sa.Column("shortcuts", sa.Boolean()),
        sa.PrimaryKeyConstraint("person", name="pk_preference"),
        sa.ForeignKeyConstraint(["person"], ["person.username"], name="fk_preference_person_person"),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_calendar_feed"),
        sa.ForeignKeyConstraint(["person"], ["person.username"], name="fk_calendar_feed_person_person"),
        sa.UniqueConstraint("hash", name="uq_calendar_feed_hash"),
    )
    op.create_table(
        "digest_round",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", "hour", name="pk_digest_round"),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(28), nullable=False),
        sa.Column("given_by", sa.String(64), nullable=False),
        sa.Column("given_to", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
        sa.ForeignKeyConstraint(["task"], ["task.id"], name="fk_delegation_task_task"),
    )
    op.create_index("ix_delegation_task", "delegation", ["task"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("delegation", "digest_round", "calendar_feed", "preference"):
        op.drop_table(name)
