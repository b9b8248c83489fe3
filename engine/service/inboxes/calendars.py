"""A personal calendar of due dates behind a secret address, of which only the hash is kept."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_urlsafe
from typing import Final

from engine.domain.calendar import local_day
from engine.errors import NotFound
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.inboxes.filters import STREAM
from engine.service.inboxes.views import ALL, Reach
from engine.store import personal
from engine.store.inboxes import Narrowing

SECRET_BYTES: Final = 32
MOST_EVENTS: Final = 500


@dataclass(frozen=True)
class DueDate:
    """A task that is due on a day: no case, no name, only what kind of work it is."""

    task: str
    title: str
    day: date
    opened_at: datetime


@dataclass(frozen=True)
class Calendar:
    """The due dates of one person, the earliest first."""

    person: str
    due_dates: tuple[DueDate, ...]


def made_at(engine: Engine, person: str) -> datetime | None:
    """Return when the address in use by `person` was made, None without one."""
    row = engine.ask(lambda question: personal.feed_of(question.connection, person))
    return None if row is None else row.made_at


def renew(engine: Engine, person: str) -> str:
    """Make a new secret for the calendar of `person` and return it; the one before opens nothing any more. NotFound."""
    secret = token_urlsafe(SECRET_BYTES)

    def work(command: Command) -> None:
        if person not in command.directory.people:
            raise NotFound(what=f"person {person}")
        personal.set_feed(command.connection, person, _hash(secret), command.now)
        command.note(STREAM, "calendar address made", {"person": person})

    engine.run(person, work)
    return secret


def revoke(engine: Engine, person: str) -> None:
    """Let the calendar's address of `person` open nothing any more; NotFound when there is none."""

    def work(command: Command) -> None:
        if personal.feed_of(command.connection, person) is None:
            raise NotFound(what="calendar address of yours")
        personal.drop_feed(command.connection, person)
        command.note(STREAM, "calendar address revoked", {"person": person})

    engine.run(person, work)


def open_calendar(engine: Engine, secret: str) -> Calendar:
    """Return the calendar that a secret opens, at most MOST_EVENTS due dates. NotFound for any other secret, and for
    that of somebody who has left.
    """
    return engine.ask(lambda question: _open(question, secret))


def _open(question: Question, secret: str) -> Calendar:
    row = personal.feed_by_hash(question.connection, _hash(secret))
    person = question.directory.people.get(row.person) if row is not None else None
    if person is None or not person.active:
        raise NotFound(what="calendar at this address")
    tasks = Reach(question, person.username).page(ALL, Narrowing(), MOST_EVENTS, 0)
    found = (DueDate(one.id, one.title, local_day(one.due), one.opened_at) for one in tasks if one.due is not None)
    return Calendar(person.username, tuple(found))


def _hash(secret: str) -> str:
    # A secret of 256 random bits cannot be guessed, so a plain hash protects it.
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
