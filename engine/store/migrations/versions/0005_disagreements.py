"""The table of disagreements about remedial actions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "disagreement",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("safeguarding", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("raised_by", sa.String(64), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("instance", name="pk_disagreement"),
    )
    op.create_index("ix_disagreement_case", "disagreement", ["case_ref"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("disagreement")
