"""The letters that somebody got, for their own page."""

from dataclasses import dataclass
from typing import Any

from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import outbox

PAGE = 20


@dataclass(frozen=True)
class LetterPage:
    """One page of letters, newest first, and how many there are in all."""

    letters: tuple[Any, ...]
    total: int


def letters_of(engine: Engine, person: str, page: int = 1) -> LetterPage:
    """Return a page of the letters to `person`."""

    def work(question: Question) -> LetterPage:
        rows = outbox.to_person(question.connection, person)[::-1]
        return LetterPage(tuple(rows[(page - 1) * PAGE : page * PAGE]), len(rows))

    return engine.ask(work)
