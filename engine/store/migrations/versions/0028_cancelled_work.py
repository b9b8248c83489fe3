"""Work that was cancelled says so, and not that it was given up."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INSTANCE = sa.table("instance", sa.column("id", sa.String), sa.column("status", sa.String))
EVENT = sa.table("event", sa.column("stream", sa.String), sa.column("kind", sa.String))


def upgrade() -> None:
    """Read from its events what was cancelled."""
    told = sa.exists().where(EVENT.c.stream == INSTANCE.c.id, EVENT.c.kind == "cancelled")
    op.execute(sa.update(INSTANCE).where(INSTANCE.c.status == "given up", told).values(status="cancelled"))


def downgrade() -> None:
    """Call it given up again."""
    op.execute(sa.update(INSTANCE).where(INSTANCE.c.status == "cancelled").values(status="given up"))
