"""The table of re-audits."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "re_audit",
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("of_audit", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("audit", name="pk_re_audit"),
    )
    op.create_index("ix_re_audit_of", "re_audit", ["of_audit"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("re_audit")
