"""An audit and its review side by side, with what differs (I-08, I-13, R-31, R-75)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.forms.view import FormView, QuestionView
from engine.errors import NotAllowed, NotFound
from engine.service import instances
from engine.service.case_file import blind_grades, casework, looks
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.service.tasks.facts import facts_for
from engine.store import audits, submissions


@dataclass(frozen=True)
class Line:
    """One question that both answered: the auditor's first answer and the reviewer's own, in words; what each says
    now where that is another, and the auditor's evidence.
    """

    id: str
    section: str
    label: str
    auditor: str
    auditor_now: str
    reviewer: str
    reviewer_now: str
    evidence: str

    @property
    def differs(self) -> bool:
        """Whether the two judged differently before they knew of each other."""
        return self.auditor != self.reviewer


@dataclass(frozen=True)
class Comparison:
    """An audit beside one of its reviews. `said` is what the review says besides, (question, answer) by (question,
    answer); () until it is sent.
    """

    case: Any
    audit: Any
    auditor: str
    authorised_at: datetime
    reviewer: str
    graded_at: datetime
    said: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    number: int
    reviews: int


def of_audit(engine: Engine, person: str, case: str, audit: str, number: int = 0) -> Comparison:
    """Return an audit beside its review `number` (from 1; 0 for the last) for somebody who may read both.

    NotFound for an unknown case or audit, NotAllowed while there is nothing to compare that `person` may read. That it
    was read is noted (I-01).
    """
    found = engine.ask(lambda question: _compared(question, person, case, audit, number))
    looks.note(engine, person, case, "comparison", audit=audit)
    return found


def reviews_for(question: Question, person: str, row: Any, audit: Any) -> list[Any]:
    """Return the reviews of an audit whose answers `person` may read beside the auditor's, oldest first.

    A review is read once it is sent; before that only by its reviewer, whose own grades are kept.
    """
    readable = casework.readable_instances(question, person, row)
    if audit.instance not in readable:
        return []
    rows = [one for one in question.once(audits.reviews_of, audit.id) if one.instance in readable]
    return [one for one in rows if _is_told(question, person, one, audit)]


def _is_told(question: Question, person: str, review: Any, audit: Any) -> bool:
    rows = _judgements(question, review, audit)
    return any(row.person == person for row in rows) or any(
        row in rows for row in blind_grades.sent(question, review.instance)
    )


def _compared(question: Question, person: str, case: str, identifier: str, number: int) -> Comparison:
    row = casework.seen(question, person, case)
    audit = question.once(audits.get, identifier)
    if audit.case_ref != case:
        raise NotFound(what=f"audit {identifier} of {case}")
    reviews = reviews_for(question, person, row, audit)
    if not reviews:
        raise NotAllowed(doing="compare this audit with a review", reason="there is no review that you may read yet")
    chosen = number if 1 <= number <= len(reviews) else len(reviews)
    return _side_by_side(question, row, audit, reviews[chosen - 1], chosen, len(reviews))


def _side_by_side(question: Question, case: Any, audit: Any, review: Any, number: int, count: int) -> Comparison:
    first, amended = _audited(question, audit), _amended(question, review, audit)
    judged = _judgements(question, review, audit)
    own, last = judged[0], judged[-1]
    views = [_asked(_view(question, case, audit, row)) for row in (first, amended or first, own, last)]
    sent = last in blind_grades.sent(question, review.instance)
    return Comparison(
        case=case,
        audit=audit,
        auditor=first.person,
        authorised_at=first.at,
        reviewer=own.person,
        graded_at=own.at,
        said=tuple(_besides(views[3], views[0])) if sent else (),
        lines=tuple(_lines(*views)),
        number=number,
        reviews=count,
    )


_Asked = Mapping[str, tuple[str, QuestionView]]


def _lines(first: _Asked, amended: _Asked, own: _Asked, last: _Asked) -> Iterator[Line]:
    for name, (_, question) in own.items():
        if name in first and question.answer:
            section, asked = first[name]
            now, then = amended[name][1].answer if name in amended else "", last[name][1].answer if name in last else ""
            yield Line(
                id=name,
                section=section,
                label=question.label,
                auditor=asked.answer,
                auditor_now=now if now != asked.answer else "",
                reviewer=question.answer,
                reviewer_now=then if then != question.answer else "",
                evidence=_note_to(first, name),
            )


def _besides(last: _Asked, first: _Asked) -> Iterator[tuple[str, str]]:
    for name, (_, one) in last.items():
        if name not in first and one.answer:
            yield one.label, one.answer


def _note_to(asked: _Asked, name: str) -> str:
    notes = (one.answer for _, one in asked.values() if one.parent == name and one.answer)
    return " ".join(notes)


def _asked(view: FormView) -> _Asked:
    return {one.id: (part.title, one) for part in view.sections for one in part.questions if one.shown}


def _view(question: Question, case: Any, audit: Any, row: Any) -> FormView:
    deployment = question.deployment(instances.get_row(question, row.instance).deployment)
    form = deployment.form(row.form)
    facts = facts_for(question, About(case_ref=case.reference, audit=audit.id, instance=row.instance), form)
    return form.view(row.answers, {}, facts, deployment.language(question.functions(deployment)))


def _audited(question: Question, audit: Any) -> Any:
    """Return what the auditor sent first; NotFound before the audit is authorised."""
    holders = question.once(audits.holders_of, audit.id)
    rows = submissions.of_instance(question.connection, audit.instance)
    found = next((row for row in rows if row.person in holders), None)
    if found is None:
        raise NotFound(what=f"authorised audit of {audit.case_ref}")
    return found


def _amended(question: Question, review: Any, audit: Any) -> Any:
    first = _audited(question, audit)
    rows = submissions.of_instance(question.connection, review.instance)
    return next((row for row in reversed(rows) if row.form == first.form), None)


def _judgements(question: Question, review: Any, audit: Any) -> list[Any]:
    """Return the reviewer's judgements of the audit in a review, oldest first, those only kept among them."""
    first = _audited(question, audit)
    rows = submissions.of_instance(question.connection, review.instance)
    return [row for row in rows if row.form != first.form and set(row.answers) & set(first.answers)]
