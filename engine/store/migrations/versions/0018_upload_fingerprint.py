"""An upload keeps the fingerprint of its file and no longer the file, which may hold more of a record (R-02)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put the fingerprint in the place of the file; files kept until now go."""
    _exchange(sa.Column("sha256", sa.String(64), nullable=False, server_default=""), "content")


def downgrade() -> None:
    """Make room for files again; those that went do not come back."""
    _exchange(sa.Column("content", sa.LargeBinary, nullable=False, server_default=sa.text("''")), "sha256")


def _exchange(coming: sa.Column[object], going: str) -> None:
    with op.batch_alter_table("upload") as batch:
        batch.add_column(coming)
        batch.drop_column(going)
    with op.batch_alter_table("upload") as batch:
        batch.alter_column(coming.name, existing_type=coming.type, existing_nullable=False, server_default=None)
