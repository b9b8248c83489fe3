"""A token may act for a person.

Revision ID: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the person whom a token acts for."""
    op.add_column("api_token", sa.Column("person", sa.String(64)))


def downgrade() -> None:
    """Remove it; every token is a system in its own name again."""
    op.drop_column("api_token", "person")
