"""Answers that a task accepts, made from its own form: for trying a policy out and for demonstrations."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.forms.filler import SHORTEST, fill
from engine.service import instances
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.service.tasks.facts import facts_for
from engine.store import tasks

__all__ = ["SHORTEST", "facts_of", "for_start", "for_task"]


def for_task(engine: Engine, task_id: str, given: Mapping[str, object]) -> dict[str, Any]:
    """Return raw answers for a task: what is `given` (by question id or label), and something acceptable for every
    other question that must be answered. NotFound for an unknown task or question.
    """

    def work(question: Question) -> dict[str, Any]:
        task = question.once(tasks.get, task_id)
        if task.form is None:
            return {}
        deployment = question.deployment(instances.get_row(question, task.instance).deployment)
        form = deployment.form(task.form)
        language = deployment.language(question.functions(deployment))
        return fill(form, facts_for(question, task, form), language, given)

    return engine.ask(work)


def for_start(engine: Engine, process: str, facts: Mapping[str, Any], given: Mapping[str, object]) -> dict[str, Any]:
    """Return raw answers for the start form of a process about the case and audit in `facts`."""

    def work(question: Question) -> dict[str, Any]:
        form = question.policy.form(str(question.policy.definition(process).start.form))
        about = About(case_ref=facts.get("case"), audit=facts.get("audit"), facts=facts)
        return fill(form, facts_for(question, about, form), question.language, given)

    return engine.ask(work)


def facts_of(engine: Engine, task_id: str) -> Mapping[str, Any]:
    """Return the facts that the form of a task knows, none without a form. NotFound for an unknown task."""

    def work(question: Question) -> Mapping[str, Any]:
        task = question.once(tasks.get, task_id)
        if task.form is None:
            return {}
        form = question.deployment(instances.get_row(question, task.instance).deployment).form(task.form)
        return facts_for(question, task, form)

    return engine.ask(work)
