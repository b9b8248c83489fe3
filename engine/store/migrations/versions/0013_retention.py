"""The tables of retention."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "retention_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("retention_class", sa.String(128), nullable=False),
        sa.Column("record", sa.String(64), nullable=False),
        sa.Column("record_id", sa.String(32), nullable=False),
        sa.Column("case_ref", sa.String(32)),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_retention_item"),
    )
    op.create_index("ix_retention_item_review", "retention_item", ["review", "number"])
    op.create_index("ix_retention_item_record", "retention_item", ["record", "record_id"])
    op.create_table(
        "retention_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review", sa.String(16), nullable=False),
        sa.Column("record", sa.String(64), nullable=False),
        sa.Column("record_id", sa.String(32), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("keep_until", sa.Date()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_retention_decision"),
    )
    op.create_index("ix_retention_decision_record", "retention_decision", ["record", "record_id"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("retention_decision")
    op.drop_table("retention_item")
