"""The column of when the first open task of an instance is due; indexes of those with none, and of what stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

UNDATED = sa.text("status IN ('running', 'incident') AND task_due IS NULL")
STOPPED = sa.text("status = 'incident'")
INDEXES = {"ix_instance_undated": ["started_at", "id"], "ix_instance_process_undated": ["process", "started_at", "id"]}
MOMENT = sa.DateTime(timezone=True)
INSTANCE = sa.table("instance", sa.column("id", sa.String), sa.column("task_due", MOMENT))
TASK = sa.table("task", sa.column("instance", sa.String), sa.column("status", sa.String), sa.column("due", MOMENT))


def upgrade() -> None:
    """Read the moments from the open tasks."""
    op.add_column("instance", sa.Column("task_due", MOMENT))
    first = sa.select(sa.func.min(TASK.c.due)).where(TASK.c.instance == INSTANCE.c.id, TASK.c.status == "open")
    op.execute(sa.update(INSTANCE).values(task_due=first.scalar_subquery()))
    for name, columns in INDEXES.items():
        op.create_index(name, "instance", columns, sqlite_where=UNDATED, postgresql_where=UNDATED)
    stopped = ["process", "started_at"]
    op.create_index("ix_instance_stopped", "instance", stopped, sqlite_where=STOPPED, postgresql_where=STOPPED)


def downgrade() -> None:
    """Drop the indexes and the column."""
    for name in ("ix_instance_stopped", *INDEXES):
        op.drop_index(name, "instance")
    with op.batch_alter_table("instance") as table:
        table.drop_column("task_due")
