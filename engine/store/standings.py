"""Where process instances stand, counted and listed. Finished ones are looked at only where a period is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Text,
    and_,
    func,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
)

from engine.store.barring import Barred, about_nothing_barred
from engine.store.beginnings import begins_with, up_to
from engine.store.instances import STOPPED, UNFINISHED
from engine.store.schema.council import case_record
from engine.store.schema.execution import deployment, incident, instance, task
from engine.store.tasks import DONE, OPEN

_case = case_record.alias()
_UNFINISHED = instance.c.status.in_([literal_column(f"'{status}'") for status in UNFINISHED])
_IS_STOPPED = instance.c.status == literal_column(f"'{STOPPED}'")
_IS_OPEN = task.c.status == literal_column(f"'{OPEN}'")
_IS_DONE = task.c.status == literal_column(f"'{DONE}'")


@dataclass(frozen=True)
class Narrowing:
    """Which instances are wanted, "" or None for any: of a process, at an element, of a team, with open work of a post
    (a lane), about a case, in a state, with a task due by a day or none that is due, begun before or ended since; none
    about a record that is `barred`.
    """

    process: str = ""
    element: str = ""
    team: str = ""
    post: str = ""
    case: str = ""
    state: str = ""
    due: str = ""
    begun_before: datetime | None = None
    ended_since: datetime | None = None
    due_before: datetime | None = None
    barred: Barred | None = None


MOST_COUNTED = 1_000
OVERDUE, SOON, UNDATED = "overdue", "soon", "none"
STANDING_STILL, ENDED = "stopped", "finished"


def unfinished(connection: Connection) -> list[Row[Any]]:
    """Return each process with how many instances of it are unfinished (`number`) and when the `oldest` began."""
    number, oldest = func.count().label("number"), func.min(instance.c.started_at).label("oldest")
    return list(
        connection.execute(select(instance.c.process, number, oldest).where(_UNFINISHED).group_by(instance.c.process))
    )


def stopped(connection: Connection) -> Mapping[str, int]:
    """Return how many instances of each process an incident stopped."""
    # Counted apart from `unfinished`, so that either follows the order of an index and sorts nothing.
    query = select(instance.c.process, func.count()).where(_IS_STOPPED)
    return {row[0]: row[1] for row in connection.execute(query.group_by(instance.c.process))}


def finished_since(connection: Connection, since: datetime) -> Mapping[str, int]:
    """Return how many instances of each process finished from `since` on."""
    query = select(instance.c.process, func.count()).where(instance.c.finished_at >= since).group_by(instance.c.process)
    return {row[0]: row[1] for row in connection.execute(query)}


def overdue(connection: Connection, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """Return how many open tasks are past due, by process and element."""
    query = (
        select(task.c.process, task.c.element, func.count())
        .where(_IS_OPEN, task.c.due < now)
        .group_by(task.c.process, task.c.element)
    )
    found: dict[str, dict[str, int]] = {}
    for process, element, count in connection.execute(query):
        found.setdefault(process, {})[element] = count
    return found


def late(connection: Connection, now: datetime) -> Mapping[str, int]:
    """Return how many instances of each process have an open task past due."""
    number = func.count(task.c.instance.distinct())
    query = select(task.c.process, number).where(_IS_OPEN, task.c.due < now).group_by(task.c.process)
    return {row[0]: row[1] for row in connection.execute(query)}


def waiting(connection: Connection, process: str) -> Mapping[str, int]:
    """Return how many tokens wait at each element of a process."""
    # By deployment too, so that an index alone answers.
    query = (
        select(instance.c.tokens, func.count())
        .where(_UNFINISHED, instance.c.process == process)
        .group_by(instance.c.deployment, instance.c.tokens)
    )
    found: dict[str, int] = {}
    for tokens, count in connection.execute(query):
        for element in tokens:
            found[element] = found.get(element, 0) + count
    return found


def stopped_at(connection: Connection, process: str) -> Mapping[str, int]:
    """Return how many instances of a process an incident stopped, by element."""
    query = (
        select(incident.c.element, func.count())
        .join(instance, instance.c.id == incident.c.instance)
        .where(incident.c.status == "open", instance.c.process == process)
        .group_by(incident.c.element)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def closed_tasks(
    connection: Connection, process: str, since: datetime, most: int, until: datetime | None = None
) -> list[Row[Any]]:
    """Return element, opened_at, closed_at and due of tasks of a process that were done from `since` on, and before
    `until` where it is given, newest first, at most `most`.
    """
    query = (
        select(task.c.element, task.c.opened_at, task.c.closed_at, task.c.due)
        .where(task.c.process == process, _IS_DONE, task.c.closed_at >= since, _before(until))
        .order_by(task.c.closed_at.desc())
        .limit(most)
    )
    return list(connection.execute(query))


def _before(until: datetime | None) -> ColumnElement[bool]:
    return true() if until is None else task.c.closed_at < until


def listed(connection: Connection, wanted: Narrowing, now: datetime, limit: int, offset: int) -> list[Row[Any]]:
    """Return a page of instances, oldest first, with their case's team, social worker and restriction, their next due
    task and its lane.
    """
    ours = (task.c.instance == instance.c.id, _IS_OPEN)
    next_due = select(func.min(task.c.due)).where(*ours).scalar_subquery()
    next_lane = select(task.c.lane).where(*ours).order_by(task.c.due, task.c.key).limit(1).scalar_subquery()
    query = (
        select(
            instance.c.id,
            instance.c.process,
            instance.c.deployment,
            instance.c.case_ref,
            instance.c.cycle,
            instance.c.status,
            instance.c.tokens,
            instance.c.started_at,
            instance.c.finished_at,
            case_record.c.team,
            case_record.c.social_worker,
            case_record.c.restricted,
            next_due.label("due"),
            next_lane.label("lane"),
        )
        .select_from(instance.outerjoin(case_record, case_record.c.reference == instance.c.case_ref))
        .where(*_conditions(wanted), *_found_by_index(connection, wanted, now))
    )
    ordered = query.order_by(instance.c.started_at, instance.c.id).limit(limit).offset(offset)
    return list(connection.execute(ordered))


def count(connection: Connection, wanted: Narrowing, now: datetime, most: int | None = None) -> int:
    """Return how many instances a filter finds; one more than `most` when there are more."""
    conditions = (*_conditions(wanted), *_found_by_index(connection, wanted, now))
    if most is not None:
        return up_to(connection, select(instance.c.id).where(*conditions), most)
    return int(connection.execute(select(func.count()).select_from(instance).where(*conditions)).scalar_one())


def teams(connection: Connection, process: str = "") -> Sequence[str]:
    """Return the teams whose cases unfinished instances of a process, or of any, are about, by name."""
    # From one team to the next, and until the first such case of each: to list them all would take most of the time.
    team = select(func.min(case_record.c.team).label("name")).cte("team", recursive=True)
    following = select(func.min(case_record.c.team)).where(case_record.c.team > team.c.name).scalar_subquery()
    team = team.union_all(select(following).where(team.c.name.is_not(None)))
    about = and_(_UNFINISHED, instance.c.case_ref == case_record.c.reference)
    if process:
        about = and_(about, instance.c.process == process)
    asked = select(case_record.c.reference).where(
        case_record.c.team == team.c.name, select(instance.c.id).where(about).exists()
    )
    return list(connection.execute(select(team.c.name).where(asked.exists()).order_by(team.c.name)).scalars())


def deployments(connection: Connection, process: str) -> Sequence[int]:
    """Return the numbers of the deployments that unfinished instances of a process keep."""
    kept = select(instance.c.id).where(
        _UNFINISHED, instance.c.process == process, instance.c.deployment == deployment.c.number
    )
    return list(connection.execute(select(deployment.c.number).where(kept.exists())).scalars())


def family(connection: Connection, identifier: str, parent: str | None) -> list[Row[Any]]:
    """Return the instance's parent and those it began itself, oldest first, with what says who may know their case."""
    related = instance.c.parent == identifier
    if parent is not None:
        related = or_(related, instance.c.id == parent)
    own = (instance.c.id, instance.c.process, instance.c.status, instance.c.parent, instance.c.case_ref)
    case = (case_record.c.restricted, case_record.c.team, case_record.c.social_worker)
    with_case = instance.outerjoin(case_record, case_record.c.reference == instance.c.case_ref)
    query = select(*own, instance.c.cycle, *case).select_from(with_case).where(related)
    return list(connection.execute(query.order_by(instance.c.started_at, instance.c.id)))


