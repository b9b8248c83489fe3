"""What somebody often looks for in their inbox, saved under a name of their own."""

from dataclasses import asdict, dataclass
from typing import Final

from engine.errors import Invalid, NotFound
from engine.service.command import Command
from engine.service.engine import Engine
from engine.service.inboxes.inbox import Wanted
from engine.store import filters

LONGEST_NAME: Final = 60
LONGEST_VALUE: Final = 64
MOST: Final = 20
STREAM: Final = "settings"


@dataclass(frozen=True)
class SavedFilter:
    """A filter with its number and the name that its person gave it."""

    number: int
    name: str
    wanted: Wanted


def of_person(engine: Engine, person: str) -> tuple[SavedFilter, ...]:
    """Return the filters of `person` by name."""
    rows = engine.ask(lambda question: filters.of_person(question.connection, person))
    return tuple(SavedFilter(row.id, row.name, Wanted(**row.wanted)) for row in rows)


def save(engine: Engine, person: str, name: str, wanted: Wanted) -> None:
    """Save a filter. Invalid without a name, with one that is long or used already, and beyond MOST filters."""
    called = " ".join(name.split())

    def work(command: Command) -> None:
        wrong = _wrong(called, wanted, [row.name for row in filters.of_person(command.connection, person)])
        if wrong:
            raise Invalid({"name": [wrong]})
        row = {"person": person, "name": called, "wanted": asdict(wanted), "made_at": command.now}
        filters.add(command.connection, row)
        command.note(STREAM, "filter saved", {"person": person, "name": called, "wanted": asdict(wanted)})

    engine.run(person, work)


def delete(engine: Engine, person: str, number: int) -> str:
    """Delete a filter of `person` and return its name; NotFound when they have none of this number."""

    def work(command: Command) -> str:
        row = filters.find(command.connection, person, number)
        if row is None:
            raise NotFound(what="filter of yours with this number")
        filters.drop(command.connection, number)
        command.note(STREAM, "filter deleted", {"person": person, "name": row.name, "wanted": row.wanted})
        return str(row.name)

    return engine.run(person, work)


def _wrong(name: str, wanted: Wanted, known: list[str]) -> str | None:
    if not name:
        return "Name the filter."
    if len(name) > LONGEST_NAME:
        return f"The name of a filter must be at most {LONGEST_NAME} characters."
    if any(len(value) > LONGEST_VALUE for value in asdict(wanted).values()):
        return f"What is looked for must be at most {LONGEST_VALUE} characters."
    if name.casefold() in {one.casefold() for one in known}:
        return "You have a filter of this name. Choose another, or delete that one first."
    if len(known) >= MOST:
        return f"At most {MOST} filters are kept. Delete one first."
    return None
