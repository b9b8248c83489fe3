"""What happened to a case, newest first, as far as rights.dmn lets the reader read it (I-01, R-07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.service import instances
from engine.service.case_file import casework, looks
from engine.service.command import CLOCK, Question
from engine.service.engine import Engine
from engine.store import audits, tasks, timelines

BEGAN, ACTION, DECISION = "began", "remedial action", "management decision"
OF_AUDIT = (ACTION, DECISION)
OF_CASE = ("extract", "closure cleared", "closure certificate")
PAGE = 25
FEW = 5


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, what kind of thing, what it was about, what is told of it besides, and the name
    of who did it; None for the clock.
    """

    at: datetime
    kind: str
    about: str
    note: str
    who: str | None


@dataclass(frozen=True)
class Timeline:
    """A page of what happened to a case, and how much there is in all."""

    case: Any
    entries: tuple[Entry, ...]
    total: int


def of_case(engine: Engine, person: str, reference: str, page: int = 1) -> Timeline:
    """Return a page of what happened to a case, newest first. NotFound as for the page of the case."""

    def work(question: Question) -> Timeline:
        row = casework.seen(question, person, reference)
        found = about_case(question, person, row)
        return Timeline(row, tuple(found[(page - 1) * PAGE : page * PAGE]), len(found))

    found = engine.ask(work)
    looks.note(engine, person, reference, "history")
    return found


def of_task(question: Question, person: str, task: Any) -> tuple[Entry, ...]:
    """Return the last FEW things that happened before a task: to its case, or without one to its instance."""
    row = question.case(task.case_ref) if task.case_ref is not None else None
    if row is not None:
        return tuple(about_case(question, person, row)[:FEW])
    mine = instances.get_row(question, task.instance)
    return tuple(_newest_first(_of_instances(question, [mine.id]))[:FEW])


def about_case(question: Question, person: str, row: Any) -> list[Entry]:
    """Return all that `person` may read of what happened to a case, newest first."""
    readable = casework.readable_instances(question, person, row)
    entries = [*_of_instances(question, list(readable)), *_of_case(question, row.reference, set(readable))]
    return _newest_first(entries)


def about_action(question: Question, action: Any) -> list[Entry]:
    """Return what happened to one remedial action, newest first."""
    rows = timelines.noted(question.connection, action.case_ref, OF_AUDIT)
    mine = [
        row for row in rows if (row.details.get("audit"), row.details.get("action")) == (action.audit, action.number)
    ]
    return [Entry(row.at, row.kind, _about(row), _note(row), _name(question, row.actor)) for row in mine]


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: one.at, reverse=True)


def _of_instances(question: Question, identifiers: list[str]) -> list[Entry]:
    connection = question.connection
    begun = [
        Entry(row.at, BEGAN, _process_name(question, row.process), "", _name(question, row.actor))
        for row in timelines.beginnings(connection, identifiers)
    ]
    closed = [
        Entry(row.at, row.status, row.title, "", _name(question, row.actor))
        for row in timelines.closed_tasks(connection, identifiers)
        if row.status == tasks.DONE or row.actor != CLOCK
    ]
    return [*begun, *closed]


def _of_case(question: Question, case: str, readable: set[str]) -> list[Entry]:
    connection = question.connection
    read = {row.id for row in audits.of_case(connection, case) if row.instance in readable or not row.instance}
    return [
        Entry(row.at, row.kind, _about(row), _note(row), _name(question, row.actor))
        for row in timelines.noted(connection, case, (*OF_AUDIT, *OF_CASE))
        if row.kind in OF_CASE or row.details.get("audit") in read
    ]


def _about(row: Any) -> str:
    if row.kind not in OF_AUDIT:
        return ""
    return f"Remedial action {row.details['action']}"


def _note(row: Any) -> str:
    if row.kind == "extract":
        return ", ".join(name.replace("_", " ") for name in row.details)
    if row.kind == DECISION:
        return f"{row.details['reference']} {row.details['state']}"
    return str(row.details.get("event") or row.details.get("state") or "")


def _process_name(question: Question, process: str) -> str:
    known = question.policy.processes.get(process)
    return process if known is None else known.name


def _name(question: Question, username: str | None) -> str | None:
    person = question.directory.people.get(username or "")
    return person.name if person is not None else None
