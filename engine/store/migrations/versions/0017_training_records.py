"""The table of training records."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "training_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("what", sa.String(100), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_record"),
        sa.ForeignKeyConstraint(["person"], ["person.username"], name="fk_training_record_person_person"),
    )
    op.create_index("ix_training_record_person", "training_record", ["person"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("training_record")
