"""The page of one remedial action: what is asked, with whom it is, and all that was done, decided or disputed about it
(R-07, R-87 to R-96, R-106, R-116 to R-118; M6).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import NotFound, NotNow
from engine.service import instances
from engine.service.case_file import casework, looks, timeline
from engine.service.case_file.remedies import ActionCard, cards
from engine.service.case_file.timeline import Entry
from engine.service.cases import actions
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.posts import task_holders
from engine.service.tasks.starting import Start, startable
from engine.store import actions as action_rows
from engine.store import audits, compliance, disagreements, submissions

NUMBER = "action_number"


@dataclass(frozen=True)
class ActionPage:
    """A remedial action. `asked` are the auditor's (question, answer) about it, `held_by` the names of those who answer
    for its activity, `due` when that is due; `starts` may be begun about the action, by its number.
    """

    case: Any
    audit: Any
    card: ActionCard
    asked: tuple[tuple[str, str], ...]
    held_by: tuple[str, ...]
    due: datetime | None
    decisions: tuple[Any, ...]
    disagreements: tuple[Any, ...]
    finding: Any | None
    entries: tuple[Entry, ...]
    starts: tuple[Start, ...]


def of_action(engine: Engine, person: str, identifier: int) -> ActionPage:
    """Return the page of a remedial action. NotFound also for one whose audit `person` may not read; Restricted.

    That it was read is noted (I-01).
    """
    page = engine.ask(lambda question: _page(question, person, identifier))
    looks.note(engine, person, page.case.reference, "action", action=str(identifier))
    return page


def _page(question: Question, person: str, identifier: int) -> ActionPage:
    connection = question.connection
    action = action_rows.get(connection, identifier)
    case, audit = casework.seen(question, person, action.case_ref), audits.get(connection, action.audit)
    readable = casework.readable_instances(question, person, case)
    if audit.instance and audit.instance not in readable:
        raise NotFound(what=f"remedial action {identifier} that you may read")
    task = _activity(question, action)
    findings = compliance.of_instances(connection, [one.id for one in readable.values() if one.audit == audit.id])
    return ActionPage(
        case=case,
        audit=audit,
        card=cards(question, person, [action])[0],
        asked=tuple(_asked(question, audit, action)),
        held_by=_names(question, task_holders(question, task)) if task is not None else (),
        due=task.due if task is not None else None,
        decisions=tuple(one for one in action_rows.decisions_of_audit(connection, audit.id) if one.action == action.id),
        disagreements=tuple(_disputes(question, action)),
        finding=next((one for one in reversed(findings) if one.action_number == action.number), None),
        entries=tuple(timeline.about_action(question, action)),
        starts=tuple(_starts(question, person, action)),
    )


def _activity(question: Question, action: Any) -> Any | None:
    try:
        return actions.activity(question, action)
    except NotNow:
        return None


def _asked(question: Question, audit: Any, action: Any) -> Iterator[tuple[str, str]]:
    """Yield what the auditor said of the action, in the words of the audit's form."""
    sent = submissions.of_instance(question.connection, audit.instance)
    if not sent:
        return
    deployment = question.deployment(instances.get_row(question, audit.instance).deployment)
    asked = deployment.form(sent[0].form).questions
    for name, value in action.details.items():
        if name in asked and isinstance(value, str) and value and value != action.what:
            labels = {option.value: option.label for option in asked[name].options}
            yield asked[name].label, labels.get(value, value)


def _names(question: Question, usernames: tuple[str, ...]) -> tuple[str, ...]:
    people = question.directory.people
    return tuple(people[name].name if name in people else name for name in usernames)


def _disputes(question: Question, action: Any) -> Iterator[Any]:
    for row in disagreements.of_case(question.connection, action.case_ref):
        if (row.audit, row.action_number) == (action.audit, action.number):
            yield row


def _starts(question: Question, person: str, action: Any) -> Iterator[Start]:
    """Yield what may be begun about the case with a form that asks for the number of an action."""
    for one in startable(question, person, action.case_ref):
        form = question.policy.definition(one.process).start.form
        if NUMBER in question.policy.form(str(form)).questions:
            yield one
