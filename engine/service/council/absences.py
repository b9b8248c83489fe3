"""Who is away in a week, who covers for them, and recording it for oneself or for others (DEC-8, I-06)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from engine.domain.people import Absence, Person
from engine.errors import Invalid, NotFound
from engine.service.command import Command, Question
from engine.service.council import keeping
from engine.service.council.person import known
from engine.service.engine import Engine
from engine.service.people import directory
from engine.service.people.absences import StandIn, stand_ins_on
from engine.store import people

PAGE: Final = 50
LONGEST: Final = 366


@dataclass(frozen=True)
class AbsenceLine:
    """An absence and who stands in on its first day of the week shown."""

    absence: Absence
    person: Person
    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True)
class Week:
    """The absences of a week from Monday to Sunday, one page of them, and how many there are in all."""

    monday: date
    lines: tuple[AbsenceLine, ...]
    total: int
    people: tuple[Person, ...]

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> date:
        """A day of the week before."""
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        """A day of the week after."""
        return self.monday + timedelta(days=7)


def week(engine: Engine, reader: str, day: date | None = None, page: int = 1) -> Week:
    """Return the week in which a day falls, this week for None. NotAllowed."""

    def work(question: Question) -> Week:
        keeping.require(question, reader, keeping.DETAILS)
        when = day or question.today
        monday = when - timedelta(days=when.weekday())
        found = sorted(_in_week(question, monday), key=lambda one: (one.first_day, one.person))
        shown = found[(page - 1) * PAGE : page * PAGE]
        lines = tuple(_line(question, one, max(one.first_day, monday)) for one in shown)
        return Week(monday, lines, len(found), _active(question))

    return engine.ask(work)


def record(engine: Engine, actor: str, username: str, first_day: date, last_day: date) -> None:
    """Record that somebody is away, both days included. NotFound, NotAllowed unless it is one's own absence or one
    keeps the directory; Invalid.
    """

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.ABSENCES, username)
        known(command, username)
        reason = reason_against(first_day, last_day)
        if reason is not None:
            raise Invalid({"last_day": [reason]})
        absence = Absence(username, first_day, last_day)
        if absence not in command.directory.absences:
            directory.add_absences(command, [absence])

    engine.run(actor, work)


def withdraw(engine: Engine, actor: str, absence: Absence) -> None:
    """Record that somebody is not away after all. NotFound, NotAllowed as `record`."""

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.ABSENCES, absence.person)
        if not people.remove_absence(command.connection, absence):
            raise NotFound(what="such absence")
        command.renew_directory()
        command.note("directory", "absence withdrawn", directory.told_of(absence))

    engine.run(actor, work)


def reason_against(first_day: date, last_day: date) -> str | None:
    """Return why somebody cannot be away for these days, None when they can."""
    if last_day < first_day:
        return "The last day of the absence must be its first day or later."
    if (last_day - first_day).days >= LONGEST:
        return f"An absence is at most {LONGEST} days long. Record a longer one in parts."
    return None


def _in_week(question: Question, monday: date) -> Iterator[Absence]:
    sunday = monday + timedelta(days=6)
    for one in question.directory.absences:
        if one.first_day <= sunday and one.last_day >= monday and question.directory.people[one.person].active:
            yield one


def _line(question: Question, absence: Absence, day: date) -> AbsenceLine:
    person = question.directory.people[absence.person]
    return AbsenceLine(absence, person, stand_ins_on(question, absence.person, day))


def _active(question: Question) -> tuple[Person, ...]:
    return tuple(one for one in question.directory.people.values() if one.active)
