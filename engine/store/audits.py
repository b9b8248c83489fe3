"""Audits, who held them, their reviews, and the answers of the closure check."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from engine.errors import NotFound
from engine.store.council_schema import audit, audit_holder, certificate, closure_answer, review

_BY_ID = select(audit).where(audit.c.id == bindparam("wanted"))


def get(connection: Connection, identifier: str) -> Row[Any]:
    """Return the audit; NotFound."""
    row = connection.execute(_BY_ID, {"wanted": identifier}).one_or_none()
    if row is None:
        raise NotFound(what=f"audit {identifier}")
    return row


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add audits, and the first holder of each."""
    connection.execute(insert(audit), list(rows))
    holders = [{"audit": row["id"], "auditor": row["auditor"], "from_at": row["assigned_at"]} for row in rows]
    connection.execute(insert(audit_holder), holders)


def change(connection: Connection, identifier: str, values: Mapping[str, Any]) -> None:
    """Change an audit."""
    connection.execute(update(audit).where(audit.c.id == identifier).values(**values))


def mark_begun(connection: Connection, identifier: str, instance: str, at: datetime) -> None:
    """Record that the audit that runs in `instance` has begun, the first time only (A-09)."""
    connection.execute(
        update(audit)
        .where(audit.c.id == identifier, audit.c.instance == instance, audit.c.begun_at.is_(None))
        .values(begun_at=at)
    )


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the audits of a case, newest first."""
    query = select(audit).where(audit.c.case_ref == case).order_by(audit.c.assigned_at.desc(), audit.c.id)
    return list(connection.execute(query))


def last_by_case(
    connection: Connection, cases: Sequence[str], auditors: Sequence[str]
) -> dict[tuple[str, str], datetime]:
    """Return when each of `auditors` was last assigned each of `cases`, by (case, auditor)."""
    query = (
        select(audit.c.case_ref, audit_holder.c.auditor, func.max(audit_holder.c.from_at))
        .join(audit_holder, audit_holder.c.audit == audit.c.id)
        .where(audit.c.case_ref.in_(cases), audit_holder.c.auditor.in_(auditors))
        .group_by(audit.c.case_ref, audit_holder.c.auditor)
    )
    return {(case, auditor): at for case, auditor, at in connection.execute(query)}


def of_cycle(connection: Connection, cycle: str) -> list[Row[Any]]:
    """Return the audits of a cycle."""
    return list(connection.execute(select(audit).where(audit.c.cycle == cycle).order_by(audit.c.id)))


def end_holding(connection: Connection, identifier: str, at: datetime, outcome: str) -> None:
    """Record that the present holder of an audit is released, or is done."""
    connection.execute(
        update(audit_holder)
        .where(audit_holder.c.audit == identifier, audit_holder.c.to_at.is_(None))
        .values(to_at=at, outcome=outcome)
    )


def begin_holding(connection: Connection, identifier: str, auditor: str, at: datetime) -> None:
    """Record that an auditor holds the audit from now on."""
    connection.execute(insert(audit_holder), {"audit": identifier, "auditor": auditor, "from_at": at})


def holdings_of(connection: Connection, auditor: str) -> list[Row[Any]]:
    """Return every holding of an auditor, oldest first."""
    query = select(audit_holder).where(audit_holder.c.auditor == auditor).order_by(audit_holder.c.from_at)
    return list(connection.execute(query))


def holders_of(connection: Connection, identifier: str) -> set[str]:
    """Return everybody who held the audit, now or before."""
    query = select(audit_holder.c.auditor).where(audit_holder.c.audit == identifier)
    return set(connection.execute(query).scalars())


def add_review(connection: Connection, values: Mapping[str, Any]) -> None:
    """Record that a review of an audit was given to a reviewer."""
    connection.execute(insert(review), values)


def decide_review(connection: Connection, instance: str, outcome: str, reviewer: str) -> None:
    """Record the outcome of a review and who reached it."""
    connection.execute(update(review).where(review.c.instance == instance).values(outcome=outcome, reviewer=reviewer))


def reviews_of(connection: Connection, identifier: str) -> list[Row[Any]]:
    """Return the reviews of an audit, oldest first."""
    return list(connection.execute(select(review).where(review.c.audit == identifier).order_by(review.c.id)))


def add_closure_answer(connection: Connection, values: Mapping[str, Any]) -> None:
    """Record one answer of the closure check."""
    connection.execute(insert(closure_answer), values)


def closure_answers(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the answers of the closure check about a case, oldest first."""
    query = select(closure_answer).where(closure_answer.c.case_ref == case).order_by(closure_answer.c.id)
    return list(connection.execute(query))


def add_certificate(connection: Connection, values: Mapping[str, Any]) -> None:
    """Record a closure certificate."""
    connection.execute(insert(certificate), values)


def withdraw_certificates(connection: Connection, case: str, at: datetime) -> None:
    """End every certificate of a case: new audit activity has begun (M12)."""
    connection.execute(
        update(certificate)
        .where(certificate.c.case_ref == case, certificate.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )


def certificates(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the closure certificates of a case, oldest first."""
    query = select(certificate).where(certificate.c.case_ref == case).order_by(certificate.c.id)
    return list(connection.execute(query))
