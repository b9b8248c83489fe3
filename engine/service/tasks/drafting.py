"""What somebody has typed so far into the form of a task, read from a posted page and from their draft."""

from collections.abc import Collection, Mapping
from typing import Any

from engine.bpmn.definitions import Deployment
from engine.bpmn.forms.form import Form, SectionEnd
from engine.bpmn.forms.parse import Posted
from engine.bpmn.language.expressions import Language
from engine.service import instances
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.tasks import work
from engine.service.tasks.began import Began
from engine.service.tasks.facts import facts_for
from engine.store import submissions, tasks


def typed(
    engine: Engine, person: str, task_id: str, posted: Posted, asked: Collection[str] = frozenset()
) -> dict[str, Any]:
    """Return the raw answers of somebody's draft with those of a posted page put over them.

    `asked` are the ids of the questions that stood on the page; the answers to others stay as they are. NotFound
    for an unknown task.
    """

    def reading(question: Question) -> dict[str, Any]:
        task = question.once(tasks.get, task_id)
        kept = submissions.draft_of(question.connection, task.instance, task.element, person)
        raw = dict(kept.raw) if kept is not None else {}
        if task.form is not None and asked:
            form = _deployment(question, task).form(task.form)
            raw.update({name: value for name, value in form.parse(posted).items() if name in asked})
        return raw

    return engine.ask(reading)


def faults(engine: Engine, task_id: str, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what would keep a task from being completed with these answers, by question id; {} for nothing."""

    def reading(question: Question) -> Mapping[str, Any]:
        form, facts, language = _ground(question, task_id)
        return form.faults(raw, facts, language) if form is not None else {}

    return engine.ask(reading)


def keep_section(
    engine: Engine, person: str, task_id: str, raw: Mapping[str, Any], section: str, began: Began | None = None
) -> SectionEnd:
    """Keep a draft as `work.save_draft` does, whatever it is, and tell how one of its sections stands."""

    def reading(question: Question) -> SectionEnd:
        form, facts, language = _ground(question, task_id)
        return form.end_of(section, kept, facts, language) if form is not None else SectionEnd(True, "")

    kept = work.save_draft(engine, person, task_id, raw, began)
    return engine.ask(reading)


def _ground(question: Question, task_id: str) -> tuple[Form | None, Mapping[str, Any], Language]:
    """Return the form of a task, None when it has none, and the facts and the language by which it is judged."""
    task = question.once(tasks.get, task_id)
    deployment = _deployment(question, task)
    form = deployment.form(task.form) if task.form is not None else None
    facts = facts_for(question, task, form) if form is not None else {}
    return form, facts, deployment.language(question.functions(deployment))


def _deployment(question: Question, task: Any) -> Deployment:
    return question.deployment(instances.get_row(question, task.instance).deployment)
