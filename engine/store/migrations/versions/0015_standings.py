"""Indexes by which is found where everything stands."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    _part("ix_instance_standing", "instance", ["process", "started_at", "status"], "status IN ('running', 'incident')")
    op.create_index("ix_instance_finished", "instance", ["finished_at", "process"])
    op.create_index("ix_instance_parent", "instance", ["parent"])
    _part("ix_task_due", "task", ["due", "process"], "status = 'open'")
    _part("ix_task_done", "task", ["process", "closed_at"], "status = 'done'")


def _part(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """Drop the indexes."""
    for name in ("ix_task_done", "ix_task_due"):
        op.drop_index(name, "task")
    for name in ("ix_instance_parent", "ix_instance_finished", "ix_instance_standing"):
        op.drop_index(name, "instance")
