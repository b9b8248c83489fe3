"""The tables of process execution."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "revision",
    "schedule",
    "incident",
    "outbox",
    "event",
    "submission",
    "draft",
    "task",
    "instance",
    "deployment",
)


def upgrade() -> None:
    """Make the tables."""
    _deployment()
    _instance()
    _task()
    _draft()
    _submission()
    _event()
    _outbox()
    _incident()
    _schedule()
    _revision()


def downgrade() -> None:
    """Drop the tables."""
    for table in TABLES:
        op.drop_table(table)


def _deployment() -> None:
    op.create_table(
        "deployment",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.Column("deployed_by", sa.String(64), nullable=False),
        sa.Column("in_force_from", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_deployment"),
    )


def _instance_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("process", sa.String(64), nullable=False),
        sa.Column("deployment", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(16)),
        sa.Column("case_ref", sa.String(32)),
        sa.Column("audit", sa.String(16)),
        sa.Column("cycle", sa.String(16)),
        sa.Column("business_key", sa.String(128)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("open_tasks", sa.Text(), nullable=False),
        sa.Column("reminders", sa.Text(), nullable=False),
        sa.Column("next_due", MOMENT),
        sa.Column("timer_due", MOMENT),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
    ]


def _instance() -> None:
    op.create_table(
        "instance",
        *_instance_columns(),
        sa.PrimaryKeyConstraint("id", name="pk_instance"),
        sa.UniqueConstraint("business_key", name="uq_instance_business_key"),
        sa.ForeignKeyConstraint(["deployment"], ["deployment.number"], name="fk_instance_deployment_deployment"),
    )
    op.create_index("ix_instance_audit", "instance", ["audit", "process"])
    op.create_index("ix_instance_case", "instance", ["case_ref", "process", "status"])
    op.create_index(
        "ix_instance_due",
        "instance",
        ["next_due"],
        sqlite_where=sa.text("status = 'running'"),
        postgresql_where=sa.text("status = 'running'"),
    )


def _task_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(28), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("process", sa.String(64), nullable=False),
        sa.Column("element", sa.String(128), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("lane", sa.String(128), nullable=False),
        sa.Column("post", sa.String(128)),
        sa.Column("team", sa.String(128)),
        sa.Column("assignee", sa.String(64)),
        sa.Column("case_ref", sa.String(32)),
        sa.Column("audit", sa.String(16)),
        sa.Column("form", sa.String(128)),
        sa.Column("deadline", sa.String(64)),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("due", MOMENT),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.String(64)),
    ]


def _task() -> None:
    op.create_table(
        "task",
        *_task_columns(),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.ForeignKeyConstraint(["instance"], ["instance.id"], name="fk_task_instance_instance"),
    )
    op.create_index(
        "ix_task_assignee",
        "task",
        ["assignee", "due"],
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_task_case", "task", ["case_ref", "status"])
    op.create_index("ix_task_instance", "task", ["instance", "status"])
    op.create_index(
        "ix_task_post",
        "task",
        ["post", "team", "due"],
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("element", sa.String(128), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("instance", "element", "person", name="pk_draft"),
    )


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("element", sa.String(128), nullable=False),
        sa.Column("form", sa.String(128), nullable=False),
        sa.Column("form_digest", sa.String(64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
    )
    op.create_index("ix_submission_instance", "submission", ["instance", "element"])


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("command_key", sa.String(64)),
        sa.Column("request_hash", sa.String(64)),
        sa.Column("answer", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("command_key", name="uq_event_command_key"),
        sa.UniqueConstraint("stream", "n", name="uq_event_stream_n"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedup_key", sa.String(256), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("notice", sa.String(64), nullable=False),
        sa.Column("case_ref", sa.String(32)),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", MOMENT),
        sa.Column("sent_at", MOMENT),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("dedup_key", name="uq_outbox_dedup_key"),
    )
    op.create_index("ix_outbox_person", "outbox", ["person", "case_ref"])
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["next_try"],
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )


def _incident() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance", sa.String(16), nullable=False),
        sa.Column("element", sa.String(128), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("next_try", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
    )
    op.create_index("ix_incident_open", "incident", ["instance", "status"])


def _schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("process", sa.String(64), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("process", name="pk_schedule"),
    )


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_revision"),
    )
