"""The table of safeguarding concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "concern",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("audit", sa.String(16)),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("raised_by", sa.String(64), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("told", sa.String(64)),
        sa.Column("history", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("instance", name="pk_concern"),
    )
    op.create_index("ix_concern_case", "concern", ["case_ref"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("concern")
