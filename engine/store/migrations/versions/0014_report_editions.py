"""The table of reports that were drawn up for a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "report_edition",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("behind", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("signed_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_report_edition"),
    )
    op.create_index("ix_report_edition_instance", "report_edition", ["instance", "state"])
    op.create_index("ix_report_edition_made", "report_edition", ["made_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("report_edition")
