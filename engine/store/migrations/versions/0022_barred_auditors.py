"""Who was kept from auditing a drawn case, and why, as it was when the auditors were proposed (DEC-12)."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "barring",
        sa.Column("cycle", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("barred", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "case_ref", name="pk_barring"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("barring")
