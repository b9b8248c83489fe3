"""What surrounds a task: what happened before it, who is next, and who else is at it."""

from dataclasses import dataclass
from typing import Any

from engine.service import rights
from engine.service.case_file import blind_grades, comparison, timeline
from engine.service.case_file.timeline import Entry
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.tasks import onward
from engine.service.tasks.handover import LeftDraft
from engine.service.tasks.onward import NextTask
from engine.store import audits, submissions, tasks


@dataclass(frozen=True)
class Surroundings:
    """What happened before a task, newest first, what may come after it, and the drafts of others who have it too.

    Of a review: whether its grades are kept before the audit is read, and whether the two can be compared.
    """

    so_far: tuple[Entry, ...]
    next: tuple[NextTask, ...]
    at_it: tuple[LeftDraft, ...]
    grades_first: bool
    compared: bool


def of_task(engine: Engine, person: str, task_id: str) -> Surroundings:
    """Return what surrounds a task as far as `person` may read it; NotFound for an unknown task."""

    def work(question: Question) -> Surroundings:
        task = question.once(tasks.get, task_id)
        return Surroundings(
            so_far=timeline.of_task(question, person, task),
            next=onward.after(question, task),
            at_it=_at_it(question, person, task),
            grades_first=blind_grades.is_wanted(question, person, task),
            compared=_is_compared(question, person, task),
        )

    return engine.ask(work)


def _is_compared(question: Question, person: str, task: Any) -> bool:
    if task.audit is None or task.case_ref is None:
        return False
    audit, case = question.once(audits.get, task.audit), question.case(task.case_ref)
    return any(row.instance == task.instance for row in comparison.reviews_for(question, person, case, audit))


def _at_it(question: Question, person: str, task: Any) -> tuple[LeftDraft, ...]:
    holders = rights.may_hold(question, task)
    drafts = submissions.drafts_of(question.connection, task.instance, task.element)
    others = [draft for draft in drafts if draft.person != person and draft.person in holders]
    return tuple(LeftDraft(draft.person, draft.saved_at) for draft in others)