def _conditions(wanted: Narrowing) -> Iterator[ColumnElement[bool]]:
    yield _of_state(wanted)
    if wanted.process:
        yield instance.c.process == wanted.process
    if wanted.element:
        yield _at(wanted.element)
    if wanted.barred is not None:
        yield about_nothing_barred(instance.c.case_ref, wanted.barred)
    if wanted.begun_before is not None:
        yield instance.c.started_at < wanted.begun_before


def _of_state(wanted: Narrowing) -> ColumnElement[bool]:
    if wanted.state == ENDED:
        ended = instance.c.finished_at.is_not(None)
        return ended if wanted.ended_since is None else instance.c.finished_at >= wanted.ended_since
    return _IS_STOPPED if wanted.state == STANDING_STILL else _UNFINISHED


def _found_by_index(connection: Connection, wanted: Narrowing, now: datetime) -> Iterator[ColumnElement[bool]]:
    """What the case and the open tasks of an instance must be like.

    Few are found by their own index and sorted; among many the oldest come soon when instances are looked at in order.
    """
    if wanted.case:
        yield begins_with(connection, instance.c.case_ref, wanted.case)
    if wanted.team:
        of_team = select(instance.c.id).join(_case, _case.c.reference == instance.c.case_ref)
        own = select(_case.c.reference).where(_case.c.reference == instance.c.case_ref, _case.c.team == wanted.team)
        yield _either(connection, of_team.where(_case.c.team == wanted.team), own)
    if wanted.post:
        yield _has_task(connection, task.c.lane == wanted.post)
    if wanted.due == OVERDUE:
        yield _has_task(connection, task.c.due < now)
    if wanted.due == SOON:
        yield _has_task(connection, task.c.due >= now, task.c.due <= wanted.due_before)
    if wanted.due == UNDATED:
        yield instance.c.task_due.is_(None)


def _has_task(connection: Connection, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return _either(connection, select(task.c.instance).where(_IS_OPEN, *conditions), _own_task(*conditions))


def _own_task(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(task.c.id).where(task.c.instance == instance.c.id, _IS_OPEN, *conditions).correlate(instance)


def _either(connection: Connection, found: Select[Any], own: Select[Any]) -> ColumnElement[bool]:
    """Whether an instance is among those `found`, asked of all at once when they are few, else as its `own`."""
    if up_to(connection, found, MOST_COUNTED) <= MOST_COUNTED:
        return instance.c.id.in_(found)
    return own.correlate(instance).exists()


def _at(element: str) -> ColumnElement[bool]:
    """Whether a token waits at `element`: tokens are kept as JSON text, such as ["audit_case_record"]."""
    return type_coerce(instance.c.tokens, Text).contains(f'"{element}"', autoescape=True)
