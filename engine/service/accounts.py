"""Who may sign in: people of the directory, and the hashes of their passwords."""

from dataclasses import dataclass

from engine.domain.people import Person
from engine.errors import NotFound
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.store import people


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


def names(engine: Engine) -> dict[str, str]:
    """Return everybody's name by username, those who have left too."""
    return engine.ask(lambda question: {one.username: one.name for one in question.directory.people.values()})


def everybody(engine: Engine) -> tuple[Person, ...]:
    """Return all active people in directory order."""
    return engine.ask(lambda question: tuple(one for one in question.directory.people.values() if one.active))


def set_password(engine: Engine, actor: str, username: str, password_hash: str) -> None:
    """Give somebody a password by its hash; NotFound for an unknown person."""

    def work(command: Command) -> None:
        if username not in command.directory.people:
            raise NotFound(what=f"person {username}")
        people.change_person(command.connection, username, {"password": password_hash})
        command.note("directory", "password set", {"person": username})

    engine.run(actor, work)
