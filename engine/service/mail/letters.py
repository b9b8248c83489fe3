"""The letters that somebody got, for their own page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.notices import delivered
from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import outbox

PAGE = 20


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it on a page, which leads to the case, or to `page`, by itself."""

    subject: str
    text: str
    case_ref: str | None
    page: str | None
    created_at: datetime


@dataclass(frozen=True)
class LetterPage:
    """One page of letters, newest first, and how many there are in all."""

    letters: tuple[Letter, ...]
    total: int


def letters_of(engine: Engine, person: str, page: int = 1, council: str = "") -> LetterPage:
    """Return a page of the letters to `person`, from the council of that name."""

    def work(question: Question) -> LetterPage:
        rows = outbox.to_person(question.connection, person)[::-1]
        shown = rows[(page - 1) * PAGE : page * PAGE]
        return LetterPage(tuple(_letter(row, council) for row in shown), len(rows))

    return engine.ask(work)


def _letter(row: Any, council: str) -> Letter:
    text = delivered(row.body, {"council": council}).strip()
    return Letter(row.subject, text, row.case_ref, row.page, row.created_at)
