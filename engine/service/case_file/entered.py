"""What was entered about an audit, for those who may read it (R-07, R-77; M5).

It is shown in the words of the form that was filled in, by whom and when. What was erased is not there any more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.forms.view import FormView
from engine.errors import NotFound
from engine.service import instances
from engine.service.audits import results
from engine.service.audits.results import Result
from engine.service.case_file import blind_grades, casework, comparison, looks
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.service.tasks.facts import facts_for
from engine.store import actions, audits


@dataclass(frozen=True)
class Entered:
    """One form as it was sent: its view with the answers, the username of who sent it, and when (UTC)."""

    view: FormView
    person: str
    at: datetime


@dataclass(frozen=True)
class AuditRecord:
    """All that one reader may read of an audit: its result as it now stands, its remedial actions, everything that was
    entered about it, oldest first, and whether they may compare it with a review.
    """

    case: Any
    audit: Any
    results: tuple[Result, ...]
    actions: tuple[Any, ...]
    entered: tuple[Entered, ...]
    compared: bool


def of_audit(engine: Engine, person: str, case: str, audit: str) -> AuditRecord:
    """Return what was entered about an audit in the processes that rights.dmn lets `person` read.

    NotFound for an unknown case or audit, and for a case that the reader has nothing to do with.
    """
    record = engine.ask(lambda question: _record(question, person, case, audit))
    looks.note(engine, person, case, "audit", audit=audit)
    return record


def _record(question: Question, person: str, case: str, identifier: str) -> AuditRecord:
    row = casework.seen(question, person, case)
    audit = question.once(audits.get, identifier)
    if audit.case_ref != case:
        raise NotFound(what=f"audit {identifier} of {case}")
    found = []
    for instance in casework.readable_instances(question, person, row).values():
        if instance.audit == identifier:
            found.extend(_entered(question, About(case_ref=case, audit=identifier, instance=instance.id)))
    told = sorted(found, key=lambda one: one.at)
    short = _results(question, audit, told)
    return AuditRecord(
        case=row,
        audit=audit,
        results=short,
        actions=tuple(actions.of_audit(question.connection, identifier)) if short else (),
        entered=tuple(told),
        compared=bool(comparison.reviews_for(question, person, row, audit)),
    )


def _results(question: Question, audit: Any, told: list[Entered]) -> tuple[Result, ...]:
    """Return the result that an auditor of this audit sent last, () when the reader may read none."""
    holders = question.once(audits.holders_of, audit.id)
    found = (results.of_view(one.view) for one in reversed(told) if one.person in holders)
    return next((one for one in found if one), ())


def _entered(question: Question, about: About) -> list[Entered]:
    deployment = question.deployment(instances.get_row(question, about.instance).deployment)
    language = deployment.language(question.functions(deployment))
    found = []
    for row in blind_grades.sent(question, about.instance):
        form = deployment.form(row.form)
        view = form.view(row.answers, {}, facts_for(question, about, form), language)
        found.append(Entered(view, row.person, row.at))
    return found
