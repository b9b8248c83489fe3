"""The tables of reliability exercises and their blind copies."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "exercise",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("revealed_at", MOMENT),
        sa.Column("agreed", sa.Text()),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("instance", name="pk_exercise"),
    )
    op.create_index("ix_exercise_case", "exercise", ["case_ref"])
    op.create_table(
        "exercise_copy",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("exercise", sa.String(16), nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("readings", sa.Text()),
        sa.Column("submitted_at", MOMENT),
        sa.PrimaryKeyConstraint("instance", name="pk_exercise_copy"),
    )
    op.create_index("ix_exercise_copy_exercise", "exercise_copy", ["exercise"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("exercise_copy")
    op.drop_table("exercise")
