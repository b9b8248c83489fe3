"""Lists of cases that are or were audited, for those who work them or answer for their teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select

from engine.store.actions import ACTIVITY_FORM
from engine.store.instances import UNFINISHED
from engine.store.schema.council import audit, case_record
from engine.store.schema.execution import instance, task
from engine.store.tasks import OPEN

_AUDITED = exists().where(audit.c.case_ref == case_record.c.reference)
_UNDER_WAY = exists().where(
    audit.c.case_ref == case_record.c.reference, instance.c.id == audit.c.instance, instance.c.status.in_(UNFINISHED)
)
_DUE = (
    select(func.min(task.c.due))
    .where(task.c.case_ref == case_record.c.reference, task.c.status == OPEN, task.c.form == ACTIVITY_FORM)
    .correlate(case_record)
    .scalar_subquery()
)


@dataclass(frozen=True)
class Wanted:
    """Whose cases: of the social worker `person` or of any of `teams`; only those with an audit `under_way`, or all."""

    person: str
    teams: Sequence[str]
    under_way: bool


def audited(connection: Connection, wanted: Wanted, limit: int, offset: int = 0) -> list[Row[Any]]:
    """Return a page of audited cases, with the `due` moment of their remedial actions, earliest first."""
    query = _wanted(select(case_record, _DUE.label("due")), wanted)
    ordered = query.order_by(_DUE.nulls_last(), case_record.c.reference)
    return list(connection.execute(ordered.limit(limit).offset(offset)))


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many cases there are."""
    return int(connection.execute(_wanted(select(func.count()).select_from(case_record), wanted)).scalar_one())


def _wanted(query: Select[Any], wanted: Wanted) -> Select[Any]:
    whose: ColumnElement[bool] = or_(case_record.c.social_worker == wanted.person, case_record.c.team.in_(wanted.teams))
    return query.where(whose, _UNDER_WAY if wanted.under_way else _AUDITED)
