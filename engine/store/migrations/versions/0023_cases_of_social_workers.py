"""An index for the cases of a social worker."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_case_record_social_worker", "case_record", ["social_worker"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_case_record_social_worker", "case_record")
