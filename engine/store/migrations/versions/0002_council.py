"""The tables of people, cases and audit periods."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("assignment", "frame", "upload", "cycle", "case_record", "closure_day", "absence", "team", "person")


def upgrade() -> None:
    """Make the tables."""
    _person()
    _team()
    _absence()
    _closure_day()
    _case_record()
    _cycle()
    _upload()
    _frame()
    _assignment()


def downgrade() -> None:
    """Drop the tables."""
    for table in TABLES:
        op.drop_table(table)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("post", sa.String(128), nullable=False),
        sa.Column("team", sa.String(128)),
        sa.Column("line_manager", sa.String(64)),
        sa.Column("in_audit_pool", sa.Boolean(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(320)),
        sa.Column("password", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("username", name="pk_person"),
    )
    op.create_index("ix_person_post", "person", ["post"])


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("service_area", sa.String(64)),
        sa.Column("practice_manager", sa.String(64)),
        sa.Column("service_manager", sa.String(64)),
        sa.Column("head_of_service", sa.String(64)),
        sa.PrimaryKeyConstraint("name", name="pk_team"),
    )


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        sa.ForeignKeyConstraint(["person"], ["person.username"], name="fk_absence_person_person"),
    )
    op.create_index("ix_absence_person", "absence", ["person", "last_day"])


def _closure_day() -> None:
    op.create_table(
        "closure_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_closure_day"),
    )


def _case_record() -> None:
    op.create_table(
        "case_record",
        sa.Column("reference", sa.String(32), nullable=False),
        sa.Column("service_area", sa.String(64), nullable=False),
        sa.Column("team", sa.String(128)),
        sa.Column("social_worker", sa.String(64)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_case_record"),
    )
    op.create_index("ix_case_record_team", "case_record", ["team"])


def _cycle() -> None:
    op.create_table(
        "cycle",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("instance", sa.String(16)),
        sa.Column("report", sa.Text()),
        sa.Column("capacity", sa.Text()),
        sa.Column("certificate", sa.Text()),
        sa.Column("locked_at", MOMENT),
        sa.Column("released_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_cycle"),
    )


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("cycle", sa.String(16), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )


def _frame() -> None:
    op.create_table(
        "frame",
        sa.Column("cycle", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("stratum", sa.String(32), nullable=False),
        sa.Column("team", sa.String(128)),
        sa.Column("social_worker", sa.String(64)),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "case_ref", name="pk_frame"),
    )


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("auditor", sa.String(64), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("quality_rank", sa.Integer(), nullable=False),
        sa.Column("selected", sa.Boolean(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.UniqueConstraint("cycle", "case_ref", name="uq_assignment_cycle_case_ref"),
    )
