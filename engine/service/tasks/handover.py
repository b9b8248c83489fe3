"""What a predecessor left half written: a task that follows its post brings the draft along (R-86, I-06)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import NotNow
from engine.service import rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.store import submissions, tasks


@dataclass(frozen=True)
class LeftDraft:
    """A draft of somebody who no longer has the task: their username, and when they last saved it."""

    person: str
    saved_at: datetime


def left_to(question: Question, person: str, task: Any) -> LeftDraft | None:
    """Return the newest draft that somebody left who no longer has the task.

    None when `person` has a draft of their own, and for work that is one person's and no post's, such as an audit:
    whoever does that after them judges afresh.
    """
    found = _left(question, person, task)
    return None if found is None else LeftDraft(found.person, found.saved_at)


def take_over(engine: Engine, person: str, task_id: str) -> None:
    """Make the draft that a predecessor left one's own; NotFound, NotAllowed by rights.dmn, NotNow without one."""

    def work(command: Command) -> None:
        task = tasks.lock(command.connection, task_id)
        rights.refuse(command, person, "complete", task.title, task)
        found = _left(command, person, task) if task.status == tasks.OPEN else None
        if found is None:
            raise NotNow(doing="Taking over a draft", reason="nobody left one that is yours to take over")
        submissions.save_draft(command.connection, task.instance, task.element, person, found.raw, command.now)
        command.note(f"task {task.id}", "draft taken over", {"by": person, "from": found.person})

    engine.run(person, work)


def _left(question: Question, person: str, task: Any) -> Any | None:
    if task.post is None:
        return None
    drafts = submissions.drafts_of(question.connection, task.instance, task.element)
    if any(draft.person == person for draft in drafts):
        return None
    holders = rights.may_hold(question, task)
    return next((draft for draft in drafts if draft.person not in holders), None)
