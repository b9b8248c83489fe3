"""What somebody has typed so far into the form of a task, read from a posted page and from their draft."""

from collections.abc import Collection, Mapping
from typing import Any

from engine.bpmn.forms.form import Form
from engine.bpmn.forms.parse import Posted
from engine.errors import Invalid
from engine.service import instances
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.facts import facts_for
from engine.store import submissions, tasks


def typed(
    engine: Engine, person: str, task_id: str, posted: Posted, asked: Collection[str] = frozenset()
) -> dict[str, Any]:
    """Return the raw answers of somebody's draft with those of a posted page put over them.

    `asked` are the ids of the questions that stood on the page; the answers to others stay as they are. NotFound
    for an unknown task.
    """

    def work(question: Question) -> dict[str, Any]:
        task = tasks.get(question.connection, task_id)
        kept = submissions.draft_of(question.connection, task.instance, task.element, person)
        raw = dict(kept.raw) if kept is not None else {}
        form = _form(question, task)
        if form is not None and asked:
            raw.update({name: value for name, value in form.parse(posted).items() if name in asked})
        return raw

    return engine.ask(work)


def faults(engine: Engine, task_id: str, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what would keep a task from being completed with these answers, by question id; {} for nothing."""

    def work(question: Question) -> Mapping[str, Any]:
        task = tasks.get(question.connection, task_id)
        form = _form(question, task)
        if form is None:
            return {}
        deployment = question.deployment(instances.get_row(question, task.instance).deployment)
        try:
            form.validate(raw, facts_for(question, task, form), deployment.language(question.functions(deployment)))
        except Invalid as refusal:
            return refusal.errors
        return {}

    return engine.ask(work)


def _form(question: Question, task: Any) -> Form | None:
    if task.form is None:
        return None
    return question.deployment(instances.get_row(question, task.instance).deployment).form(task.form)
