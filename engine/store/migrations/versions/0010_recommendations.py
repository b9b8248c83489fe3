"""The tables of recommendations, of help with audits, and of difficulties."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "recommendation",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32)),
        sa.Column("audit", sa.String(16)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("weight", sa.String(24)),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("outcome", sa.String(24)),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("closed_by", sa.String(64)),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("instance", name="pk_recommendation"),
    )
    op.create_index("ix_recommendation_case", "recommendation", ["case_ref"])
    op.create_index("ix_recommendation_made", "recommendation", ["made_at"])
    op.create_table(
        "help_thread",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32)),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("helper", sa.String(64), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("instance", name="pk_help_thread"),
    )
    op.create_index("ix_help_thread_audit", "help_thread", ["audit"])
    op.create_table(
        "difficulty",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32)),
        sa.Column("audit", sa.String(16)),
        sa.Column("kind", sa.String(24)),
        sa.Column("occurs", sa.String(24)),
        sa.Column("told_by", sa.String(64), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("instance", name="pk_difficulty"),
    )
    op.create_index("ix_difficulty_told", "difficulty", ["told_at"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("difficulty", "help_thread", "recommendation"):
        op.drop_table(name)
