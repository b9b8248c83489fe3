"""The event log for those whom rights.dmn lets check it (I-01)."""

from typing import Any, Final

from engine.service import rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.record_keeping.verification import Verified, walk
from engine.service.rights import About
from engine.store import events

CHECKING: Final = "check the event log"
PAGE: Final = 50


def of_stream(engine: Engine, person: str, stream: str, page: int = 1) -> tuple[list[Any], int]:
    """Return a page of the events of a stream in order, and how many it holds; NotAllowed by rights.dmn."""

    def work(question: Question) -> tuple[list[Any], int]:
        _refuse(question, person, stream)
        last = events.last_of_stream(question.connection, stream)
        rows = events.after(question.connection, stream, (page - 1) * PAGE, PAGE)
        return rows, last.n if last is not None else 0

    return engine.ask(work)


def verified(engine: Engine, person: str) -> Verified:
    """Walk the whole log in one consistent view; NotAllowed by rights.dmn."""

    def work(question: Question) -> Verified:
        _refuse(question, person, "the whole log")
        return walk(question.connection)

    return engine.ask(work)


def _refuse(question: Question, person: str, what: str) -> None:
    rights.refuse(question, person, CHECKING, what, About())
