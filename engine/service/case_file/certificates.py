"""The closure certificates of a case: when each was issued, and whether it still stands (R-98 to R-101; M12)."""

from dataclasses import dataclass
from typing import Any

from engine.errors import NotFound
from engine.service.case_file import casework, looks
from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import audits


@dataclass(frozen=True)
class Certificates:
    """A case with its certificates, newest first; there is at least one."""

    case: Any
    rows: tuple[Any, ...]


def of_case(engine: Engine, person: str, reference: str, form: str | None = None) -> Certificates:
    """Return the certificates of a case. NotFound when none was issued, and as for the page of the case; Restricted.

    That they were read is noted, with the `form` of the file when they are taken away as one (I-01, I-12).
    """

    def work(question: Question) -> Certificates:
        row = casework.seen(question, person, reference)
        found = audits.certificates(question.connection, reference)
        if not found:
            raise NotFound(what=f"closure certificate of {reference}")
        return Certificates(row, tuple(reversed(found)))

    page = engine.ask(work)
    looks.note(engine, person, reference, "certificate", **({} if form is None else {"form": form}))
    return page
