"""One person of the directory, as a reader may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.domain.people import Absence, Person
from engine.errors import NotFound
from engine.service.audits import training
from engine.service.command import Question
from engine.service.council import keeping, open_work, ways_on
from engine.service.council.open_work import OpenWork
from engine.service.council.ways_on import Named
from engine.service.engine import Engine
from engine.store import people
from engine.store import training as training_rows

MOST_NAMED = 50


@dataclass(frozen=True)
class Details:
    """What is kept about somebody besides name, post and team: absences not yet over, days of training in the audit
    form, and whether they have a password.
    """

    absences: tuple[Absence, ...]
    trained_on: tuple[date, ...]
    has_password: bool


@dataclass(frozen=True)
class PersonPage:
    """Somebody with the teams they answer for; `details` is None for who may not see them."""

    person: Person
    leads: tuple[tuple[str, str], ...]
    reports: int
    details: Details | None
    may_change: bool
    may_record_absence: bool


@dataclass(frozen=True)
class Leaving:
    """Somebody who leaves, what becomes of their open work, and the first MOST_NAMED of what is theirs by name, each
    with the ways in which the policy lets it go from them.
    """

    person: Person
    work: OpenWork
    named: tuple[Named, ...]

    @property
    def going_on(self) -> tuple[Named, ...]:
        """What goes on without them as soon as they leave."""
        return tuple(one for one in self.named if one.onward is not None)

    @property
    def staying(self) -> tuple[Named, ...]:
        """What stays theirs until somebody acts, its diagram being of a policy that did not say."""
        return tuple(one for one in self.named if one.onward is None)


@dataclass(frozen=True)
class Choices:
    """What the form of a person offers, and who they are now; None for somebody new."""

    person: Person | None
    posts: tuple[str, ...]
    teams: tuple[str, ...]
    people: tuple[Person, ...]


def page(engine: Engine, reader: str, username: str) -> PersonPage:
    """Return somebody's page. NotFound, NotAllowed by rights.dmn."""

    def work(question: Question) -> PersonPage:
        keeping.require(question, reader, keeping.LOOK)
        person = known(question, username)
        details = keeping.may(question, reader, keeping.DETAILS, owner=username)
        return PersonPage(
            person,
            tuple(_leads(question, username)),
            sum(one.line_manager == username and one.active for one in question.directory.people.values()),
            _details(question, username) if details else None,
            keeping.may(question, reader, keeping.CHANGE, keeping.PEOPLE),
            keeping.may(question, reader, keeping.CHANGE, keeping.ABSENCES, username),
        )

    return engine.ask(work)


def choices(engine: Engine, reader: str, username: str | None) -> Choices:
    """Return what the form of a person offers, None for somebody new. NotFound, NotAllowed."""

    def work(question: Question) -> Choices:
        keeping.require(question, reader, keeping.CHANGE, keeping.PEOPLE)
        everybody = tuple(one for one in question.directory.people.values() if one.active)
        person = known(question, username) if username is not None else None
        return Choices(person, tuple(question.posts.known), tuple(question.directory.teams), everybody)

    return engine.ask(work)


def leaving(engine: Engine, reader: str, username: str) -> Leaving:
    """Return somebody and what becomes of their open work when they leave. NotFound, NotAllowed."""

    def work(question: Question) -> Leaving:
        keeping.require(question, reader, keeping.CHANGE, keeping.PEOPLE)
        found = open_work.of_leaver(question, username)
        shown = tuple(ways_on.of_task(question, reader, task) for task in found.named[:MOST_NAMED])
        return Leaving(known(question, username), found, shown)

    return engine.ask(work)


def known(question: Question, username: str) -> Person:
    """Return somebody of the directory; NotFound."""
    person = question.directory.people.get(username)
    if person is None:
        raise NotFound(what=f"person {username}")
    return person


def _leads(question: Question, username: str) -> list[tuple[str, str]]:
    found = []
    for team in question.directory.teams.values():
        columns: Mapping[str, Any] = vars(team)
        found += [(team.name, lead) for lead in people.LEADS if columns[lead] == username]
    return found


def _details(question: Question, username: str) -> Details:
    return Details(
        question.directory.absences_of(username, question.today),
        training_rows.days_of(question.connection, username, training.AUDIT_FORM),
        people.password_of(question.connection, username) is not None,
    )
