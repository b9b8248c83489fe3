"""Who may audit and is trained in the audit form, and who is not yet (manual section 7, R-48)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.domain.people import Person
from engine.errors import Invalid
from engine.service.audits import training
from engine.service.command import Command, Question
from engine.service.council import keeping
from engine.service.engine import Engine
from engine.store import training as rows

PAGE: Final = 50


@dataclass(frozen=True)
class TrainedLine:
    """Somebody who may audit, and the last day on which they were trained; None for never."""

    person: Person
    trained_on: date | None


@dataclass(frozen=True)
class TrainingPage:
    """A page of those who may audit, the untrained first; how many there are, and how many of them are untrained."""

    lines: tuple[TrainedLine, ...]
    total: int
    untrained: int
    people: tuple[Person, ...]


def auditors(engine: Engine, reader: str, page: int = 1) -> TrainingPage:
    """Return a page of those who may audit with their training. NotAllowed."""

    def work(question: Question) -> TrainingPage:
        keeping.require(question, reader, keeping.DETAILS)
        known = question.directory.people
        last = rows.last_days(question.connection, training.AUDIT_FORM)
        names = sorted(training.auditors(question), key=lambda one: (one in last, known[one].name.casefold()))
        shown = names[(page - 1) * PAGE : page * PAGE]
        lines = tuple(TrainedLine(known[one], last.get(one)) for one in shown)
        active = tuple(one for one in known.values() if one.active)
        return TrainingPage(lines, len(names), sum(one not in last for one in names), active)

    return engine.ask(work)


def record(engine: Engine, actor: str, person: str, trained_on: date) -> None:
    """Record that somebody was trained in the audit form. NotAllowed, Invalid for a day to come."""

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.TRAINING)
        if trained_on > command.today:
            raise Invalid({"trained_on": ["The day of the training must be today or earlier."]})
        training.record(command, person, trained_on)

    engine.run(actor, work)
