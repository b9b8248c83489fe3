"""A reviewer's own grades, kept before the auditor's are seen, so that agreement is measured between two judgements
that knew nothing of each other (R-31, R-75; M5: blind grades saved, then comparing).

They count as the reviewer's first answers. What the review says in the end stands beside them.
"""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.forms.answers import measure
from engine.errors import Invalid, NotNow
from engine.service import instances, rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.tasks import work
from engine.service.tasks.began import Began, over_draft
from engine.service.tasks.facts import facts_for
from engine.service.tasks.open_tasks import lock_open
from engine.store import audits, submissions, tasks

_KEPT = ".own_grades"
_DOING = "Keeping your own grades"


def keep(engine: Engine, person: str, task_id: str, raw: Mapping[str, Any], began: Began | None = None) -> None:
    """Keep the grades of a review for good; from then on rights.dmn lets its reviewer read the audit.

    NotFound, NotAllowed by rights.dmn, NotNow for a task that is closed, is no review, or whose grades are kept,
    DraftChanged as `work.save_draft` does, Invalid while a grade is missing, TooLarge.
    """
    measure(raw)
    engine.run(person, lambda command: _keep(command, task_id, raw, began))


def sent(question: Question, instance: str) -> list[Any]:
    """Return the submissions of an instance that were sent on, oldest first, without grades that are only kept."""
    rows = submissions.of_instance(question.connection, instance)
    return [row for row in rows if not row.element.endswith(_KEPT)]


def is_wanted(question: Question, person: str, task: Any) -> bool:
    """Tell whether somebody with this task keeps their own grades before they read the audit."""
    if not _is_review(question, task) or task.status != tasks.OPEN:
        return False
    instance = question.once(audits.get, task.audit).instance
    return _blinded(question, person, task, instance) and bool(_grades(question, task))


def _keep(command: Command, task_id: str, raw: Mapping[str, Any], began: Began | None) -> None:
    task = lock_open(command, task_id)
    rights.refuse(command, command.actor, work.COMPLETE, task.title, task)
    draft = over_draft(command, task, raw, began)
    submissions.save_draft(command.connection, task.instance, task.element, command.actor, draft, command.now)
    if not is_wanted(command, command.actor, task):
        raise NotNow(doing=_DOING, reason="they are kept already, or this is no review")
    form = _form(command, task)
    work.keep_submission(command, task.instance, f"{task.element}{_KEPT}", form, _judged(command, task, raw))
    command.note(f"task {task.id}", "own grades kept", {"by": command.actor})


def _judged(command: Command, task: Any, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the grades among the answers; Invalid with what is wrong with them, whatever else is still blank."""
    grades, form = _grades(command, task), _form(command, task)
    deployment = command.deployment(instances.get_row(command, task.instance).deployment)
    try:
        form.validate(raw, facts_for(command, task, form), deployment.language(command.functions(deployment)))
    except Invalid as refusal:
        wrong = {name: messages for name, messages in refusal.errors.items() if name in grades}
        if wrong:
            raise Invalid(wrong) from refusal
    return {name: raw[name] for name in grades if name in raw}


def _grades(question: Question, task: Any) -> tuple[str, ...]:
    """Return the questions of the review that the form of the audit asks too."""
    found = question.once(audits.get, task.audit)
    row = next(iter(submissions.of_instance(question.connection, found.instance)), None)
    if row is None:
        return ()
    audited = question.deployment(instances.get_row(question, found.instance).deployment).form(row.form)
    return tuple(name for name in _form(question, task).questions if name in audited.questions)


def _form(question: Question, task: Any) -> Any:
    return question.deployment(instances.get_row(question, task.instance).deployment).form(task.form)


def _is_review(question: Question, task: Any) -> bool:
    if task.audit is None or task.form is None:
        return False
    return any(row.instance == task.instance for row in question.once(audits.reviews_of, task.audit))


def _blinded(question: Question, person: str, task: Any, instance: str) -> bool:
    about = rights.About(case_ref=task.case_ref, audit=task.audit, instance=instance)
    process = instances.get_row(question, instance).process
    reason = rights.reason_against(question, person, rights.READING, process, about)
    return reason is not None
