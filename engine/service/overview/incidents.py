"""Incidents: work that failed and was rolled back. Who looks after them tries again, corrects, or gives up.

What the clock could not do stops its process instance until it goes on; what a person could not do changes nothing.
Only when the database was busy is work tried again by itself.
"""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from engine.domain.calendar import LONDON
from engine.errors import Busy, Invalid, NotAllowed, NotNow, Refusal, StepFailed
from engine.service import instances, rights
from engine.service.audits.cycles import begin_scheduled
from engine.service.command import CLOCK, Command, Question, Skips
from engine.service.engine import Engine
from engine.service.overview import cancelling
from engine.service.tasks import beginning, work
from engine.store import incidents as rows

MENDING, SKIPPING = "mend incidents", "skip step"
DUE, SCHEDULED = rows.BY_CLOCK, "scheduled"
ASKED, AGREED, DECLINED = "asked", "agreed", "declined"
LONGEST_REASON = 2_000
_IN_WORDS = {MENDING: "mend incidents", SKIPPING: "decide whether a step is skipped"}
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))


@dataclass(frozen=True)
class Incident:
    """An open incident: what stopped where and why, whose work it was, and when it is tried again by itself."""

    number: int
    instance: str
    process: str
    element: str
    message: str
    at: datetime
    attempts: int
    actor: str
    next_try: datetime | None
    repeatable: bool


def open_of(question: Question, instance: str) -> tuple[Incident, ...]:
    """Return the open incidents of one instance, oldest first."""
    return tuple(map(shown, rows.open_incidents(question.connection, instance)))


def retry(engine: Engine, actor: str, number: int, corrections: Mapping[str, Any] | None = None) -> None:
    """Do the work of an incident again, with these process data corrected first, and settle it.

    A person's work is done again in that person's name. NotFound, NotAllowed by rights.dmn, NotNow when it is settled
    or was not kept with what would repeat it, StepFailed when it fails again, and whatever the work refuses.
    """
    do_again(engine, actor, number, MENDING, corrections or {})


def do_again(engine: Engine, actor: str, number: int, doing: str, corrections: Mapping[str, Any]) -> None:
    """Do the work of an incident again as `retry`, for whoever has the right `doing`; what was agreed to be skipped is
    left out.
    """
    command = engine.ask(lambda question: open_row(question, actor, number, doing)).command
    claimed: list[int] = []
    again = partial(_retry, claimed, actor, number, doing, corrections)
    if command["actor"] != CLOCK:
        engine.run(command["actor"], again, None, command["request"])
        return
    try:
        engine.run(CLOCK, again)
    except Exception as failure:
        _count(engine, claimed, failure)
        if isinstance(failure, Refusal):
            raise
        raise StepFailed(process=command["process"], element="", reason=_message(failure)) from failure


def give_up(engine: Engine, actor: str, number: int, reason: str) -> None:
    """Settle an incident without doing its work; an instance that it stopped ends there, as if it were cancelled.

    NotFound, NotAllowed by rights.dmn, NotNow when it is settled or cancellation.dmn does not let its instance end,
    Invalid without a reason.
    """
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Invalid({"reason": [f"Say why this is given up, in at most {LONGEST_REASON:,} characters."]})

    def giving_up(command: Command) -> None:
        row = claim(command, actor, number)
        if row.command["kind"] == DUE:
            cancelling.give_up(command, row.instance, reason)
        else:
            _settle(command, row, actor, "given up", {"reason": reason})

    engine.run(actor, giving_up)


def stop(engine: Engine, instance: str, failure: Exception) -> None:
    """Keep what the clock could not do as an incident, and set the instance aside so that others go on."""

    def stopping(command: Command) -> None:
        found = instances.load(command, instance)
        kept = _keep(command, instance, {"kind": DUE, "process": found.process}, failure)
        instances.stop(command, found, kept, _element(failure))

    engine.run(CLOCK, stopping)


def skip(command: Command, process: str, day: str, failure: Exception) -> None:
    """Keep that a recurring process could not be begun on its day."""
    _keep(command, "", {"kind": SCHEDULED, "process": process, "day": day}, failure)


def try_one_again(engine: Engine) -> bool:
    """Do the work of the incident whose automatic try has been due longest; False when none is."""
    claimed: list[int] = []
    try:
        return engine.run(CLOCK, partial(_try_due, claimed))
    except Exception as failure:
        if not claimed:
            raise
        _count(engine, claimed, failure)
        return True


def next_try(question: Question) -> datetime | None:
    """Return when an incident is tried again by itself next, None when none waits for that."""
    return rows.next_try(question.connection)


def _retry(
    claimed: list[int], actor: str, number: int, doing: str, corrections: Mapping[str, Any], command: Command
) -> None:
    row = claim(command, actor, number, doing)
    claimed.append(row.id)
    _do_again(command, row, actor, corrections)


def _try_due(claimed: list[int], command: Command) -> bool:
    row = rows.first_due(command.connection, command.now)
    if row is None:
        return False
    claimed.append(row.id)
    _do_again(command, row, CLOCK, {})
    return True


def _do_again(command: Command, row: Any, actor: str, corrections: Mapping[str, Any]) -> None:
    repeated = row.command
    kind = repeated["request"]["do"] if repeated["request"] else repeated["kind"]
    if kind not in _AGAIN:
        raise NotNow(doing="Trying this again", reason="only the person who asked for it can repeat it")
    command.skips = Skips(row.instance, agreed_skips(row))
    _AGAIN[kind](command, row, corrections)
    _settle(command, row, actor, "tried again", {"corrections": dict(corrections)})


