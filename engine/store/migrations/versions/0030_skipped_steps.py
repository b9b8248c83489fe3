"""The column of what was asked about skipping the step of an incident, and an index of those that are open."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    """Add both."""
    op.add_column("incident", sa.Column("skips", sa.Text()))
    op.create_index("ix_incident_listed", "incident", ["id"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)


def downgrade() -> None:
    """Drop both."""
    op.drop_index("ix_incident_listed", "incident")
    with op.batch_alter_table("incident") as table:
        table.drop_column("skips")
