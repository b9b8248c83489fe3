"""What was entered about an audit, for those who may read it (R-07, R-77; M5).

It is shown in the words of the form that was filled in, by whom and when. What was erased is not there any more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.forms.view import FormView
from engine.errors import NotFound
from engine.service import casework, instances, rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.facts import facts_for
from engine.service.rights import About
from engine.store import audits, submissions
from engine.store import instances as instance_rows


@dataclass(frozen=True)
class Entered:
    """One form as it was sent: its view with the answers, the username of who sent it, and when (UTC)."""

    view: FormView
    person: str
    at: datetime


@dataclass(frozen=True)
class AuditRecord:
    """All that one reader may read of what was entered about an audit, oldest first."""

    case: Any
    audit: Any
    entered: tuple[Entered, ...]


def of_audit(engine: Engine, person: str, case: str, audit: str) -> AuditRecord:
    """Return what was entered about an audit in the processes that rights.dmn lets `person` read.

    NotFound for an unknown case or audit, and for a case that the reader has nothing to do with.
    """
    return engine.ask(lambda question: _record(question, person, case, audit))


def _record(question: Question, person: str, case: str, identifier: str) -> AuditRecord:
    row = casework.seen(question, person, case)
    audit = audits.get(question.connection, identifier)
    if audit.case_ref != case:
        raise NotFound(what=f"audit {identifier} of {case}")
    holder = person if casework.is_concerned(question, person, row) else None
    found = []
    for instance in instance_rows.of_audit(question.connection, identifier):
        about = About(assignee=holder, case_ref=case, audit=identifier, instance=instance.id)
        if rights.reason_against(question, person, rights.READING, instance.process, about) is None:
            found.extend(_entered(question, about))
    return AuditRecord(row, audit, tuple(sorted(found, key=lambda one: one.at)))


def _entered(question: Question, about: About) -> list[Entered]:
    deployment = question.deployment(instances.get_row(question, about.instance).deployment)
    language = deployment.language(question.functions(deployment))
    found = []
    for row in submissions.of_instance(question.connection, about.instance):
        form = deployment.form(row.form)
        view = form.view(row.answers, {}, facts_for(question, about, form), language)
        found.append(Entered(view, row.person, row.at))
    return found
