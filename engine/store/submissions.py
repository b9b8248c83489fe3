"""What people entered: drafts while they work, submissions for good."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.store.instances import UNFINISHED
from engine.store.rows import Rows
from engine.store.schema.execution import draft, instance, submission

_ADD = insert(submission)
_OF_INSTANCE = Rows(submission.c.instance, submission.c.id)
_LATEST = (
    select(submission)
    .where(submission.c.instance == bindparam("instance"), submission.c.element == bindparam("element"))
    .order_by(submission.c.id.desc())
    .limit(1)
)
_DROP_DRAFTS = delete(draft).where(draft.c.instance == bindparam("instance"), draft.c.element == bindparam("element"))


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep a submission. It is never changed afterwards (I-13)."""
    connection.execute(_ADD, values)


def latest(connection: Connection, instance: str, element: str) -> Row[Any] | None:
    """Return the last submission of an element, None when there is none."""
    return connection.execute(_LATEST, {"instance": instance, "element": element}).one_or_none()


def has_any_of(connection: Connection, instance: str, person: str) -> bool:
    """Tell whether somebody has sent anything in an instance."""
    query = select(submission.c.id).where(submission.c.instance == instance, submission.c.person == person).limit(1)
    return connection.execute(query).one_or_none() is not None


def of_instance(connection: Connection, instance: str) -> list[Row[Any]]:
    """Return all submissions of an instance, oldest first."""
    return _OF_INSTANCE.all(connection, instance)


def of_unfinished_without_case(connection: Connection) -> list[Row[Any]]:
    """Return (process, answers) of what was submitted to unfinished instances that are about no case, oldest first."""
    query = (
        select(instance.c.process, submission.c.answers)
        .join(submission, submission.c.instance == instance.c.id)
        .where(instance.c.case_ref.is_(None), instance.c.status.in_(UNFINISHED))
    )
    return list(connection.execute(query.order_by(submission.c.id)))


def save_draft(
    connection: Connection, instance: str, element: str, person: str, raw: Mapping[str, Any], at: datetime
) -> None:
    """Keep what somebody typed so far, in place of what was kept before."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = make(draft).values(instance=instance, element=element, person=person, raw=raw, saved_at=at)
    key = [draft.c.instance, draft.c.element, draft.c.person]
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=key, set_={"raw": statement.excluded.raw, "saved_at": statement.excluded.saved_at}
        )
    )


def draft_of(connection: Connection, instance: str, element: str, person: str) -> Row[Any] | None:
    """Return somebody's draft, None when nothing was kept."""
    query = select(draft).where(draft.c.instance == instance, draft.c.element == element, draft.c.person == person)
    return connection.execute(query).one_or_none()


def drafts_of(connection: Connection, instance: str, element: str) -> list[Row[Any]]:
    """Return everybody's drafts of an element, the one saved last first."""
    query = select(draft).where(draft.c.instance == instance, draft.c.element == element)
    return list(connection.execute(query.order_by(draft.c.saved_at.desc(), draft.c.person)))


def drop_drafts(connection: Connection, instance: str, element: str) -> None:
    """Drop all drafts of an element: its task was submitted."""
    connection.execute(_DROP_DRAFTS, {"instance": instance, "element": element})
