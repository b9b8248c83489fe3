"""Audits, who held them, their reviews, and the answers of the closure check."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, insert, select, update

from engine.errors import NotFound
from engine.store.rows import Rows
from engine.store.schema.council import audit, audit_holder, certificate, closure_answer, review

AUTHORISED = "authorised"

_BY_ID = Rows(audit.c.id)
_OF_CASE = Rows(audit.c.case_ref, audit.c.assigned_at.desc(), audit.c.id)
_OF_CYCLE = Rows(audit.c.cycle, audit.c.id)
_HOLDINGS = Rows(audit_holder.c.audit)
_HOLDINGS_OF = Rows(audit_holder.c.auditor, audit_holder.c.from_at)
_REVIEWS = Rows(review.c.audit, review.c.id)
_REVIEW_IN = Rows(review.c.instance)
_CLOSURE_ANSWERS = Rows(closure_answer.c.case_ref, closure_answer.c.id)
_CERTIFICATES = Rows(certificate.c.case_ref, certificate.c.id)

_ADD, _ADD_HOLDER, _ADD_REVIEW = insert(audit), insert(audit_holder), insert(review)
_ADD_CLOSURE_ANSWER, _ADD_CERTIFICATE = insert(closure_answer), insert(certificate)
_END_HOLDING = (
    update(audit_holder)
    .where(audit_holder.c.audit == bindparam("wanted"), audit_holder.c.to_at.is_(None))
    .values(to_at=bindparam("at"), outcome=bindparam("ended"))
)
_AUTHORISE = (
    update(audit)
    .where(audit.c.id == bindparam("wanted"))
    .values(
        grade=bindparam("new_grade"),
        begun_at=func.coalesce(audit.c.begun_at, bindparam("at", type_=audit.c.begun_at.type)),
        state=case((audit.c.authorised_at.is_(None), AUTHORISED), else_=audit.c.state),
        authorised_at=func.coalesce(audit.c.authorised_at, bindparam("at", type_=audit.c.authorised_at.type)),
    )
    .returning(audit.c.state, audit.c.authorised_at)
)
_WITHDRAW = (
    update(certificate)
    .where(certificate.c.case_ref == bindparam("wanted"), certificate.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"))
)


def get(connection: Connection, identifier: str) -> Row[Any]:
    """Return the audit; NotFound."""
    row = _BY_ID.one(connection, identifier)
    if row is None:
        raise NotFound(what=f"audit {identifier}")
    return row


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add audits, and the first holder of each."""
    connection.execute(_ADD, list(rows))
    holders = [{"audit": row["id"], "auditor": row["auditor"], "from_at": row["assigned_at"]} for row in rows]
    connection.execute(_ADD_HOLDER, holders)


def change(connection: Connection, identifier: str, values: Mapping[str, Any]) -> None:
    """Change an audit."""
    _BY_ID.change(connection, identifier, values)


def authorise(connection: Connection, identifier: str, grade: str | None, at: datetime) -> bool:
    """Record that its auditor authorised an audit; tell whether it was amended, having been authorised before."""
    found = connection.execute(_AUTHORISE, {"wanted": identifier, "new_grade": grade, "at": at})
    return tuple(found.one()) != (AUTHORISED, at)


def mark_begun(connection: Connection, identifier: str, instance: str, at: datetime) -> None:
    """Record that the audit that runs in `instance` has begun, the first time only (A-09)."""
    connection.execute(
        update(audit)
        .where(audit.c.id == identifier, audit.c.instance == instance, audit.c.begun_at.is_(None))
        .values(begun_at=at)
    )


def of_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the audits of a case, newest first."""
    return _OF_CASE.all(connection, case)


def newest_by_case(connection: Connection, cases: Sequence[str]) -> dict[str, Row[Any]]:
    """Return the newest audit of each of `cases` that has one."""
    query = select(audit).where(audit.c.case_ref.in_(cases)).order_by(audit.c.assigned_at, audit.c.id.desc())
    return {row.case_ref: row for row in connection.execute(query)}


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
    return _OF_CYCLE.all(connection, cycle)


def end_holding(connection: Connection, identifier: str, at: datetime, outcome: str) -> None:
    """Record that the present holder of an audit is released, or is done."""
    connection.execute(_END_HOLDING, {"wanted": identifier, "at": at, "ended": outcome})


def begin_holding(connection: Connection, identifier: str, auditor: str, at: datetime) -> None:
    """Record that an auditor holds the audit from now on."""
    connection.execute(_ADD_HOLDER, {"audit": identifier, "auditor": auditor, "from_at": at})


def holdings_of(connection: Connection, auditor: str) -> list[Row[Any]]:
    """Return every holding of an auditor, oldest first."""
    return _HOLDINGS_OF.all(connection, auditor)


def holders_of(connection: Connection, identifier: str) -> set[str]:
    """Return everybody who held the audit, now or before."""
    return {row.auditor for row in _HOLDINGS.all(connection, identifier)}


def add_review(connection: Connection, values: Mapping[str, Any]) -> None:
    """Record that a review of an audit was given to a reviewer."""
    connection.execute(_ADD_REVIEW, values)


def decide_review(connection: Connection, instance: str, outcome: str, reviewer: str) -> None:
    """Record the outcome of a review and who reached it."""
    _REVIEW_IN.change(connection, instance, {"outcome": outcome, "reviewer": reviewer})


def reviews_of(connection: Connection, identifier: str) -> list[Row[Any]]:
    """Return the reviews of an audit, oldest first."""
    return _REVIEWS.all(connection, identifier)


def add_closure_answer(connection: Connection, values: Mapping[str, Any]) -> None:
    """Record one answer of the closure check."""
    connection.execute(_ADD_CLOSURE_ANSWER, values)


def closure_answers(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the answers of the closure check about a case, oldest first."""
    return _CLOSURE_ANSWERS.all(connection, case)


def add_certificate(connection: Connection, values: Mapping[str, Any]) -> None:
    """Record a closure certificate."""
    connection.execute(_ADD_CERTIFICATE, values)


def withdraw_certificates(connection: Connection, case: str, at: datetime) -> bool:
    """End every certificate of a case, because new audit activity has begun (M12); return whether one stood."""
    ended = connection.execute(_WITHDRAW, {"wanted": case, "at": at})
    return ended.rowcount > 0


def certificates(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the closure certificates of a case, oldest first."""
    return _CERTIFICATES.all(connection, case)
