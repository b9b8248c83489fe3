"""What waits for everybody: for whoever shows the council to others, or lets it live on a clock of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine.domain.calendar import WorkingCalendar
from engine.domain.people import Person
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.inboxes.views import ALL, Reach
from engine.store.inboxes import Narrowing

MOST: Final = 100


@dataclass(frozen=True)
class Waiting:
    """An active person, and the open tasks that they may do, earliest due first, MOST at most."""

    person: Person
    tasks: tuple[Any, ...]


def for_everybody(engine: Engine) -> tuple[Waiting, ...]:
    """Return what waits for every active person, in directory order."""

    def work(question: Question) -> tuple[Waiting, ...]:
        active = (person for person in question.directory.people.values() if person.active)
        return tuple(Waiting(person, tuple(_open(question, person.username))) for person in active)

    return engine.ask(work)


def _open(question: Question, person: str) -> Any:
    return Reach(question, person).page(ALL, Narrowing(), MOST, 0)


def calendar(engine: Engine) -> tuple[date, WorkingCalendar]:
    """Return today, and the council's working days."""
    return engine.ask(lambda question: (question.today, question.calendar))
