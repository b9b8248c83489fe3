"""The tables of process execution: what runs, what waits, what was done, what must be sent."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.types import Json, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

deployment = Table(
    "deployment",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("files", LargeBinary, nullable=False),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(64), nullable=False),
    Column("in_force_from", Moment, nullable=False),
    Column("note", Text, nullable=False),
)

instance = Table(
    "instance",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("process", String(64), nullable=False),
    Column("deployment", Integer, ForeignKey("deployment.number"), nullable=False),
    Column("parent", String(16)),
    Column("case_ref", String(32)),
    Column("audit", String(16)),
    Column("cycle", String(16)),
    Column("business_key", String(128), unique=True),
    Column("status", String(16), nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("tokens", Json, nullable=False),
    Column("open_tasks", Json, nullable=False),
    Column("reminders", Json, nullable=False),
    Column("next_due", Moment),
    Column("timer_due", Moment),
    Column("events", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Index(
        "ix_instance_due",
        "next_due",
        sqlite_where=text("status = 'running'"),
        postgresql_where=text("status = 'running'"),
    ),
    Index(
        "ix_instance_standing",
        "process",
        "started_at",
        "status",
        sqlite_where=text("status IN ('running', 'incident')"),
        postgresql_where=text("status IN ('running', 'incident')"),
    ),
    Index(
        "ix_instance_oldest",
        "started_at",
        "id",
        sqlite_where=text("status IN ('running', 'incident')"),
        postgresql_where=text("status IN ('running', 'incident')"),
    ),
    Index(
        "ix_instance_places",
        "process",
        "deployment",
        "tokens",
        sqlite_where=text("status IN ('running', 'incident')"),
        postgresql_where=text("status IN ('running', 'incident')"),
    ),
    Index("ix_instance_finished", "finished_at", "process"),
    Index("ix_instance_parent", "parent"),
    Index("ix_instance_case", "case_ref", "process", "status"),
    Index("ix_instance_audit", "audit", "process"),
)

task = Table(
    "task",
    metadata,
    Column("id", String(28), primary_key=True),
    Column("instance", String(16), ForeignKey("instance.id"), nullable=False),
    Column("key", Integer, nullable=False),
    Column("process", String(64), nullable=False),
    Column("element", String(128), nullable=False),
    Column("title", String(200), nullable=False),
    Column("lane", String(128), nullable=False),
    Column("post", String(128)),
    Column("team", String(128)),
    Column("assignee", String(64)),
    Column("case_ref", String(32)),
    Column("audit", String(16)),
    Column("form", String(128)),
    Column("deadline", String(64)),
    Column("facts", Json, nullable=False),
    Column("due", Moment),
    Column("opened_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(64)),
    Index(
        "ix_task_assignee",
        "assignee",
        "due",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    Index(
        "ix_task_post",
        "post",
        "team",
        "due",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    Index(
        "ix_task_due",
        "due",
        "process",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    Index(
        "ix_task_done",
        "process",
        "closed_at",
        sqlite_where=text("status = 'done'"),
        postgresql_where=text("status = 'done'"),
    ),
    Index("ix_task_case", "case_ref", "status"),
    Index("ix_task_instance", "instance", "status"),
)

draft = Table(
    "draft",
    metadata,
    Column("instance", String(16), primary_key=True),
    Column("element", String(128), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("raw", Json, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("instance", String(16), nullable=False),
    Column("element", String(128), nullable=False),
    Column("form", String(128), nullable=False),
    Column("form_digest", String(64), nullable=False),
    Column("answers", Json, nullable=False),
    Column("person", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_submission_instance", "instance", "element"),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stream", String(64), nullable=False),
    Column("n", Integer, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("details", Json, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("command_key", String(64), unique=True),
    Column("request_hash", String(64)),
    Column("answer", Json),
    UniqueConstraint("stream", "n"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dedup_key", String(256), nullable=False, unique=True),
    Column("person", String(64), nullable=False),
    Column("notice", String(64), nullable=False),
    Column("case_ref", String(32)),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try", Moment),
    Column("sent_at", Moment),
    Column("error", Text),
    Index(
        "ix_outbox_waiting",
        "next_try",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index("ix_outbox_person", "person", "case_ref"),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("instance", String(16), nullable=False),
    Column("element", String(128), nullable=False),
    Column("message", Text, nullable=False),
    Column("command", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("next_try", Moment),
    Column("settled_at", Moment),
    Column("settled_by", String(64)),
    Index("ix_incident_open", "instance", "status"),
)

schedule = Table(
    "schedule",
    metadata,
    Column("process", String(64), primary_key=True),
    Column("next_at", Moment, nullable=False),
    Column("active", Boolean, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
)