def _go_on(command: Command, row: Any, corrections: Mapping[str, Any]) -> None:
    found = instances.load(command, row.instance)
    if corrections:
        found = instances.correct(command, found, corrections)
    instances.catch_up(command, found)


def _begin_scheduled(command: Command, row: Any, _corrections: Mapping[str, Any]) -> None:
    begin_scheduled(command, row.command["process"], date.fromisoformat(row.command["day"]))


def _complete(command: Command, row: Any, corrections: Mapping[str, Any]) -> None:
    request = row.command["request"]
    if corrections:
        instances.correct(command, instances.load(command, row.instance), corrections)
    work.complete_in(command, request["task"], request["raw"])


def _begin(command: Command, row: Any, corrections: Mapping[str, Any]) -> None:
    request = row.command["request"]
    beginning.begin_in(command, request["process"], request["raw"], {**request["facts"], **corrections})


_AGAIN = {DUE: _go_on, SCHEDULED: _begin_scheduled, work.COMPLETE: _complete, beginning.BEGIN: _begin}


def may(question: Question, person: str, doing: str = MENDING) -> bool:
    """Tell whether rights.dmn lets somebody look after incidents, or do what `doing` says about them."""
    return reason_against(question, person, doing) is None


def reason_against(question: Question, person: str, doing: str = MENDING) -> str | None:
    """Return why rights.dmn does not let somebody look after incidents, or do what `doing` says about them."""
    return rights.reason_against(question, person, doing, "", rights.About())


def _refuse(question: Question, person: str, doing: str) -> None:
    reason = reason_against(question, person, doing)
    if reason is not None:
        raise NotAllowed(doing=_IN_WORDS[doing], reason=reason)


def reason_against_giving_up(question: Question, row: Any) -> str | None:
    """Return why the work of an incident (its row) may not be given up, None when it may."""
    if row.command["kind"] != DUE:
        return None
    return cancelling.reason_against_ending(question, instances.get_row(question, row.instance))


def open_row(question: Question, person: str, number: int, doing: str = MENDING) -> Any:
    """Return the row of an open incident. NotFound, NotAllowed by rights.dmn, NotNow when it is settled."""
    _refuse(question, person, doing)
    return _still_open(question, rows.get(question.connection, number))


def claim(command: Command, person: str, number: int, doing: str = MENDING) -> Any:
    """Return the row of an open incident, locked. NotFound, NotAllowed by rights.dmn, NotNow when it is settled."""
    _refuse(command, person, doing)
    return _still_open(command, rows.lock(command.connection, number))


def agreed_skips(row: Any) -> dict[str, Mapping[str, Any]]:
    """Return the steps of the work of an incident (its row) that are skipped when it is done again, by element."""
    return {one["element"]: one for one in row.skips or () if one["state"] == AGREED}


def _still_open(question: Question, row: Any) -> Any:
    if row.status != rows.OPEN:
        known = question.directory.people.get(row.settled_by)
        at = f"{row.settled_at.astimezone(LONDON):%-d %B %Y at %H:%M}"
        reason = f"{known.name if known is not None else row.settled_by} settled it on {at}"
        raise NotNow(doing=f"Incident {row.id}", reason=reason)
    return row


def _settle(command: Command, row: Any, by: str, what: str, details: Mapping[str, Any]) -> None:
    rows.settle(command.connection, row.id, by, command.now)
    command.note(f"incident {row.id}", what, {"by": by, **details})


def _keep(command: Command, instance: str, repeated: Mapping[str, Any], failure: Exception) -> int:
    kept = command.keep(
        {
            "instance": instance,
            "element": _element(failure),
            "message": _message(failure),
            "command": {**repeated, "actor": CLOCK, "request": None},
        }
    )
    _plan(command, kept, failure)
    return int(kept.id)


def _count(engine: Engine, claimed: list[int], failure: Exception) -> None:
    """Count one more attempt of the incident that was claimed; a refusal before that counts for nothing."""

    def counting(command: Command) -> None:
        row = rows.lock(command.connection, claimed[-1])
        if row.status == rows.OPEN:
            _keep(command, row.instance, row.command, failure)

    if claimed:
        engine.run(CLOCK, counting)


def _plan(command: Command, kept: Any, failure: Exception) -> None:
    if isinstance(failure, Busy) and kept.attempts <= len(PAUSES):
        rows.change(command.connection, kept.id, {"next_try": command.now + PAUSES[kept.attempts - 1]})


def _element(failure: Exception) -> str:
    return str(failure.details.get("element", "")) if isinstance(failure, Refusal) else ""


def _message(failure: Exception) -> str:
    """Return a refusal's sentence; of any other error its kind and place, never its text, which may hold data."""
    if isinstance(failure, Refusal):
        return failure.sentence
    frame = traceback.extract_tb(failure.__traceback__)[-1]
    return f"A fault of the program: {type(failure).__name__} in {Path(frame.filename).name}, line {frame.lineno}."


def shown(row: Any) -> Incident:
    """Return the incident of a row."""
    command = row.command
    return Incident(
        number=row.id,
        instance=row.instance,
        process=command["process"],
        element=row.element,
        message=row.message,
        at=row.at,
        attempts=row.attempts,
        actor=command["actor"],
        next_try=row.next_try,
        repeatable=command["request"] is not None or command["kind"] in _AGAIN,
    )
