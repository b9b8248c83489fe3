"""What surrounds a task: what happened before it, who is next, and who else is at it."""

from dataclasses import dataclass
from typing import Any

from engine.service import onward, rights, timeline
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.handover import LeftDraft
from engine.service.onward import NextTask
from engine.service.timeline import Entry
from engine.store import submissions, tasks


@dataclass(frozen=True)
class Surroundings:
    """What happened before a task, newest first, what may come after it, and the drafts of others who have it too."""

    so_far: tuple[Entry, ...]
    next: tuple[NextTask, ...]
    at_it: tuple[LeftDraft, ...]


def of_task(engine: Engine, person: str, task_id: str) -> Surroundings:
    """Return what surrounds a task as far as `person` may read it; NotFound for an unknown task."""

    def work(question: Question) -> Surroundings:
        task = tasks.get(question.connection, task_id)
        return Surroundings(
            timeline.of_task(question, person, task), onward.after(question, task), _at_it(question, person, task)
        )

    return engine.ask(work)


def _at_it(question: Question, person: str, task: Any) -> tuple[LeftDraft, ...]:
    holders = rights.may_hold(question, task)
    drafts = submissions.drafts_of(question.connection, task.instance, task.element)
    others = [draft for draft in drafts if draft.person != person and draft.person in holders]
    return tuple(LeftDraft(draft.person, draft.saved_at) for draft in others)
