"""The directory's rows: people, teams, absences and closure days."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.domain.people import Absence, Directory, Person, Team
from engine.store.revisions import raise_number
from engine.store.schema.council import absence, closure_day, person, team

REVISION = "directory"
LEADS = ("practice_manager", "service_manager", "head_of_service")


def directory(connection: Connection) -> Directory:
    """Return the whole directory as it stands, people and teams in alphabetical order."""
    people = {row.username: _person(row) for row in connection.execute(select(person).order_by(person.c.username))}
    teams = {row.name: Team(**row._mapping) for row in connection.execute(select(team).order_by(team.c.name))}
    absences = [
        Absence(row.person, row.first_day, row.last_day)
        for row in connection.execute(select(absence).order_by(absence.c.id))
    ]
    days = frozenset(connection.execute(select(closure_day.c.day)).scalars())
    return Directory(people, teams, absences, days)


def _person(row: Any) -> Person:
    fields = {name: value for name, value in row._mapping.items() if name != "password"}
    return Person(**fields)


def password_of(connection: Connection, username: str) -> str | None:
    """Return the password hash of an active person, None when there is none."""
    query = select(person.c.password).where(person.c.username == username, person.c.active)
    return connection.execute(query).scalar()


def without_password(connection: Connection) -> list[str]:
    """Return the usernames of active people who have no password."""
    query = select(person.c.username).where(person.c.active, person.c.password.is_(None))
    return list(connection.execute(query.order_by(person.c.username)).scalars())


def add_people(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add people to the directory."""
    connection.execute(insert(person), list(rows))
    raise_number(connection, REVISION)


def change_person(connection: Connection, username: str, values: Mapping[str, Any]) -> None:
    """Change somebody's row."""
    connection.execute(update(person).where(person.c.username == username).values(**values))
    raise_number(connection, REVISION)


def add_teams(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add teams."""
    connection.execute(insert(team), list(rows))
    raise_number(connection, REVISION)


def change_team(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    """Change a team's row."""
    connection.execute(update(team).where(team.c.name == name).values(**values))
    raise_number(connection, REVISION)


def add_absences(connection: Connection, found: Sequence[Absence], at: datetime) -> None:
    """Record that people are away."""
    rows = [
        {"person": one.person, "first_day": one.first_day, "last_day": one.last_day, "recorded_at": at} for one in found
    ]
    connection.execute(insert(absence), rows)
    raise_number(connection, REVISION)


def remove_absence(connection: Connection, gone: Absence) -> bool:
    """Take an absence away; return whether there was one."""
    same = (absence.c.first_day == gone.first_day) & (absence.c.last_day == gone.last_day)
    found = connection.execute(delete(absence).where(absence.c.person == gone.person, same)).rowcount
    raise_number(connection, REVISION)
    return found > 0


def closure_days(connection: Connection, year: int) -> list[Row[Any]]:
    """Return the closure days of a year in order, each with its reason."""
    in_year = closure_day.c.day.between(date(year, 1, 1), date(year, 12, 31))
    return list(connection.execute(select(closure_day).where(in_year).order_by(closure_day.c.day)))


def add_closure_days(connection: Connection, days: Sequence[date], reason: str, at: datetime) -> list[date]:
    """Record days on which the council is closed; return those that are new."""
    known = set(connection.execute(select(closure_day.c.day).where(closure_day.c.day.in_(days))).scalars())
    new = [day for day in days if day not in known]
    if new:
        rows = [{"day": day, "reason": reason, "recorded_at": at} for day in new]
        connection.execute(insert(closure_day), rows)
        raise_number(connection, REVISION)
    return new
