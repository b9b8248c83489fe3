"""Phrases about closing a case."""

from datetime import date
from typing import Any

from engine.domain.calendar import local_day
from engine.service.rehearsal.acting import start
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.store import audits


@say("{person} asks to close case {case} on {when}")
def asks_to_close(stage: Stage, _table: Table | None, name: str, case: str, when: Moment) -> None:
    """Ask for closure of a case."""
    stage.move_to(when)
    stage.case(case)
    start(stage, name, "case_closure", {"case": case}, {})


@say("closure of {case} is refused[ because {quoted}]")
def closure_is_refused(stage: Stage, _table: Table | None, case: str, because: str | None) -> None:
    """Expect the last answer about the case to be a refusal."""
    last = _last(stage, case)
    if last.allowed:
        raise UnmetError(f"Closure of {case} is cleared.")
    if because is not None and not any(because.lower() in reason.lower() for reason in last.reasons):
        raise UnmetError(f"Closure of {case} is refused because: {'; '.join(last.reasons)}.")


@say("closure of {case} is cleared[ on {day}]")
def closure_is_cleared(stage: Stage, _table: Table | None, case: str, day: date | None) -> None:
    """Expect the last answer to clear the case, on that day, with a certificate that stands."""
    last = _last(stage, case)
    if not last.allowed:
        raise UnmetError(f"Closure of {case} is refused because: {'; '.join(last.reasons)}.")
    if day is not None and local_day(last.at) != day:
        raise UnmetError(f"Closure of {case} was cleared on {local_day(last.at):%a %-d %b %Y}.")
    rows = stage.ask(lambda question: audits.certificates(question.connection, case))
    if not any(row.withdrawn_at is None and row.issued_at == last.at for row in rows):
        raise UnmetError(f"{case} has no closure certificate.")


def _last(stage: Stage, case: str) -> Any:
    rows = stage.ask(lambda question: audits.closure_answers(question.connection, case))
    if not rows:
        raise UnmetError(f"Nobody asked to close {case}.")
    return rows[-1]
