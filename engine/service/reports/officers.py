"""The officers' work side by side: audits, reviews of them, reviews four months on, and help (manual 6; R-46)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.domain.calendar import local_day
from engine.service.audits.conflicts import OFFICER, source_of
from engine.service.reports.found import Cell, Found, Row, Table, count
from engine.service.reports.scope import Scope
from engine.store import reporting

SUBJECT: Final = "officers"
KINDS: Final[Mapping[str, str]] = {
    "case_audit": "audits",
    "quality_assurance": "reviews",
    "post_audit_review": "compliance",
    "help_request": "help",
}
COLUMNS: Final = ("officer", *KINDS.values(), "other", "all", "overdue")
NAMES: Final = ("held", "work", *(f"work.{column}" for column in COLUMNS), "words.shared")


def found(scope: Scope) -> Iterator[Found]:
    """Yield the open tasks of each officer as they stand now, by kind, and those that any of them may take."""
    tasks = reporting.open_tasks(scope.question.connection)
    officers = [name for name in scope.question.directory.people if source_of(scope.question, name) == OFFICER]
    held = {name: [one for one in tasks if one.assignee == name] for name in sorted(officers, key=scope.name)}
    posts = {scope.question.directory.people[name].post for name in officers}
    shared = [one for one in tasks if one.assignee is None and one.post in posts]
    total = sum(map(len, held.values()))
    for name, own in held.items():
        yield count("held", [_row(one) for one in own], total, scope.name(name))
    lines = [_line(scope, scope.name(name), own) for name, own in held.items()]
    lines.append(_line(scope, scope.said(SUBJECT, "shared"), shared))
    yield Table("work", COLUMNS, tuple(lines))


def _row(task: Any) -> Row:
    due = None if task.due is None else local_day(task.due).isoformat()
    return {"case": task.case_ref, "task": task.title, "due_on": due}


def _line(scope: Scope, name: str, tasks: Sequence[Any]) -> tuple[Cell, ...]:
    by_kind = [sum(one.process == process for one in tasks) for process in KINDS]
    overdue = sum(one.due is not None and one.due < scope.question.now for one in tasks)
    return name, *by_kind, len(tasks) - sum(by_kind), len(tasks), overdue
