"""The page that a letter leads to, and the index by which the lists of a team are found."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column("outbox", sa.Column("page", sa.String(256)))
    op.create_index("ix_finding_team", "finding", ["team", "batch"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_finding_team", "finding")
    op.drop_column("outbox", "page")
