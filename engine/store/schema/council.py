"""The tables of the council: people, teams, cases, cycles, audits and what comes of them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.schema.naming import metadata
from engine.store.types import Json, Moment

person = Table(
    "person",
    metadata,
    Column("username", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("post", String(128), nullable=False),
    Column("team", String(128)),
    Column("line_manager", String(64)),
    Column("in_audit_pool", Boolean, nullable=False),
    Column("cleared", Boolean, nullable=False),
    Column("email", String(320)),
    Column("password", Text),
    Column("active", Boolean, nullable=False),
    Column("last_day", Date),
    Index("ix_person_post", "post"),
)

team = Table(
    "team",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("service_area", String(64)),
    Column("practice_manager", String(64)),
    Column("service_manager", String(64)),
    Column("head_of_service", String(64)),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String(64), ForeignKey("person.username"), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("ix_absence_person", "person", "last_day"),
)

closure_day = Table(
    "closure_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("reason", String(200), nullable=False),
    Column("recorded_at", Moment, nullable=False),
)

case_record = Table(
    "case_record",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column("service_area", String(64), nullable=False),
    Column("team", String(128)),
    Column("social_worker", String(64)),
    Column("status", String(16), nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("ix_case_record_team", "team"),
    Index("ix_case_record_social_worker", "social_worker"),
)

cycle = Table(
    "cycle",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("reference_date", Date, nullable=False),
    Column("state", String(24), nullable=False),
    Column("instance", String(16)),
    Column("report", Json),
    Column("capacity", Json),
    Column("certificate", Json),
    Column("locked_at", Moment),
    Column("released_at", Moment),
)

upload = Table(
    "upload",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("cycle", String(16), nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("person", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

frame = Table(
    "frame",
    metadata,
    Column("cycle", String(16), primary_key=True),
    Column("case_ref", String(32), primary_key=True),
    Column("stratum", String(32), nullable=False),
    Column("team", String(128)),
    Column("social_worker", String(64)),
    Column("restricted", Boolean, nullable=False),
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cycle", String(16), nullable=False),
    Column("case_ref", String(32), nullable=False),
    Column("auditor", String(64), nullable=False),
    Column("source", String(16), nullable=False),
    Column("quality_rank", Integer, nullable=False),
    Column("selected", Boolean, nullable=False),
    Column("probability", Float, nullable=False),
    UniqueConstraint("cycle", "case_ref"),
)

barring = Table(
    "barring",
    metadata,
    Column("cycle", String(16), primary_key=True),
    Column("case_ref", String(32), primary_key=True),
    Column("barred", Json, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("case_ref", String(32), nullable=False),
    Column("cycle", String(16)),
    Column("instance", String(16), nullable=False),
    Column("auditor", String(64), nullable=False),
    Column("source", String(16), nullable=False),
    Column("state", String(40), nullable=False),
    Column("selected", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("deferments", Integer, nullable=False),
    Column("assigned_at", Moment, nullable=False),
    Column("begun_at", Moment),
    Column("authorised_at", Moment),
    Column("grade", String(40)),
    Index("ix_audit_case", "case_ref", "state"),
    Index("ix_audit_auditor", "auditor", "assigned_at"),
    Index("ix_audit_cycle", "cycle", "state"),
)

audit_holder = Table(
    "audit_holder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit", String(16), ForeignKey("audit.id"), nullable=False),
    Column("auditor", String(64), nullable=False),
    Column("from_at", Moment, nullable=False),
    Column("to_at", Moment),
    Column("outcome", String(24)),
    Index("ix_audit_holder_audit", "audit"),
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit", String(16), nullable=False),
    Column("instance", String(16), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("outcome", String(40)),
    Column("at", Moment, nullable=False),
    Index("ix_review_audit", "audit"),
)

remedial_action = Table(
    "remedial_action",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit", String(16), ForeignKey("audit.id"), nullable=False),
    Column("case_ref", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("details", Json, nullable=False),
    Column("state", String(48), nullable=False),
    Column("opened_at", Moment),
    Column("completed_at", Moment),
    Column("completed_by", String(64)),
    Column("authorised_at", Moment),
    Column("authorised_by", String(64)),
    Column("work", Json, nullable=False),
    UniqueConstraint("audit", "number"),
    Index("ix_remedial_action_case", "case_ref", "state"),
)

management_decision = Table(
    "management_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", Integer, ForeignKey("remedial_action.id"), nullable=False),
    Column("audit", String(16), nullable=False),
    Column("case_ref", String(32), nullable=False),
    Column("instance", String(16), nullable=False),
    Column("reference", String(64), nullable=False),
    Column("state", String(24), nullable=False),
    Column("proposer", String(64), nullable=False),
    Column("decided_by", String(64)),
    Column("decided_at", Moment),
    Index("ix_management_decision_audit", "audit"),
)

certificate = Table(
    "certificate",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_ref", String(32), nullable=False),
    Column("instance", String(16), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("ix_certificate_case", "case_ref"),
)

closure_answer = Table(
    "closure_answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_ref", String(32), nullable=False),
    Column("instance", String(16), nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_closure_answer_case", "case_ref"),
)
