"""Who is next: what comes after a task by the diagrams it runs on, and with whom that is today."""

from dataclasses import dataclass
from typing import Any

from engine.bpmn.onward import Following
from engine.service.command import Question
from engine.service.instances import get_row
from engine.service.posts import place
from engine.store import audits

MOST_NAMES = 2


@dataclass(frozen=True)
class NextTask:
    """A task that may come next. `post` is whose it is, `names` who holds that today when they are few, `when` what
    has to be the case for it to come; () for always.
    """

    title: str
    post: str
    names: tuple[str, ...]
    when: tuple[str, ...]


def after(question: Question, task: Any) -> tuple[NextTask, ...]:
    """Return what the diagrams say comes after a task, () when that is all."""
    deployment = question.deployment(get_row(question, task.instance).deployment)
    data = {"case": task.case_ref, "auditor": _auditor(question, task)}
    return tuple(_told(question, one, data) for one in deployment.following(task.process, task.element))


def _auditor(question: Question, task: Any) -> str | None:
    return question.once(audits.get, task.audit).auditor if task.audit is not None else None


def _told(question: Question, one: Following, data: dict[str, Any]) -> NextTask:
    post, team, assignee = place(question, one.lane or "", data)
    holders = (assignee,) if assignee is not None else question.holders(post, team) if post is not None else ()
    people = question.directory.people
    names = tuple(people[name].name if name in people else name for name in holders)
    return NextTask(one.name, one.lane or "", names if len(names) <= MOST_NAMES else (), one.when)
