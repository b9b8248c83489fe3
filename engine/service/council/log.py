"""What was changed in the directory, newest first: who changed what, from what to what (I-01)."""

from dataclasses import dataclass
from typing import Any, Final

from engine.service.command import Question
from engine.service.council import keeping
from engine.service.engine import Engine
from engine.store import events

PAGE: Final = 30
STREAM: Final = "directory"


@dataclass(frozen=True)
class LogPage:
    """A page of the directory's events (kind, actor, at, details), newest first, and how many there are in all."""

    events: tuple[Any, ...]
    total: int


def changes(engine: Engine, reader: str, page: int = 1) -> LogPage:
    """Return a page of what was changed. NotAllowed."""

    def work(question: Question) -> LogPage:
        keeping.require(question, reader, keeping.CHANGE, keeping.PEOPLE)
        last = events.last_of_stream(question.connection, STREAM)
        total = last.n if last is not None else 0
        newest = total - (page - 1) * PAGE
        return LogPage(tuple(events.between(question.connection, STREAM, newest - PAGE, newest)), total)

    return engine.ask(work)
