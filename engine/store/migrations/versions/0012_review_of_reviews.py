"""The tables of the review of reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sustained_review",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("months_old", sa.Integer(), nullable=False),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("instance", name="pk_sustained_review"),
    )
    op.create_table(
        "sustained_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(64), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("lasting", sa.String(24)),
        sa.Column("evidence", sa.Text()),
        sa.Column("reviewer", sa.String(64)),
        sa.Column("reviewed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["instance"], ["sustained_review.instance"], name="fk_sustained_finding_instance_sustained_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sustained_finding"),
        sa.UniqueConstraint("instance", "number", name="uq_sustained_finding_instance_number"),
    )
    op.create_index("ix_sustained_finding_audit", "sustained_finding", ["audit", "action_number"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("sustained_finding")
    op.drop_table("sustained_review")
