"""Indexes by which all work is listed oldest first, and by which it is told what waits where."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("status IN ('running', 'incident')")


def upgrade() -> None:
    """Make the indexes."""
    _of_unfinished("ix_instance_oldest", ["started_at", "id"])
    _of_unfinished("ix_instance_places", ["process", "deployment", "tokens"])


def downgrade() -> None:
    """Drop the indexes."""
    for name in ("ix_instance_places", "ix_instance_oldest"):
        op.drop_index(name, "instance")


def _of_unfinished(name: str, columns: list[str]) -> None:
    op.create_index(name, "instance", columns, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
