"""Everything one does with a task: open it, keep a draft, take it, give it back, complete it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.forms.answers import measure
from engine.bpmn.forms.view import FormView
from engine.errors import NotNow, Stale
from engine.service import instances, rights
from engine.service.command import CLOCK, Command, Question
from engine.service.engine import Engine
from engine.service.instance import Instance
from engine.service.posts import task_holders
from engine.service.tasks.began import Began, over_draft
from engine.service.tasks.delegating import PassedOn, may_delegate, passed_on
from engine.service.tasks.facts import facts_for
from engine.service.tasks.handover import LeftDraft, left_to
from engine.service.tasks.open_tasks import lock_open, still_open
from engine.store import audits, events, submissions, tasks
from engine.store.claims import claim

COMPLETE = "complete"


@dataclass(frozen=True)
class TaskPage:
    """All that a page about one task shows. `view` is the form with the draft or the answers tried last.

    `version` is how many events its process instance had, `draft` the raw answers that are kept, `left` a draft that
    the reader may take over, `passed_on` who gave it to whoever has it now.
    """

    task: Any
    version: int
    view: FormView | None
    draft: Mapping[str, Any]
    draft_at: datetime | None
    reason_against: str | None
    holders: tuple[str, ...]
    left: LeftDraft | None
    passed_on: PassedOn | None
    may_pass_on: bool


def open_task(
    engine: Engine,
    person: str,
    task_id: str,
    raw: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
) -> TaskPage:
    """Return the page of a task. With `raw` and `errors` it shows what was just typed; else the draft."""
    return engine.ask(lambda question: page_of(question, person, task_id, raw, errors))


def page_of(
    question: Question, person: str, task_id: str, raw: Mapping[str, Any] | None, errors: Mapping[str, Any] | None
) -> TaskPage:
    """Return the page of a task as `open_task` does, in an open reading."""
    task = question.once(tasks.get, task_id)
    row = instances.get_row(question, task.instance)
    kept = submissions.draft_of(question.connection, task.instance, task.element, person)
    draft = kept.raw if kept is not None else {}
    deployment = question.deployment(row.deployment)
    view = None
    if task.form is not None:
        language = deployment.language(question.functions(deployment))
        form = deployment.form(task.form)
        view = form.view(draft if raw is None else raw, errors or {}, facts_for(question, task, form), language)
    return TaskPage(
        task=task,
        version=row.events,
        view=view,
        draft=draft,
        draft_at=kept.saved_at if kept is not None else None,
        reason_against=rights.reason_against(question, person, "complete", task.title, task),
        holders=task_holders(question, task),
        left=left_to(question, person, task) if task.status == tasks.OPEN and kept is None else None,
        passed_on=passed_on(question, [task]).get(task.id),
        may_pass_on=may_delegate(question, person, task),
    )


def save_draft(
    engine: Engine, person: str, task_id: str, raw: Mapping[str, Any], began: Began | None = None
) -> Mapping[str, Any]:
    """Keep what somebody typed so far, whatever it is, and return it. The first draft of an audit is its beginning
    (A-09). Of a page that `began` from a draft, only the answers to its own questions are put over the draft.

    NotNow for a task that is closed, NotAllowed by rights.dmn, TooLarge above a million characters and values,
    DraftChanged when the same person answered the questions of the page otherwise since it began.
    """
    measure(raw)
    return engine.run(person, lambda command: _save_draft(command, task_id, raw, began))


def _save_draft(command: Command, task_id: str, raw: Mapping[str, Any], began: Began | None) -> Mapping[str, Any]:
    task = lock_open(command, task_id)
    rights.refuse(command, command.actor, "complete", task.title, task)
    draft = over_draft(command, task, raw, began)
    submissions.save_draft(command.connection, task.instance, task.element, command.actor, draft, command.now)
    if task.audit is not None:
        audits.mark_begun(command.connection, task.audit, task.instance, command.now)
    return draft


def refuse(engine: Engine, person: str, task_id: str) -> None:
    """Raise what keeping a draft of a task would: NotFound, NotNow, NotAllowed by rights.dmn."""

    def reading(question: Question) -> None:
        task = still_open(question.once(tasks.get, task_id), question)
        rights.refuse(question, person, "complete", task.title, task)

    engine.ask(reading)


def take(engine: Engine, person: str, task_id: str) -> None:
    """Take a task of one's post for oneself; NotAllowed with the reason of rights.dmn."""
    engine.run(person, lambda command: _take(command, task_id))


