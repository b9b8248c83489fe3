"""The column of the last day of somebody who will leave."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's last day is known."""
    op.add_column("person", sa.Column("last_day", sa.Date()))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("person") as table:
        table.drop_column("last_day")
