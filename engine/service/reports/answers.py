"""Answers to the questions of the audit form: which of them most cases fall short of, and what is worth sharing.

R-10 ("potential for improvement"), R-69; requirements 1.9. In a graded section the first option of a question is the
best answer; a grade counts as met when grades.dmn calls it good or better.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from engine.domain.estimates import Estimate, estimate_share
from engine.service.reports.categories import FORM
from engine.service.reports.found import Found, Row, Table, count, estimated
from engine.service.reports.scope import Scope
from engine.store import reporting

GRADE, MERITS = "_grade", "_merits"
NOT_APPLICABLE: Final = "not_applicable"
Judge = Callable[[Any], float | None]
FEWEST_OPTIONS: Final = 3
STRENGTH, CONSENT, YES = "strengths_to_share", "consent_to_share", "yes"
NAMES = ("item", "items")
SHARED_NAMES = ("shared", "strengths", "strengths.strength")
_CASE: Final = re.compile(r"\b[A-Z]{2,4}-?\d{3,}\b")


def found(scope: Scope) -> Iterator[Found]:
    """Yield the questions with the lowest shares of the best answer, lowest first."""
    if scope.cycle is None:
        return
    audits = scope.ours(scope.done(scope.cycle))
    given = first_answers(scope, [audit.instance for audit in audits])
    judged: list[tuple[str, Estimate, list[Row]]] = []
    for item, (label, met) in _items(scope).items():
        judge = _judge(given, item, met)
        strata = scope.strata(scope.cycle, judge)
        rows: list[Row] = [
            {"case": audit.case_ref, "answer": str(given[audit.instance][item]).replace("_", " ")}
            for audit in audits
            if judge(audit) is not None
        ]
        judged.append((label, estimate_share(item, strata, scope.rules_of_groups), rows))
    told = sorted((one for one in judged if one[1].value is not None), key=lambda one: (one[1].value or 0, one[0]))
    for label, share, rows in told[: int(scope.rule("items_shown"))]:
        yield estimated("item", share, rows, label)
    yield count("items", [{"case": None, "answer": label} for label, _, _ in told], len(judged))


def shared(scope: Scope) -> Iterator[Found]:
    """Yield what auditors found worth sharing this month and may be shared; whatever names anybody is left out."""
    audits = [
        one
        for one in reporting.graded_audits(scope.question.connection, scope.until)
        if one.authorised_at >= scope.since
    ]
    given = first_answers(scope, [one.instance for one in audits])
    names = [re.escape(one.name) for one in scope.question.directory.people.values()]
    named = re.compile(rf"\b(?:{'|'.join(names)})\b" if names else r"(?!)")
    texts = [
        str(answers[STRENGTH]).strip()
        for answers in given.values()
        if answers.get(STRENGTH) and answers.get(CONSENT) == YES
    ]
    kept = [text for text in texts if not named.search(text) and not _CASE.search(text)]
    yield count("shared", [{"answer": text} for text in kept], len(texts))
    yield Table("strengths", ("strength",), tuple((text,) for text in sorted(kept)))


def first_answers(scope: Scope, instances: list[str]) -> dict[str, Mapping[str, Any]]:
    """Return the first answers of each audit: what was changed after a review does not count (I-13)."""
    found: dict[str, Mapping[str, Any]] = {instance: {} for instance in instances}
    for row in reporting.answers_of(scope.question.connection, instances):
        if row.form == FORM and not found[row.instance]:
            found[row.instance] = row.answers
    return found


def graded_sections(scope: Scope) -> dict[str, str]:
    """Return the titles of the sections of the audit form that are graded, by id and in the order of the form."""
    form = scope.question.policy.forms.get(FORM)
    return {
        section.id: section.title
        for section in (() if form is None else form.sections)
        if {f"{section.id}{end}" for end in (GRADE, MERITS)} <= {question.id for question in section.questions}
    }


def _items(scope: Scope) -> dict[str, tuple[str, Callable[[str], bool]]]:
    """Return the questions of the graded sections, each with its label and what counts as met."""
    form, graded = scope.question.policy.forms.get(FORM), graded_sections(scope)
    found: dict[str, tuple[str, Callable[[str], bool]]] = {}
    for section in () if form is None else (one for one in form.sections if one.id in graded):
        for question in section.questions:
            if question.id == f"{section.id}{GRADE}":
                found[question.id] = (section.title, lambda grade: scope.grade(grade).get("good_or_better") is True)
            elif len(question.options) >= FEWEST_OPTIONS and not question.parent:
                found[question.id] = (f"{section.title}: {question.label}", _is(question.options[0].value))
    return found


def _is(best: str) -> Callable[[str], bool]:
    return lambda answer: answer == best


def _judge(
    given: Mapping[str, Mapping[str, Any]], item: str, met: Callable[[str], bool]
) -> Callable[[Any], float | None]:
    def judged(audit: Any) -> float | None:
        answer = given[audit.instance].get(item)
        return float(met(answer)) if isinstance(answer, str) and answer != NOT_APPLICABLE else None

    return judged
