"""Who may sign in: people of the directory, by the hash of a password or by who they are to the council's provider.

Sessions live in the browser and carry an epoch; when that of a person is raised, all their sessions have ended.
"""

from dataclasses import dataclass
from typing import Final

from engine.domain.people import Person
from engine.errors import NotFound, NotNow
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.store import people, sign_ins

SESSIONS: Final = "sessions"
LONGEST_SUBJECT: Final = 255


@dataclass(frozen=True)
class Account:
    """A person who may sign in, and the hash of the password; None when there is none."""

    person: Person
    password: str | None


def find(engine: Engine, username: str) -> Person | None:
    """Return an active person, None for anybody else: who has left is signed out with the next request."""
    person = engine.ask(lambda question: question.directory.people.get(username))
    return person if person is not None and person.active else None


def account(engine: Engine, username: str) -> Account | None:
    """Return the account of an active person, None when there is none."""

    def work(question: Question) -> Account | None:
        person = question.directory.people.get(username)
        if person is None or not person.active:
            return None
        return Account(person, people.password_of(question.connection, username))

    return engine.ask(work)


def epoch(engine: Engine, username: str) -> int:
    """Return the epoch that a session of this person begins with."""
    return engine.ask(lambda question: sign_ins.epoch(question.connection, username))


def in_session(engine: Engine, username: str, begun_in: int) -> Person | None:
    """Return the active person of a session that began in this epoch, None when it has ended."""

    def work(question: Question) -> Person | None:
        person = question.directory.people.get(username)
        counts = person is not None and person.active and sign_ins.epoch(question.connection, username) == begun_in
        return person if counts else None

    return engine.ask(work)


def end_sessions(engine: Engine, actor: str, username: str) -> None:
    """End all sessions of a person, on every device; NotFound for an unknown person."""

    def work(command: Command) -> None:
        _end_sessions(command, username)
        command.note(SESSIONS, "ended", {"person": username})

    engine.run(actor, work)


def by_subject(engine: Engine, subject: str) -> Person | None:
    """Return the active person who is this subject to the provider, None when nobody is."""

    def work(question: Question) -> Person | None:
        person = question.directory.people.get(sign_ins.of_subject(question.connection, subject) or "")
        return person if person is not None and person.active else None

    return engine.ask(work)


def link(engine: Engine, actor: str, username: str, subject: str) -> None:
    """Keep that a person is this subject to the provider, and end their sessions.

    NotFound for an unknown person; NotNow for a subject that is none, or that is somebody already, or a person who is
    another: who that was must be unlinked first, so that nobody slips into an account.
    """

    def work(command: Command) -> None:
        _end_sessions(command, username)
        if not (0 < len(subject) <= LONGEST_SUBJECT and subject.isprintable()):
            raise NotNow(doing=f"Linking {username}", reason="that is no subject of a provider of identities")
        if sign_ins.of_subject(command.connection, subject) is not None:
            raise NotNow(doing=f"Linking {username}", reason="that subject is somebody already")
        if sign_ins.subject_of(command.connection, username) is not None:
            raise NotNow(doing=f"Linking {username}", reason="they are linked to another subject")
        sign_ins.link(command.connection, username, subject)
        command.note(SESSIONS, "linked", {"person": username, "subject": subject})

    engine.run(actor, work)


def unlink(engine: Engine, actor: str, username: str) -> None:
    """Forget who a person is to the provider, and end their sessions; NotFound for an unknown person."""

    def work(command: Command) -> None:
        _end_sessions(command, username)
        sign_ins.link(command.connection, username, None)
        command.note(SESSIONS, "unlinked", {"person": username})

    engine.run(actor, work)


def _end_sessions(command: Command, username: str) -> None:
    if username not in command.directory.people:
        raise NotFound(what=f"person {username}")
    sign_ins.raise_epoch(command.connection, username)


def names(engine: Engine) -> dict[str, str]:
    """Return everybody's name by username, those who have left too."""
    return engine.ask(lambda question: {one.username: one.name for one in question.directory.people.values()})


def everybody(engine: Engine) -> tuple[Person, ...]:
    """Return all active people in directory order."""
    return engine.ask(lambda question: tuple(one for one in question.directory.people.values() if one.active))


def set_password(engine: Engine, actor: str, username: str, password_hash: str) -> None:
    """Give somebody a password by its hash, and end their sessions; NotFound for an unknown person."""

    def work(command: Command) -> None:
        _end_sessions(command, username)
        people.change_person(command.connection, username, {"password": password_hash})
        command.note("directory", "password set", {"person": username})

    engine.run(actor, work)
