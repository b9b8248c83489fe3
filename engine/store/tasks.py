"""Task rows: the read model of every user task, open or closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from engine.errors import NotFound
from engine.store.schema.council import person
from engine.store.schema.execution import instance, task

OPEN = "open"
DONE = "done"
WITHDRAWN = "withdrawn"

_BY_ID = select(task).where(task.c.id == bindparam("wanted"))
_ADD = insert(task)
_BY_ID_LOCKED = _BY_ID.with_for_update()
_CLOSE = (
    update(task)
    .where(task.c.id == bindparam("wanted"))
    .values(status=bindparam("new_status"), closed_at=bindparam("at"), closed_by=bindparam("by"))
)


def identifier(instance_id: str, key: int) -> str:
    """Return the id of the task `key` of an instance."""
    return f"{instance_id}.{key}"


def get(connection: Connection, task_id: str) -> Row[Any]:
    """Return the task; NotFound."""
    row = connection.execute(_BY_ID, {"wanted": task_id}).one_or_none()
    if row is None:
        raise NotFound(what=f"task {task_id}")
    return row


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add open tasks."""
    if rows:
        connection.execute(_ADD, list(rows))


def close(connection: Connection, task_ids: Iterable[str], status: str, at: datetime, by: str) -> None:
    """Close tasks as done or withdrawn."""
    rows = [{"wanted": one, "new_status": status, "at": at, "by": by} for one in task_ids]
    if rows:
        connection.execute(_CLOSE, rows)


def lock(connection: Connection, task_id: str) -> Row[Any]:
    """Return the task, locked for this transaction; NotFound."""
    row = connection.execute(_BY_ID_LOCKED, {"wanted": task_id}).one_or_none()
    if row is None:
        raise NotFound(what=f"task {task_id}")
    return row


def assign(connection: Connection, task_id: str, person: str | None) -> None:
    """Give a task to a person, or back to its post."""
    connection.execute(update(task).where(task.c.id == task_id).values(assignee=person))


def change(connection: Connection, task_id: str, values: Mapping[str, Any]) -> None:
    """Change what an open task is called or who holds it."""
    connection.execute(update(task).where(task.c.id == task_id).values(**values))


def move_due(connection: Connection, task_id: str, due: datetime) -> None:
    """Set the due moment of an open task."""
    connection.execute(update(task).where(task.c.id == task_id).values(due=due))


def move_team(connection: Connection, case: str, team: str | None) -> None:
    """Let the open tasks about a case that belong to a team follow the case to `team` (R-86)."""
    connection.execute(
        update(task).where(task.c.case_ref == case, task.c.status == OPEN, task.c.team.is_not(None)).values(team=team)
    )


def some(connection: Connection, task_ids: Sequence[str]) -> list[Row[Any]]:
    """Return the tasks of these ids, in no order; ids of none are left out."""
    return list(connection.execute(select(task).where(task.c.id.in_(task_ids))))


def open_with(connection: Connection, username: str) -> list[Row[Any]]:
    """Return the open tasks that a person has by name, earliest due first."""
    query = select(task).where(task.c.status == OPEN, task.c.assignee == username)
    return list(connection.execute(query.order_by(task.c.due.nulls_last(), task.c.id)))


def with_leavers(connection: Connection) -> list[str]:
    """Return the ids of the open tasks that are by name with somebody who has left."""
    gone = select(person.c.username).where(person.c.active.is_(False))
    query = select(task.c.id).where(task.c.status == OPEN, task.c.post.is_(None), task.c.assignee.in_(gone))
    return list(connection.execute(query.order_by(task.c.id)).scalars())


def count_of_posts(
    connection: Connection, duties: Sequence[tuple[str, str | None]]
) -> dict[tuple[str, str | None], int]:
    """Return how many open tasks each of the (post, team) pairs has that nobody has taken; pairs without are left
    out.
    """
    posts = sorted({post for post, _ in duties})
    teams = sorted({team for _, team in duties if team is not None})
    of_teams = or_(task.c.team.in_(teams), task.c.team.is_(None))
    query = (
        select(task.c.post, task.c.team, func.count())
        .where(task.c.status == OPEN, task.c.assignee.is_(None), task.c.post.in_(posts), of_teams)
        .group_by(task.c.post, task.c.team)
    )
    wanted = set(duties)
    return {(row[0], row[1]): row[2] for row in connection.execute(query) if (row[0], row[1]) in wanted}


def open_for_case(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the open tasks about a case."""
    return list(connection.execute(select(task).where(task.c.case_ref == case, task.c.status == OPEN)))


def open_for_cases(connection: Connection, cases: Sequence[str]) -> list[Row[Any]]:
    """Return the open tasks about several cases, earliest due first."""
    query = select(task).where(task.c.case_ref.in_(cases), task.c.status == OPEN)
    return list(connection.execute(query.order_by(task.c.due.nulls_last(), task.c.id)))


def open_titled(connection: Connection, title: str, case: str | None) -> list[Row[Any]]:
    """Return the open tasks with a title, about a case when one is given."""
    query = select(task).where(task.c.title == title, task.c.status == OPEN)
    return list(connection.execute(query if case is None else query.where(task.c.case_ref == case)))


def of_instance(connection: Connection, instance_id: str) -> list[Row[Any]]:
    """Return all tasks of an instance in the order they were opened."""
    query = select(task).where(task.c.instance == instance_id).order_by(task.c.opened_at, task.c.key)
    return list(connection.execute(query))


def open_with_deadline(connection: Connection, day: datetime) -> list[Row[Any]]:
    """Return the open tasks that are due at `day` or later, with the deployment they run on."""
    query = (
        select(task, instance.c.deployment)
        .join(instance, instance.c.id == task.c.instance)
        .where(task.c.status == OPEN, task.c.due >= day)
    )
    return list(connection.execute(query))


def open_load(connection: Connection, people: Sequence[str]) -> dict[str, int]:
    """Return how many open tasks each of `people` has by name, 0 for none."""
    query = (
        select(task.c.assignee, func.count())
        .where(task.c.assignee.in_(people), task.c.status == OPEN)
        .group_by(task.c.assignee)
    )
    return {**dict.fromkeys(people, 0), **{row[0]: row[1] for row in connection.execute(query)}}
