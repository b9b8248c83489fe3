"""What happened last to a task and its process: for the reader whose page is out of date."""

from dataclasses import dataclass
from datetime import datetime

from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import events, tasks


@dataclass(frozen=True)
class Happening:
    """Who did what and when; `who` is a name, or the actor that is nobody of the directory."""

    who: str
    kind: str
    at: datetime


def last_of_task(engine: Engine, task_id: str) -> Happening | None:
    """Return what happened last to a task or to its process instance; NotFound for an unknown task."""

    def work(question: Question) -> Happening | None:
        task = question.once(tasks.get, task_id)
        found = [events.last_of_stream(question.connection, one) for one in (task.instance, f"task {task_id}")]
        known = [row for row in found if row is not None]
        if not known:
            return None
        row = max(known, key=lambda one: one.at)
        person = question.directory.people.get(row.actor)
        return Happening(person.name if person is not None else row.actor, row.kind, row.at)

    return engine.ask(work)
