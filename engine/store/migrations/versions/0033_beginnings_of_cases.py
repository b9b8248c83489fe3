"""The indexes of case references find what begins with some letters, on PostgreSQL too."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_instance_case": ("instance", ["case_ref", "process", "status"]),
    "ix_task_case": ("task", ["case_ref", "status"]),
}


def upgrade() -> None:
    """Put the references into the order of their letters."""
    _index_again({"case_ref": "varchar_pattern_ops"})


def downgrade() -> None:
    """Put them into the order of words."""
    _index_again({})


def _index_again(operators: dict[str, str]) -> None:
    for name, (table, columns) in INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, columns, postgresql_ops=operators)
