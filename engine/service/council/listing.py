"""The people of the directory as a list: looked up by everybody, and with absences and leavers by who keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.domain.people import Person
from engine.service.command import Question
from engine.service.council import keeping
from engine.service.engine import Engine

PAGE = 50
HERE, AWAY, LEFT = "", "away", "left"


@dataclass(frozen=True)
class Wanted:
    """Which people are asked for: words of the name or username, a post, a team; `state` is HERE, AWAY or LEFT."""

    words: str = ""
    post: str = ""
    team: str = ""
    state: str = HERE


@dataclass(frozen=True)
class Line:
    """Somebody in the list; `away_until` is None when they are here, or when the reader is not told."""

    person: Person
    away_until: date | None


@dataclass(frozen=True)
class PeoplePage:
    """A page of the list, how many there are in all, what can be chosen, and what the reader may see and do."""

    lines: tuple[Line, ...]
    total: int
    posts: tuple[str, ...]
    teams: tuple[str, ...]
    sees_details: bool
    may_add: bool


def people(engine: Engine, reader: str, wanted: Wanted, page: int = 1) -> PeoplePage:
    """Return a page of the people asked for, by name. NotAllowed by rights.dmn.

    Absences and those who have left are told to readers of personal details alone.
    """

    def work(question: Question) -> PeoplePage:
        keeping.require(question, reader, keeping.LOOK)
        details = keeping.may(question, reader, keeping.DETAILS)
        found = list(_found(question, wanted if details else Wanted(wanted.words, wanted.post, wanted.team)))
        shown = found[(page - 1) * PAGE : page * PAGE]
        everybody = question.directory.people.values()
        return PeoplePage(
            tuple(Line(one, _away_until(question, one) if details else None) for one in shown),
            len(found),
            tuple(sorted({one.post for one in everybody if one.active})),
            tuple(question.directory.teams),
            details,
            keeping.may(question, reader, keeping.CHANGE, keeping.PEOPLE),
        )

    return engine.ask(work)


def _found(question: Question, wanted: Wanted) -> Iterator[Person]:
    words = wanted.words.casefold().split()
    for one in sorted(question.directory.people.values(), key=lambda one: (one.name.casefold(), one.username)):
        named = f"{one.name} {one.username}".casefold()
        if (
            all(word in named for word in words)
            and wanted.post in ("", one.post)
            and wanted.team in ("", one.team)
            and _is_in_state(question, one, wanted.state)
        ):
            yield one


def _is_in_state(question: Question, person: Person, state: str) -> bool:
    if state == LEFT or not person.active:
        return state == LEFT and not person.active
    return state != AWAY or question.directory.is_absent(person.username, question.today)


def _away_until(question: Question, person: Person) -> date | None:
    return question.directory.away_until(person.username, question.today)
