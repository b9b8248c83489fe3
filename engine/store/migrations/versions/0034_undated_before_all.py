"""The index of work with nothing due names that too: without statistics SQLite took another, and read all work."""

from alembic import op
from sqlalchemy import text

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

NAME = "ix_instance_process_undated"
UNDATED = "status IN ('running', 'incident') AND task_due IS NULL"


def upgrade() -> None:
    """Let the index be found by what it is about."""
    _index_again(["process", "task_due", "started_at", "id"])


def downgrade() -> None:
    """Let it be found by the process alone."""
    _index_again(["process", "started_at", "id"])


def _index_again(columns: list[str]) -> None:
    op.drop_index(NAME, "instance")
    op.create_index(NAME, "instance", columns, sqlite_where=text(UNDATED), postgresql_where=text(UNDATED))
