"""The tables of audits and what comes of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("closure_answer", "certificate", "management_decision", "remedial_action", "review", "audit_holder", "audit")


def upgrade() -> None:
    """Make the tables."""
    _audit()
    _audit_holder()
    _review()
    _remedial_action()
    _management_decision()
    _certificate()
    _closure_answer()


def downgrade() -> None:
    """Drop the tables."""
    for table in TABLES:
        op.drop_table(table)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("cycle", sa.String(16)),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("auditor", sa.String(64), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("selected", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("deferments", sa.Integer(), nullable=False),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("begun_at", MOMENT),
        sa.Column("authorised_at", MOMENT),
        sa.Column("grade", sa.String(40)),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_auditor", "audit", ["auditor", "assigned_at"])
    op.create_index("ix_audit_case", "audit", ["case_ref", "state"])
    op.create_index("ix_audit_cycle", "audit", ["cycle", "state"])


def _audit_holder() -> None:
    op.create_table(
        "audit_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("auditor", sa.String(64), nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("to_at", MOMENT),
        sa.Column("outcome", sa.String(24)),
        sa.PrimaryKeyConstraint("id", name="pk_audit_holder"),
        sa.ForeignKeyConstraint(["audit"], ["audit.id"], name="fk_audit_holder_audit_audit"),
    )
    op.create_index("ix_audit_holder_audit", "audit_holder", ["audit"])


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(40)),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_audit", "review", ["audit"])


def _remedial_action() -> None:
    op.create_table(
        "remedial_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("state", sa.String(48), nullable=False),
        sa.Column("opened_at", MOMENT),
        sa.Column("completed_at", MOMENT),
        sa.Column("completed_by", sa.String(64)),
        sa.Column("authorised_at", MOMENT),
        sa.Column("authorised_by", sa.String(64)),
        sa.Column("work", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_remedial_action"),
        sa.UniqueConstraint("audit", "number", name="uq_remedial_action_audit_number"),
        sa.ForeignKeyConstraint(["audit"], ["audit.id"], name="fk_remedial_action_audit_audit"),
    )
    op.create_index("ix_remedial_action_case", "remedial_action", ["case_ref", "state"])


def _management_decision() -> None:
    op.create_table(
        "management_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("audit", sa.String(16), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("proposer", sa.String(64), nullable=False),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("decided_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_management_decision"),
        sa.ForeignKeyConstraint(
            ["action"], ["remedial_action.id"], name="fk_management_decision_action_remedial_action"
        ),
    )
    op.create_index("ix_management_decision_audit", "management_decision", ["audit"])


def _certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )
    op.create_index("ix_certificate_case", "certificate", ["case_ref"])


def _closure_answer() -> None:
    op.create_table(
        "closure_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_ref", sa.String(32), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_closure_answer"),
    )
    op.create_index("ix_closure_answer_case", "closure_answer", ["case_ref"])
