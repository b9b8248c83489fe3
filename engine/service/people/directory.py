"""People, teams, absences and closure days, and what follows for open work when they change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.domain.calendar import parse_day, parse_moment
from engine.domain.people import Absence, Directory
from engine.errors import Invalid, NotFound, NotNow
from engine.service import instances
from engine.service.audits import training
from engine.service.cases import actions
from engine.service.command import Command
from engine.service.engine import Engine
from engine.store import instances as instance_rows
from engine.store import people

AUDIT_POOL = "audit_pool"
TRAINED = "trained_on"
MOST_DAYS = 366
LONGEST_REASON = 200


def add_council(
    engine: Engine, actor: str, persons: Sequence[Mapping[str, Any]], teams: Sequence[Mapping[str, Any]]
) -> None:
    """Add people and teams to the directory. NotNow when one of them is known already, or comes twice; NotFound when
    they name a person or team that is neither known nor among them. A person with the day "trained_on" was trained
    in the audit form on that day (R-48).
    """

    def work(command: Command) -> None:
        _refuse_known([str(row["username"]) for row in persons], command.directory.people)
        _refuse_known([str(row["name"]) for row in teams], command.directory.teams)
        _refuse_unknown(persons, teams, command.directory)
        if teams:
            people.add_teams(command.connection, teams)
        if persons:
            people.add_people(command.connection, [_with_pool(command, _untold(row)) for row in persons])
        command.note("directory", "added", {"people": [row["username"] for row in persons]})
        command.renew_directory()
        for row in persons:
            if row.get(TRAINED):
                training.record(command, str(row["username"]), parse_day(str(row[TRAINED])))

    engine.run(actor, work)


def _untold(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a person's row without the day of training, which is a record of its own."""
    return {name: value for name, value in row.items() if name != TRAINED}


def _with_pool(command: Command, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a person's row; where it does not say so, audit_pool.dmn says who is a member of the pool (R-26)."""
    if row.get("in_audit_pool") is not None:
        return row
    return {**row, "in_audit_pool": command.decide(AUDIT_POOL, post=row["post"]).get("member") is True}


def _refuse_known(names: Sequence[str], known: Mapping[str, Any]) -> None:
    taken = [one for one, times in Counter(names).items() if times > 1 or one in known]
    if taken:
        raise NotNow(doing=f"Adding {taken[0]}", reason="this name is in the directory already")


def _refuse_unknown(persons: Sequence[Mapping[str, Any]], teams: Sequence[Mapping[str, Any]], known: Directory) -> None:
    usernames = {None, *known.people, *(row["username"] for row in persons)}
    names = {None, *known.teams, *(row["name"] for row in teams)}
    for row in persons:
        if row.get("team") not in names:
            raise NotFound(what=f"team {row['team']}, named for {row['username']}")
        if row.get("line_manager") not in usernames:
            raise NotFound(what=f"person {row['line_manager']}, named as line manager of {row['username']}")
    for row in teams:
        for lead in people.LEADS:
            if row.get(lead) not in usernames:
                raise NotFound(what=f"person {row[lead]}, named as {lead.replace('_', ' ')} of {row['name']}")


def leave_pool(engine: Engine, actor: str, usernames: Sequence[str]) -> None:
    """Let members leave the audit pool (R-66); NotFound for an unknown person."""

    def work(command: Command) -> None:
        for username in usernames:
            if username not in command.directory.people:
                raise NotFound(what=f"person {username}")
            people.change_person(command.connection, username, {"in_audit_pool": False})
            command.note("directory", "left the audit pool", {"person": username})

    if usernames:
        engine.run(actor, work)


def record_absence(engine: Engine, actor: str, username: str, first_day: date, last_day: date) -> None:
    """Record that somebody is away, both days included; work that passes to others because of it is told.

    NotFound for an unknown person, Invalid when the absence ends before it begins.
    """

    def work(command: Command) -> None:
        if username not in command.directory.people:
            raise NotFound(what=f"person {username}")
        if last_day < first_day:
            raise Invalid({"last_day": ["The last day of the absence must be its first day or later."]})
        add_absences(command, [Absence(username, first_day, last_day)])

    engine.run(actor, work)


def add_absences(command: Command, found: Sequence[Absence]) -> None:
    """Record absences, of which there is one or more, within a command."""
    people.add_absences(command.connection, found, command.now)
    command.renew_directory()
    for absence in found:
        command.note("directory", "absence", told_of(absence))
    for username in dict.fromkeys(absence.person for absence in found):
        actions.tell_of_absence(command, username)


def told_of(absence: Absence) -> dict[str, str]:
    """Return what the log says of an absence."""
    days = {"first_day": absence.first_day.isoformat(), "last_day": absence.last_day.isoformat()}
    return {"person": absence.person, **days}


@dataclass(frozen=True)
class Move:
    """A due date that closure days moved: the case or period it is about, what is due, from when to when."""

    about: str
    what: str
    before: datetime
    after: datetime


def close_council(engine: Engine, actor: str, first_day: date, last_day: date, reason: str) -> int:
    """Record closure days and reckon every open due date again; return how many moved. Invalid as `close`."""
    return engine.run(actor, lambda command: len(close(command, first_day, last_day, reason)))


def close(command: Command, first_day: date, last_day: date, reason: str) -> list[Move]:
    """Record closure days within a command and reckon every open due date again; return what moved.

    A due date is only ever moved later, and each move is logged. Invalid when the last day comes before the first, or
    more than a year after it, and without a reason of at most 200 characters.
    """
    _refuse_days(first_day, last_day, reason)
    days = [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]
    new = people.add_closure_days(command.connection, days, reason, command.now)
    command.renew_directory()
    if not new:
        return []
    command.note("directory", "closure days", {"days": [day.isoformat() for day in new], "reason": reason})
    found = instance_rows.with_due_work(command.connection)
    return [move for identifier in found for move in _moves(command, identifier)]


def _moves(command: Command, identifier: str) -> list[Move]:
    moved = instances.reckon_again(command, identifier)
    if not moved:
        return []
    row = instances.get_row(command, identifier)
    definition = command.deployment(row.deployment).definition(row.process)
    about = row.case_ref or row.cycle or definition.name
    named = ((definition.elements[element].name, before, after) for element, before, after in moved)
    return [Move(about, name, parse_moment(before), parse_moment(after)) for name, before, after in named]


def _refuse_days(first_day: date, last_day: date, reason: str) -> None:
    if last_day < first_day:
        raise Invalid({"last_day": ["The last closure day must be the first one or later."]})
    if (last_day - first_day).days >= MOST_DAYS:
        raise Invalid({"last_day": [f"At most {MOST_DAYS} closure days are recorded at once."]})
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Invalid({"reason": [f"Give a reason of at most {LONGEST_REASON} characters."]})
