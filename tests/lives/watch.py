"""What must hold in a council whatever happens: a small model beside the system, compared after every happening."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.service.cases import closure
from engine.service.command import Question
from engine.service.posts import task_holders
from engine.store.schema import metadata
from engine.store.schema.council import audit, audit_holder, certificate, remedial_action, review
from engine.store.schema.execution import task
from tests.factories.council import AUDIT, REMEDY, REVIEW, Council
from tests.factories.soundness import unsound

NO_RECORD_OF_ITS_OWN = frozenset(("event", "revision"))
"""Tables whose changes need no event: the log itself, and the numbers by which others notice a change."""


NAMES = [table.name for table in metadata.sorted_tables if table.name != "deployment"]
"""The tables that change; deployments never do."""


def _rows(council: Council) -> dict[str, list[Any]]:
    """Every row of every table as it is stored. It is read after every happening, and past SQLAlchemy that is cheap."""
    with council.database.reading() as connection:
        cursor = connection.connection.cursor()
        return {name: cursor.execute(f"SELECT * FROM {name}").fetchall() for name in NAMES}  # type: ignore[func-returns-value, attr-defined]


class Watch:
    """The council as it was seen last, and what is remembered of its due dates and certificates."""

    def __init__(self, council: Council) -> None:
        self._council = council
        self._due: dict[tuple[str, str], datetime] = {}
        self._cleared: set[int] = set()
        self._standing: dict[str, tuple[int, set[int]]] = {}
        self._last = _rows(council)

    def refused(self) -> None:
        """Nothing changed."""
        assert _rows(self._council) == self._last

    def look(self) -> None:
        """Everything holds, and what changed left an event."""
        now = _rows(self._council)
        changed = {name for name in now if now[name] != self._last[name]} - NO_RECORD_OF_ITS_OWN
        if changed:
            assert len(now["event"]) > len(self._last["event"]), f"{changed} changed and nothing is on record"
        if now != self._last:
            self._last = now
            assert unsound(self._council, self._standing) == []
            assert self._council.incidents() == []
            assert self._council.ask(lambda question: list(self._broken(question))) == []

    def _broken(self, question: Question) -> Iterator[str]:
        tasks = list(question.connection.execute(select(task).where(task.c.status == "open")))
        yield from self._holders(question, tasks)
        yield from self._leavers(question, tasks)
        yield from self._gates(question, tasks)
        yield from self._dues(tasks)
        yield from self._clearances(question, tasks)

    def _holders(self, question: Question, tasks: list[Any]) -> Iterator[str]:
        """No audit without a holder: it has one auditor, who holds its task, until it is authorised or released."""
        holding = select(audit_holder.c.audit, audit_holder.c.auditor).where(audit_holder.c.to_at.is_(None))
        held: dict[str, list[str]] = {}
        for row in question.connection.execute(holding):
            held.setdefault(row.audit, []).append(row.auditor)
        worked = {row.audit: row.assignee for row in tasks if row.title == AUDIT}
        for name in held.keys() | worked.keys():
            if held.get(name) != [worked.get(name)]:
                yield f"audit {name} is held by {held.get(name)}, and its task by {worked.get(name)}"
        for row in question.connection.execute(select(audit).where(audit.c.state == "to be reassigned")):
            if not any(one.audit == row.id for one in tasks):
                yield f"audit {row.id} waits for another auditor, and nobody is asked to find one"

    def _leavers(self, question: Question, tasks: list[Any]) -> Iterator[str]:
        """Nobody who is gone holds an open task, and none is without somebody who works here."""
        for row in tasks:
            if row.assignee is not None and question.directory.has_left(row.assignee):
                yield f"“{row.title}” of {row.case_ref} is held by {row.assignee}, who has left"
            if not task_holders(question, row):
                yield f"“{row.title}” of {row.case_ref} is held by nobody"
        for day, name in question.directory.leaving:
            if day < question.today:
                yield f"{name} was to leave after {day}, and it is {question.today}"

    def _gates(self, question: Question, tasks: list[Any]) -> Iterator[str]:
        """No gate is passed wrongly: authorised, reviewed where drawn, then remedied, each action by itself."""
        reviewed = set(
            question.connection.execute(select(review.c.audit).where(review.c.outcome.is_not(None))).scalars()
        )
        rows = list(question.connection.execute(select(remedial_action)))
        by_id = {row.id: row for row in question.connection.execute(select(audit))}
        for row in rows:
            of = by_id[row.audit]
            if row.opened_at is not None and of.authorised_at is None:
                yield f"action {row.id} was opened before its audit was authorised"
            if row.opened_at is not None and of.selected and row.audit not in reviewed:
                yield f"action {row.id} was opened before its audit was reviewed"
            if row.authorised_at is not None and closure.unsettled(question, "action", [row]):
                yield f"action {row.id} is authorised and {row.state}"
        for row in tasks:
            if row.title in (REVIEW, REMEDY) and by_id[row.audit].authorised_at is None:
                yield f"“{row.title}” is open before the audit was authorised"

    def _dues(self, tasks: list[Any]) -> Iterator[str]:
        """No due date is ever shortened: not of a task, and not of an audit that stays with its auditor."""
        for row in tasks:
            same = (row.audit, row.assignee) if row.title == AUDIT else (row.id, "")
            if row.due is not None:
                before = self._due.setdefault(same, row.due)
                if row.due < before:
                    yield f"“{row.title}” of {row.case_ref} was due {before} and is now due {row.due}"
                self._due[same] = max(before, row.due)

    def _clearances(self, question: Question, tasks: list[Any]) -> Iterator[str]:
        """No case is cleared with work open, neither when the certificate is issued nor while it holds."""
        valid = list(question.connection.execute(select(certificate).where(certificate.c.withdrawn_at.is_(None))))
        for row in valid:
            if row.id not in self._cleared and not closure.answer(question, row.case_ref).allowed:
                yield f"{row.case_ref} was cleared with work open"
            for one in tasks:
                if one.case_ref == row.case_ref and one.title in (AUDIT, REVIEW, REMEDY):
                    yield f"{row.case_ref} is cleared, and “{one.title}” is open"
            self._cleared.add(row.id)
