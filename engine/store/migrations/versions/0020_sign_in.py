"""Sessions that can be ended, and who people are to the council's provider of identities.

Revision ID: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "sign_in",
        sa.Column("person", sa.String(64), sa.ForeignKey("person.username"), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("subject", sa.String(255)),
        sa.PrimaryKeyConstraint("person"),
        sa.UniqueConstraint("subject"),
    )


def downgrade() -> None:
    """Remove it; who is signed in stays so until their session runs out."""
    op.drop_table("sign_in")
