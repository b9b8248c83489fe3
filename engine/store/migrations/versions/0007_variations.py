"""The table of proposed policy variations."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "variation",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("proposer", sa.String(64), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("deployment", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_variation"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("variation")
