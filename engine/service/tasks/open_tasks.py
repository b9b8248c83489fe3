"""Tasks that are still open, for whoever is about to change them."""

from typing import Any

from engine.domain.calendar import LONDON
from engine.errors import NotNow
from engine.service.command import Command, Question
from engine.store import tasks


def lock_open(command: Command, task_id: str) -> Any:
    """Return an open task, locked for this transaction; NotFound, NotNow saying who closed it and when."""
    return still_open(tasks.lock(command.connection, task_id), command)


def still_open(task: Any, question: Question) -> Any:
    """Return the row of a task that is open; NotNow saying who closed it and when."""
    if task.status != tasks.OPEN:
        who = question.directory.people.get(task.closed_by)
        name = who.name if who is not None else task.closed_by
        at = f"{task.closed_at.astimezone(LONDON):%-d %B %Y at %H:%M}"
        done = "completed" if task.status == tasks.DONE else "withdrew"
        raise NotNow(doing=f"“{task.title}”", reason=f"{name} {done} it on {at}")
    return task
