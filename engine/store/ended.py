"""Records whose work is over, with the moment it ended: what retention counts from (R-05)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, exists, func, select

from engine.domain.eventlog import ERASED
from engine.store.cases import CLOSED
from engine.store.events import CASE_STREAM
from engine.store.instances import UNFINISHED
from engine.store.schema.concern import concern
from engine.store.schema.council import audit, case_record, cycle
from engine.store.schema.exchange import outgoing_record
from engine.store.schema.execution import event, instance, outbox
from engine.store.schema.exercise import exercise, exercise_copy
from engine.store.schema.report import report_edition

_OPEN = func.sum(case((instance.c.status.in_(UNFINISHED), 1), else_=0))
_AFTER_CASE_STREAMS = CASE_STREAM[:-1] + chr(ord(CASE_STREAM[-1]) + 1)
_INSTANCE_OF_LETTER = func.substr(outbox.c.dedup_key, 1, 16)


def audits(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return id, case_ref, cycle and assigned_at of the audits assigned before a moment, with `authorised_at`, the
    last moment at which one of its processes ended (`ended`), and how many are not over (`open`).
    """
    query = (
        select(
            audit.c.id,
            audit.c.case_ref,
            audit.c.cycle,
            audit.c.assigned_at,
            audit.c.authorised_at,
            func.max(instance.c.finished_at).label("ended"),
            func.coalesce(_OPEN, 0).label("open"),
        )
        .outerjoin(instance, instance.c.audit == audit.c.id)
        .where(audit.c.assigned_at < before)
        .group_by(audit.c.id, audit.c.case_ref, audit.c.cycle, audit.c.assigned_at, audit.c.authorised_at)
        .order_by(audit.c.id)
    )
    return list(connection.execute(query))


def cycles(connection: Connection) -> list[Row[Any]]:
    """Return id, instance and `ended` of the audit periods; `ended` is None while a period runs."""
    query = select(cycle.c.id, cycle.c.instance, instance.c.finished_at.label("ended")).outerjoin(
        instance, instance.c.id == cycle.c.instance
    )
    return list(connection.execute(query.order_by(cycle.c.id)))


def concerns(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return id, case_ref and `ended` of the safeguarding concerns closed before a moment."""
    query = select(concern.c.instance.label("id"), concern.c.case_ref, instance.c.finished_at.label("ended"))
    query = query.join(instance, instance.c.id == concern.c.instance)
    return list(connection.execute(query.where(instance.c.finished_at < before).order_by(concern.c.instance)))


def exercises(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return id, case_ref and `ended` of the reliability exercises that were over before a moment."""
    query = select(exercise.c.instance.label("id"), exercise.c.case_ref, instance.c.finished_at.label("ended"))
    query = query.join(instance, instance.c.id == exercise.c.instance)
    return list(connection.execute(query.where(instance.c.finished_at < before).order_by(exercise.c.instance)))


def reports(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return id, case_ref (None) and `ended` of the processes that drew up a report and were over before a moment."""
    drawn_up = select(report_edition.c.instance)
    query = select(instance.c.id, instance.c.case_ref, instance.c.finished_at.label("ended"))
    query = query.where(instance.c.id.in_(drawn_up), instance.c.finished_at < before)
    return list(connection.execute(query.order_by(instance.c.id)))


def processes_of_their_own(connection: Connection) -> list[str]:
    """Return the processes that ever ran about no audit."""
    return list(connection.execute(select(instance.c.process).distinct().where(instance.c.audit.is_(None))).scalars())


def others(connection: Connection, process: str, before: datetime) -> list[Row[Any]]:
    """Return id, case_ref and `ended` of the instances of a process that ended before a moment and belong to no
    audit, concern, exercise, report or audit period.
    """
    owned = (
        select(concern.c.instance),
        select(exercise.c.instance),
        select(exercise_copy.c.instance),
        select(report_edition.c.instance),
        select(cycle.c.instance).where(cycle.c.instance.is_not(None)),
    )
    query = select(instance.c.id, instance.c.case_ref, instance.c.finished_at.label("ended")).where(
        instance.c.process == process,
        instance.c.audit.is_(None),
        instance.c.finished_at < before,
        *(instance.c.id.not_in(one) for one in owned),
    )
    return list(connection.execute(query.order_by(instance.c.id)))


def letters(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return id, case_ref and `ended` (when it was written) of the letters before a moment that no process wrote."""
    query = (
        select(outbox.c.id, outbox.c.case_ref, outbox.c.created_at.label("ended"))
        .outerjoin(instance, instance.c.id == _INSTANCE_OF_LETTER)
        .where(instance.c.id.is_(None), outbox.c.created_at < before)
    )
    return list(connection.execute(query.order_by(outbox.c.id)))


def sent_records(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return id, case_ref and `ended` (when it was made) of what was made for the record system before a moment."""
    query = select(outgoing_record.c.id, outgoing_record.c.case_ref, outgoing_record.c.at.label("ended"))
    return list(connection.execute(query.where(outgoing_record.c.at < before).order_by(outgoing_record.c.id)))


def case_histories(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return id and case_ref (the reference) and `ended` (the last event) of cases to which nothing happened since a
    moment, that are closed or unknown, and of which no audit and no process instance tells any more.
    """
    reference = func.substr(event.c.stream, len(CASE_STREAM) + 1)
    last = func.max(event.c.at)
    query = (
        select(reference.label("id"), reference.label("case_ref"), last.label("ended"))
        .where(
            event.c.stream >= CASE_STREAM,
            event.c.stream < _AFTER_CASE_STREAMS,
            event.c.stream.not_like(f"{CASE_STREAM}{ERASED} %"),
            ~exists().where(audit.c.case_ref == reference),
            ~exists().where(instance.c.case_ref == reference),
            ~exists().where(case_record.c.reference == reference, case_record.c.status != CLOSED),
        )
        .group_by(event.c.stream)
        .having(last < before)
    )
    return list(connection.execute(query.order_by(event.c.stream)))


def unfinished(connection: Connection, instances: list[str]) -> bool:
    """Tell whether any of these instances is not over."""
    query = select(instance.c.id).where(instance.c.id.in_(instances), instance.c.status.in_(UNFINISHED)).limit(1)
    return connection.execute(query).first() is not None
