"""The tag of a task for one reader: another when what they read of it, or where its process stands, is another."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson

from engine.errors import ChangedSince
from engine.service import instances
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.store import instances as instance_rows
from engine.store import submissions, tasks


def tag(engine: Engine, person: str, task_id: str) -> str:
    """Return the tag of a task for `person`, 32 hexadecimal digits; NotFound."""
    return engine.ask(lambda question: _tag(question, person, question.once(tasks.get, task_id)))


def unchanged(person: str, task_id: str, holds: Callable[[str], bool]) -> Callable[[Command], None]:
    """Return a check that raises ChangedSince unless the tag that the task has now `holds`; NotFound.

    It holds the process of the task until the command ends, so that nobody changes it in between.
    """

    def check(command: Command) -> None:
        task = tasks.get(command.connection, task_id)
        instance_rows.lock(command.connection, task.instance)
        task = tasks.lock(command.connection, task_id)
        if not holds(_tag(command, person, task)):
            raise ChangedSince(what=f"“{task.title}”")

    return check


def _tag(question: Question, person: str, task: Any) -> str:
    row = instances.get_row(question, task.instance)
    draft = submissions.draft_of(question.connection, task.instance, task.element, person)
    told = [row.events, row.status, *task._mapping.values(), draft.saved_at if draft is not None else None]
    return hashlib.sha256(orjson.dumps([str(one) for one in told])).hexdigest()[:32]
