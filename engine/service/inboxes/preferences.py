"""What people choose for themselves; until they do, daily_digest.dmn says who gets a digest, and at which hour."""

from dataclasses import dataclass
from typing import Final

from engine.domain.people import Person
from engine.errors import NotFound
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.inboxes.filters import STREAM
from engine.store import personal

TABLE: Final = "daily_digest"


@dataclass(frozen=True)
class Preferences:
    """Whether somebody gets the daily digest, and at which hour; whether keyboard shortcuts work for them."""

    digest: bool
    hour: int | None
    shortcuts: bool


@dataclass(frozen=True)
class DigestRule:
    """What the policy says of a post: whether its holders get a digest unless they choose, and at which hour."""

    wanted: bool
    hour: int | None


def of_person(engine: Engine, person: str) -> Preferences:
    """Return the preferences of `person`, chosen or by the policy; NotFound."""

    def work(question: Question) -> Preferences:
        known, row = _known(question, person), personal.preferences_of(question.connection, person)
        rule = digest_rule(question, known.post)
        digest = row.digest if row is not None and row.digest is not None else rule.wanted
        shortcuts = row is None or row.shortcuts is not False
        return Preferences(digest, rule.hour, shortcuts)

    return engine.ask(work)


def may_use_shortcuts(engine: Engine, person: str) -> bool:
    """Tell whether keyboard shortcuts work for `person`: until they turn them off (WCAG 2.1.4)."""
    row = engine.ask(lambda question: personal.preferences_of(question.connection, person))
    return row is None or row.shortcuts is not False


def choose(engine: Engine, person: str, *, digest: bool, shortcuts: bool) -> None:
    """Keep what `person` chose; NotFound."""
    chosen = {"digest": digest, "shortcuts": shortcuts}

    def work(command: Command) -> None:
        _known(command, person)
        personal.prefer(command.connection, person, chosen)
        command.note(STREAM, "preferences chosen", {"person": person, **chosen})

    engine.run(person, work)


def digest_rule(question: Question, post: str) -> DigestRule:
    """Return what daily_digest.dmn says of a post; nobody gets a digest by a policy that has no such table."""
    if TABLE not in question.policy.decisions:
        return DigestRule(wanted=False, hour=None)
    answer = question.decide(TABLE, post=post)
    return DigestRule(answer.get("wanted") is True, int(answer["hour"]))


def _known(question: Question, person: str) -> Person:
    known = question.directory.people.get(person)
    if known is None:
        raise NotFound(what=f"person {person}")
    return known