def _take(command: Command, task_id: str) -> None:
    task = lock_open(command, task_id)
    rights.refuse(command, command.actor, "take", task.title, task)
    tasks.assign(command.connection, task.id, command.actor)
    command.note(f"task {task.id}", "taken", {"by": command.actor, "from": task.assignee})


def give_back(engine: Engine, person: str, task_id: str) -> None:
    """Give a task that belongs to a post back to that post."""
    engine.run(person, lambda command: _give_back(command, task_id))


def _give_back(command: Command, task_id: str) -> None:
    task = lock_open(command, task_id)
    if task.assignee != command.actor or task.post is None:
        raise NotNow(doing="Giving this task back", reason="it is not yours from a post")
    tasks.assign(command.connection, task.id, None)
    command.note(f"task {task.id}", "given back", {"by": command.actor})


def complete(
    engine: Engine,
    person: str,
    task_id: str,
    raw: Mapping[str, Any],
    *,
    version: int | None = None,
    key: str | None = None,
    began: Began | None = None,
) -> dict[str, Any]:
    """Complete a task with what was entered and return {"task": id}.

    Raises NotFound, NotNow when it was completed or withdrawn before (saying by whom and when), Stale when a person
    moved its process on after the page with `version` was opened, NotAllowed by rights.dmn, DraftChanged as
    `save_draft` does, Invalid field by field, TooLarge, StepFailed.
    With the same `key` it happens once, however often it is sent.
    """
    request = {"do": COMPLETE, "task": task_id, "raw": raw}
    return engine.run(person, lambda command: complete_in(command, task_id, raw, version, began), key, request)


def complete_in(
    command: Command,
    task_id: str,
    raw: Mapping[str, Any],
    version: int | None = None,
    began: Began | None = None,
) -> dict[str, Any]:
    """Complete a task in the open transaction, as `complete` does."""
    claimed = claim(command.connection, task_id)
    task, found = still_open(claimed.task, command), Instance.of(claimed.instance)
    if claimed.case is not None:
        command.know_case(claimed.case)
    if version is not None and _moved_on(command, found, version):
        still_open(tasks.get(command.connection, task_id), command)
        raise Stale(what=f"“{task.title}”", change="its process has moved on")
    found = instances.catch_up(command, found)
    if task.key not in found.open_tasks:
        still_open(tasks.get(command.connection, task_id), command)
        raise NotNow(doing=f"Completing “{task.title}”", reason="it was withdrawn when its time ran out")
    rights.refuse(command, command.actor, "complete", task.title, task)
    variables = _submit(command, task, found, over_draft(command, task, raw, began))
    instances.complete(command, found, task.key, variables)
    return {"task": task.id}


def _moved_on(command: Command, found: Instance, version: int) -> bool:
    """Whether a person changed the instance since `version`; what the clock did in the meantime is no change."""
    if version == found.events:
        return False
    since = events.after(command.connection, found.id, version)
    return version > found.events or any(event.actor != CLOCK for event in since)


def _submit(command: Command, task: Any, found: Instance, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    if task.form is None:
        return {}
    deployment = command.deployment(found.deployment)
    form = deployment.form(task.form)
    answered = found.events > 1 or deployment.definition(found.process).start.form is not None
    facts = facts_for(command, task, form, answered=answered)
    answers = form.validate(raw, facts, deployment.language(command.functions(deployment)))
    keep_submission(command, task.instance, task.element, form, answers)
    submissions.drop_drafts(command.connection, task.instance, task.element)
    return form.variables(answers)


def keep_submission(command: Command, instance: str, element: str, form: Any, answers: Mapping[str, Any]) -> None:
    """Keep answers for good and hand them to the service operations of this command."""
    command.answers = answers
    submissions.add(
        command.connection,
        {
            "instance": instance,
            "element": element,
            "form": form.name,
            "form_digest": form.digest,
            "answers": answers,
            "person": command.actor,
            "at": command.now,
        },
    )
