"""The index by which open tasks of a lane are found."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_task_lane", "task", ["lane", "instance"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_task_lane", "task")
