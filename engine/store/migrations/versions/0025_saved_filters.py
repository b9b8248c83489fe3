"""The table of saved filters."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filter"),
        sa.ForeignKeyConstraint(["person"], ["person.username"], name="fk_saved_filter_person_person"),
        sa.UniqueConstraint("person", "name", name="uq_saved_filter_person_name"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("saved_filter")
