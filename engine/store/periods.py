"""What the pages of audit periods count and list. Sums are made by the database, lists come a page at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Row, Select, and_, case, cast, func, select

from engine.store.schema.council import assignment, audit, audit_holder, barring, cycle, frame, person, upload
from engine.store.schema.execution import instance, task
from engine.store.tasks import OPEN

ON_TIME, LATE, WITHDRAWN, MISSED, OVERDUE, UNDER_WAY = (
    "on_time",
    "late",
    "withdrawn",
    "missed",
    "overdue",
    "under_way",
)
OUTCOMES = (ON_TIME, LATE, UNDER_WAY, OVERDUE, MISSED, WITHDRAWN)
DEFERRED, DISPENSED = "deferred", "dispensed"

# What became of an audit (M2, R-28): service/reports/timeliness.py::outcome_of says the same of one row.
_became: ColumnElement[str] = case(
    (and_(audit.c.authorised_at.is_not(None), audit.c.late.is_(True)), LATE),
    (audit.c.authorised_at.is_not(None), ON_TIME),
    (audit.c.state == WITHDRAWN, WITHDRAWN),
    (cycle.c.state == "final", MISSED),
    (audit.c.late.is_(True), OVERDUE),
    else_=UNDER_WAY,
)
_STILL_OPEN = ("released", "provisional")
_OF_ITS_PERIOD = audit.c.cycle == cycle.c.id
_WAS_RELEASED = func.coalesce(audit_holder.c.outcome, "") == "released"


def page(connection: Connection, limit: int, offset: int) -> list[Row[Any]]:
    """Return a page of the audit periods, newest first."""
    query = select(cycle).order_by(cycle.c.reference_date.desc(), cycle.c.id.desc())
    return list(connection.execute(query.limit(limit).offset(offset)))


def count(connection: Connection) -> int:
    """Return how many audit periods there are."""
    return int(connection.execute(select(func.count()).select_from(cycle)).scalar_one())


def frame_sizes(connection: Connection, cycles: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """Return how many cases the frame of each period has, by stratum."""
    query = select(frame.c.cycle, frame.c.stratum, func.count()).where(frame.c.cycle.in_(cycles))
    found: dict[str, dict[str, int]] = {}
    for name, stratum, number in connection.execute(query.group_by(frame.c.cycle, frame.c.stratum)):
        found.setdefault(name, {})[stratum] = number
    return found


def uploads(connection: Connection, identifier: str) -> list[Row[Any]]:
    """Return the lists that were uploaded for a period, newest first."""
    query = select(upload).where(upload.c.cycle == identifier)
    return list(connection.execute(query.order_by(upload.c.at.desc(), upload.c.id)))


def outcomes(connection: Connection, cycles: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """Return how many audits of each period came to each of OUTCOMES."""
    query = select(audit.c.cycle, _became.label("outcome"), func.count()).join(cycle, _OF_ITS_PERIOD)
    query = query.where(audit.c.cycle.in_(cycles)).group_by(audit.c.cycle, "outcome")
    found: dict[str, dict[str, int]] = {}
    for name, outcome, number in connection.execute(query):
        found.setdefault(name, {})[outcome] = number
    return found


def open_tasks(connection: Connection, instances: Sequence[str]) -> list[Row[Any]]:
    """Return the open tasks of some instances, earliest due first."""
    query = select(task).where(task.c.instance.in_(instances), task.c.status == OPEN)
    return list(connection.execute(query.order_by(task.c.due.nulls_last(), task.c.id)))


def waiting(connection: Connection, instances: Sequence[str]) -> list[Row[Any]]:
    """Return where some instances stand: id, process, deployment, status, tokens, timer_due and finished_at."""
    kept = (instance.c.id, instance.c.process, instance.c.deployment, instance.c.status, instance.c.tokens)
    query = select(*kept, instance.c.timer_due, instance.c.finished_at)
    return list(connection.execute(query.where(instance.c.id.in_(instances))))


def by_auditor(connection: Connection, identifier: str, limit: int, offset: int) -> list[Row[Any]]:
    """Return a page of those who held audits of a period, by name: username (`auditor`), `given` (audits held at the
    end), one number for each of OUTCOMES, `deferred` and `dispensed`.
    """
    kept = ~_WAS_RELEASED
    columns = [
        _sum(kept).label("given"),
        *(_sum(and_(kept, _became == outcome)).label(outcome) for outcome in OUTCOMES),
        _sum(and_(kept, audit.c.deferments > 0)).label(DEFERRED),
        _sum(_WAS_RELEASED).label(DISPENSED),
    ]
    query = _held(select(audit_holder.c.auditor, *columns), identifier)
    query = query.outerjoin(person, person.c.username == audit_holder.c.auditor)
    query = query.group_by(audit_holder.c.auditor, person.c.name)
    query = query.order_by(person.c.name, audit_holder.c.auditor)
    return list(connection.execute(query.limit(limit).offset(offset)))


def count_auditors(connection: Connection, identifier: str) -> int:
    """Return how many people held audits of a period."""
    query = _held(select(func.count(audit_holder.c.auditor.distinct())), identifier)
    return int(connection.execute(query).scalar_one())


def without_audit(connection: Connection, identifier: str) -> list[str]:
    """Return the present members of the audit pool who never held an audit of a period, by name."""
    held = _held(select(audit_holder.c.auditor), identifier)
    query = select(person.c.username).where(person.c.in_audit_pool.is_(True), person.c.active.is_(True))
    query = query.where(person.c.username.not_in(held)).order_by(person.c.name, person.c.username)
    return list(connection.execute(query).scalars())


def dispensations(connection: Connection, identifier: str) -> int:
    """Return how often somebody was released from an audit of a period (R-64)."""
    query = _held(select(func.count(audit_holder.c.id)), identifier).where(_WAS_RELEASED)
    return int(connection.execute(query).scalar_one())


def deferments(connection: Connection, identifier: str) -> int:
    """Return how many audits of a period were deferred (R-64)."""
    query = select(func.count()).select_from(audit).where(audit.c.cycle == identifier, audit.c.deferments > 0)
    return int(connection.execute(query).scalar_one())


def audits(
    connection: Connection, identifier: str, auditor: str, outcome: str, limit: int, offset: int
) -> list[Row[Any]]:
    """Return a page of the audits of a period by case: those of one `auditor` and with one `outcome`, "" for any.

    Each with its `outcome` and, while it is not authorised, when it is `due`.
    """
    due = (
        select(func.min(task.c.due))
        .where(task.c.instance == audit.c.instance, task.c.status == OPEN, audit.c.authorised_at.is_(None))
        .scalar_subquery()
    )
    query = _wanted(select(audit, _became.label("outcome"), due.label("due")), identifier, auditor, outcome)
    return list(connection.execute(query.order_by(audit.c.case_ref, audit.c.id).limit(limit).offset(offset)))


def count_audits(connection: Connection, identifier: str, auditor: str, outcome: str) -> int:
    """Return how many audits of a period there are, narrowed like `audits`."""
    query = _wanted(select(func.count()).select_from(audit), identifier, auditor, outcome)
    return int(connection.execute(query).scalar_one())


def pairs(connection: Connection, identifier: str, limit: int, offset: int) -> list[Row[Any]]:
    """Return a page of who was given which case of a period, by case: case_ref, stratum, auditor, source, and the
    usernames who were `barred` by reason (None where that was not recorded).
    """
    kept = (assignment.c.case_ref, assignment.c.auditor, assignment.c.source, frame.c.stratum, barring.c.barred)
    listed = and_(frame.c.cycle == assignment.c.cycle, frame.c.case_ref == assignment.c.case_ref)
    kept_from = and_(barring.c.cycle == assignment.c.cycle, barring.c.case_ref == assignment.c.case_ref)
    query = select(*kept).outerjoin(frame, listed).outerjoin(barring, kept_from)
    query = query.where(assignment.c.cycle == identifier).order_by(assignment.c.case_ref)
    return list(connection.execute(query.limit(limit).offset(offset)))


def count_pairs(connection: Connection, identifier: str) -> int:
    """Return how many cases of a period were given to an auditor."""
    query = select(func.count()).select_from(assignment).where(assignment.c.cycle == identifier)
    return int(connection.execute(query).scalar_one())


def left_over(connection: Connection, identifier: str) -> list[Row[Any]]:
    """Return who still holds audits of earlier periods that are not final: `number`, and how many were `deferred`."""
    columns = (_sum(audit.c.id.is_not(None)).label("number"), _sum(audit.c.deferments > 0).label(DEFERRED))
    query = select(audit.c.auditor, *columns).join(cycle, _OF_ITS_PERIOD)
    query = query.where(cycle.c.id < identifier, cycle.c.state.in_(_STILL_OPEN), _became.in_((UNDER_WAY, OVERDUE)))
    return list(connection.execute(query.group_by(audit.c.auditor)))


def released(connection: Connection, identifier: str) -> frozenset[str]:
    """Return who was released from an audit of a period."""
    query = _held(select(audit_holder.c.auditor), identifier).where(_WAS_RELEASED)
    return frozenset(connection.execute(query).scalars())


def held_by(connection: Connection, auditor: str, audits: Sequence[str]) -> frozenset[str]:
    """Return which of some audits somebody holds or has held."""
    query = select(audit_holder.c.audit).where(audit_holder.c.auditor == auditor, audit_holder.c.audit.in_(audits))
    return frozenset(connection.execute(query).scalars())


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.sum(case((condition, 1), else_=0)), Integer)


def _held(query: Select[Any], identifier: str) -> Select[Any]:
    query = query.select_from(audit_holder).join(audit, audit.c.id == audit_holder.c.audit).join(cycle, _OF_ITS_PERIOD)
    return query.where(audit.c.cycle == identifier)


def _wanted(query: Select[Any], identifier: str, auditor: str, outcome: str) -> Select[Any]:
    query = query.join(cycle, _OF_ITS_PERIOD).where(audit.c.cycle == identifier)
    query = query.where(audit.c.auditor == auditor) if auditor else query
    if outcome == DEFERRED:
        return query.where(audit.c.deferments > 0)
    return query.where(_became == outcome) if outcome else query
