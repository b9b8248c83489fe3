"""The table of compliance findings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("fulfilled", sa.String(16), nullable=False),
        sa.Column("completed", sa.String(16), nullable=False),
        sa.Column("authorised", sa.String(16), nullable=False),
        sa.Column("authorised_by", sa.String(32)),
        sa.Column("standing", sa.String(80), nullable=False),
        sa.Column("outstanding", sa.Integer(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("reviewed_at", MOMENT, nullable=False),
        sa.Column("batch", sa.String(16)),
        sa.Column("team", sa.String(128)),
        sa.Column("cleared_on", sa.Date()),
        sa.Column("how_cleared", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_batch", "finding", ["batch", "team"])
    op.create_index("ix_finding_instance", "finding", ["instance"])
    op.create_index("ix_finding_case", "finding", ["case_ref"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("finding")
