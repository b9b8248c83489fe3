"""Lists of open tasks, earliest due first: whose they are, which are looked for, and how many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    exists,
    false,
    literal_column,
    or_,
    select,
)

from engine.domain.people import Place
from engine.store.barring import Barred, about_nothing_barred
from engine.store.beginnings import begins_with, up_to
from engine.store.schema.council import audit_holder, case_record
from engine.store.schema.execution import task

MOST = 1_000
"""As many tasks are counted, and no more: a number that nobody reads must not be waited for."""

Way = ColumnElement[bool]

# SQLite answers each way of having a task by its own partial index only when each says that the task is open.
_IS_OPEN = task.c.status == literal_column("'open'")


@dataclass(frozen=True)
class Narrowing:
    """What is looked for: tasks about cases whose reference begins so, of a process, due before a moment and from
    another on, or with no due date at all; None for all.
    """

    case: str | None = None
    process: str | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    undated: bool = False


EVERYTHING = Narrowing()


def named(person: str) -> list[Way]:
    """Return the way of having a task by name."""
    return [and_(_IS_OPEN, task.c.assignee == person)]


def of_posts(places: Iterable[Place]) -> list[Way]:
    """Return the ways of having the tasks of posts that nobody has taken."""
    return [and_(_IS_OPEN, _of(place), task.c.assignee.is_(None)) for place in places]


def taken_by(places: Iterable[Place], people: Sequence[str]) -> list[Way]:
    """Return the ways of answering for the tasks of posts that some people have taken."""
    return [and_(_IS_OPEN, _of(place), task.c.assignee.in_(people)) for place in places] if people else []


def held_by_others(
    person: str, members: Sequence[str], places: Iterable[Place], teams: Sequence[str] | None
) -> list[Way]:
    """Return the ways in which others have the work of somebody's teams: the tasks of posts there that are not
    theirs, and those named to `members` about cases of `teams` (None for any case).
    """
    about = _about_cases_of(teams)
    posts = [and_(_IS_OPEN, _of(place), _not_named(person)) for place in places]
    return [*posts, *(and_(_IS_OPEN, task.c.assignee == name, about) for name in members if name != person)]


def everybodys() -> list[Way]:
    """Return the way of looking at every open task."""
    return [_IS_OPEN]


def seen_by(person: str, processes: Iterable[str], barred: Barred) -> Way:
    """Return what is left to see of others' work: some processes, nothing about an audit that is one's own, and
    nothing about a restricted record that is kept from them.
    """
    held = exists().where(audit_holder.c.audit == task.c.audit, audit_holder.c.auditor == person)
    others = and_(task.c.process.in_(sorted(processes)), or_(task.c.audit.is_(None), ~held))
    return and_(others, about_nothing_barred(task.c.case_ref, barred))


def page(
    connection: Connection,
    ways: Sequence[Way],
    limit: int,
    offset: int = 0,
    wanted: Narrowing = EVERYTHING,
    seen: Way | None = None,
) -> list[Row[tuple[object, ...]]]:
    """Return tasks that fit one of `ways`, earliest due first and those with no due date last."""
    query = select(task).where(*_conditions(connection, ways, wanted, seen))
    ordered = query.order_by(task.c.due.nulls_last(), task.c.id).limit(limit).offset(offset)
    return list(connection.execute(ordered))


def count(connection: Connection, ways: Sequence[Way], wanted: Narrowing = EVERYTHING, seen: Way | None = None) -> int:
    """Return how many tasks fit one of `ways`, at most MOST + 1."""
    return up_to(connection, select(task.c.id).where(*_conditions(connection, ways, wanted, seen)), MOST)


def _conditions(connection: Connection, ways: Sequence[Way], wanted: Narrowing, seen: Way | None) -> list[Way]:
    narrowed = [
        None if wanted.case is None else begins_with(connection, task.c.case_ref, wanted.case),
        None if wanted.process is None else task.c.process == wanted.process,
        None if wanted.due_from is None else task.c.due >= wanted.due_from,
        None if wanted.due_before is None else task.c.due < wanted.due_before,
        task.c.due.is_(None) if wanted.undated else None,
        seen,
    ]
    return [or_(false(), *ways), *(one for one in narrowed if one is not None)]


def _of(place: Place) -> Way:
    post, team = place
    return and_(task.c.post == post, task.c.team == team)


def _not_named(person: str) -> Way:
    return or_(task.c.assignee.is_(None), task.c.assignee != person)


def _about_cases_of(teams: Sequence[str] | None) -> Way:
    if teams is None:
        return _IS_OPEN
    known = exists().where(case_record.c.reference == task.c.case_ref, case_record.c.team.in_(teams))
    return or_(task.c.case_ref.is_(None), known)
