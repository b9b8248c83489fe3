"""What reports count: rows of a span of time, the first moment included and the last left out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, func, select

from engine.store.instances import UNFINISHED
from engine.store.schema.compliance import finding
from engine.store.schema.concern import concern
from engine.store.schema.council import audit, audit_holder, case_record, management_decision, remedial_action, review
from engine.store.schema.disagreement import disagreement
from engine.store.schema.execution import instance, submission, task
from engine.store.schema.exercise import exercise
from engine.store.schema.sustained import sustained_review
from engine.store.tasks import OPEN

_FINDINGS = select(finding, remedial_action.c.details.label("proposed"), remedial_action.c.what).outerjoin(
    remedial_action,
    (remedial_action.c.audit == finding.c.audit) & (remedial_action.c.number == finding.c.action_number),
)


def audits_of_cycles(connection: Connection, cycles: Sequence[str]) -> list[Row[Any]]:
    """Return the audits of some audit periods, by period and case, with the team that holds the case now."""
    query = select(audit, case_record.c.team).outerjoin(case_record, case_record.c.reference == audit.c.case_ref)
    return _all(
        connection, query.where(audit.c.cycle.in_(cycles)).order_by(audit.c.cycle, audit.c.case_ref, audit.c.id)
    )


def holdings(connection: Connection, audits: Sequence[str]) -> list[Row[Any]]:
    """Return who held some audits and how it ended, oldest first."""
    return _all(connection, select(audit_holder).where(audit_holder.c.audit.in_(audits)).order_by(audit_holder.c.id))


def graded_audits(connection: Connection, until: datetime) -> list[Row[Any]]:
    """Return the audits authorised with a grade before a moment, in the order in which they were authorised."""
    query = select(audit, case_record.c.service_area).join(case_record, case_record.c.reference == audit.c.case_ref)
    query = query.where(audit.c.authorised_at < until, audit.c.grade.is_not(None))
    return _all(connection, query.order_by(audit.c.authorised_at, audit.c.id))


def answers_of(connection: Connection, instances: Sequence[str]) -> list[Row[Any]]:
    """Return what was submitted in some process instances, oldest first."""
    found: list[Row[Any]] = []
    for start in range(0, len(instances), 1000):
        some = instances[start : start + 1000]
        query = select(submission).where(submission.c.instance.in_(some))
        found += _all(connection, query.order_by(submission.c.instance, submission.c.id))
    return found


def reviews_between(connection: Connection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return the reviews with an outcome whose audit was authorised in a span, with that audit."""
    own = (audit.c.case_ref, audit.c.auditor, audit.c.instance.label("audit_instance"), audit.c.authorised_at)
    query = select(review, *own).join(audit, audit.c.id == review.c.audit)
    query = query.where(review.c.outcome.is_not(None), audit.c.selected.is_(True))
    return _all(connection, _within(query, audit.c.authorised_at, since, until).order_by(review.c.id))


def actions_opened(connection: Connection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return the remedial actions opened in a span, with the team that holds the case now."""
    query = select(remedial_action, case_record.c.team)
    query = query.outerjoin(case_record, case_record.c.reference == remedial_action.c.case_ref)
    return _all(connection, _within(query, remedial_action.c.opened_at, since, until).order_by(remedial_action.c.id))


def actions_of(connection: Connection, audits: Sequence[str]) -> list[Row[Any]]:
    """Return the remedial actions of some audits."""
    query = select(remedial_action).where(remedial_action.c.audit.in_(audits))
    return _all(connection, query.order_by(remedial_action.c.audit, remedial_action.c.number))


def actions_counted(connection: Connection, audits: Sequence[str]) -> dict[str, int]:
    """Return how many remedial actions some audits led to; audits without any are left out."""
    query = select(remedial_action.c.audit, func.count().label("number")).where(remedial_action.c.audit.in_(audits))
    return {row.audit: row.number for row in connection.execute(query.group_by(remedial_action.c.audit))}


def decisions_between(connection: Connection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return the management decisions that were decided in a span."""
    query = _within(select(management_decision), management_decision.c.decided_at, since, until)
    return _all(connection, query.order_by(management_decision.c.id))


def findings_between(connection: Connection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return what the four-month reviews of a span found, with the details of each action, by case and action."""
    query = _within(_FINDINGS, finding.c.reviewed_at, since, until)
    return _all(connection, query.order_by(finding.c.case_ref, finding.c.action_number, finding.c.id))


def findings_sent_between(connection: Connection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return what the lists that were sent to the teams in a span tell, as `findings_between` does."""
    query = _within(_FINDINGS.join(instance, instance.c.id == finding.c.batch), instance.c.finished_at, since, until)
    return _all(connection, query.order_by(finding.c.case_ref, finding.c.action_number, finding.c.id))


def open_tasks(connection: Connection) -> list[Row[Any]]:
    """Return every open task, earliest due first."""
    query = select(task).where(task.c.status == OPEN)
    return _all(connection, query.order_by(task.c.due.nulls_last(), task.c.id))


def unfinished_instances(connection: Connection) -> list[Row[Any]]:
    """Return every process instance that is not finished, oldest first."""
    kept = (instance.c.id, instance.c.process, instance.c.status, instance.c.case_ref, instance.c.started_at)
    query = select(*kept).where(instance.c.status.in_(UNFINISHED))
    return _all(connection, query.order_by(instance.c.started_at, instance.c.id))


def instances_begun(connection: Connection, process: str, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return the instances of a process that began in a span, oldest first."""
    kept = (instance.c.id, instance.c.status, instance.c.case_ref, instance.c.audit, instance.c.started_at)
    query = _within(select(*kept).where(instance.c.process == process), instance.c.started_at, since, until)
    return _all(connection, query.order_by(instance.c.started_at, instance.c.id))


def concerns_between(connection: Connection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return the safeguarding concerns raised in a span, oldest first."""
    query = _within(select(concern), concern.c.raised_at, since, until)
    return _all(connection, query.order_by(concern.c.raised_at, concern.c.instance))


def disagreements_between(connection: Connection, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return the disagreements raised in a span, oldest first."""
    query = _within(select(disagreement), disagreement.c.raised_at, since, until)
    return _all(connection, query.order_by(disagreement.c.raised_at, disagreement.c.instance))


def exercises_before(connection: Connection, until: datetime) -> list[Row[Any]]:
    """Return the reliability exercises that were revealed before a moment, newest first."""
    query = select(exercise).where(exercise.c.revealed_at < until)
    return _all(connection, query.order_by(exercise.c.revealed_at.desc(), exercise.c.instance))


def sustained_before(connection: Connection, until: datetime) -> Row[Any] | None:
    """Return the review of reviews that was drawn last before a moment, None when there was none."""
    query = select(sustained_review).where(sustained_review.c.drawn_at < until)
    return connection.execute(query.order_by(sustained_review.c.drawn_at.desc()).limit(1)).one_or_none()


def _within(query: Select[Any], column: Column[Any], since: datetime, until: datetime) -> Select[Any]:
    return query.where(column >= since, column < until)


def _all(connection: Connection, query: Select[Any]) -> list[Row[Any]]:
    return list(connection.execute(query))
