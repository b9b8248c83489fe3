"""Everything that is wrong with a form file, at once, before anybody meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.forms.answers import lay_out
from engine.bpmn.forms.conditions import FACTS, facts_of
from engine.bpmn.forms.file import content_of, digest_of
from engine.bpmn.forms.filler import example_facts, fill
from engine.bpmn.forms.form import Form
from engine.bpmn.forms.outline import outline_of
from engine.bpmn.forms.sense import faults_of
from engine.bpmn.forms.shape import shape_of
from engine.domain.problems import Problem
from engine.errors import ExpressionRefused, Refusal, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.forms.model import Outline, Question, Template
    from engine.bpmn.language.expressions import Language

ALWAYS_KNOWN = frozenset({"today"})
Spoken = tuple[str, str, frozenset[str]]


def problems_of_form(file: str, text: str, language: Language) -> list[Problem]:
    """Every problem of a form file, sorted; empty when it can be deployed."""
    try:
        content = content_of(file, text)
    except Unreadable as fault:
        return [Problem(file, "", "form-unreadable", fault.sentence)]
    form, problems = shape_of(file, content)
    problems = problems or [Problem(file, *fault) for fault in faults_of(form)]
    if not problems:
        outline = outline_of(form)
        problems = [Problem(file, *fault) for fault in _spoken_faults(form, outline, language)]
        problems = problems or _trial(Form(file, digest_of(content), outline), language)
    return sorted(set(problems))


def _spoken_faults(form: dict[str, Any], outline: Outline, language: Language) -> Iterator[tuple[str, str, str]]:
    """Expressions the language refuses, and names in them which nobody can answer."""
    declared = ALWAYS_KNOWN | {fact.name for fact in outline.facts}
    everything = frozenset(question.id for question in outline.questions())
    for name, expression in form["conditions"].items():
        yield from _faults(name, expression, everything, declared, language)
    for element, expression, known in _expressions(outline, everything):
        yield from _faults(element, expression, known, declared, language)


def _faults(
    element: str, expression: str, known: frozenset[str], declared: frozenset[str], language: Language
) -> Iterator[tuple[str, str, str]]:
    try:
        names = language.reads(expression)
    except ExpressionRefused as refused:
        yield element, "form-expression", refused.sentence
        return
    for name in sorted(names - known - {FACTS}):
        message = f"“{expression}” names “{name}”, which is not asked before this point. Name an earlier question."
        yield element, "form-condition", message
    for name in sorted(facts_of(expression) - declared):
        message = f"“{expression}” names the fact “{name}”. Describe it under “{FACTS}” first."
        yield element, "form-fact", message


def _expressions(outline: Outline, everything: frozenset[str]) -> Iterator[Spoken]:
    """(element, expression, the questions it may name) of everything that is worked out while a form is filled in."""
    before: frozenset[str] = frozenset()
    yield from _in_templates("", everything, outline.guidance)
    for section in outline.sections:
        yield from ((section.id, expression, before) for expression in section.show_if)
        yield from _in_templates(section.id, everything, section.guidance)
        for question in section.questions:
            yield from _of_question(question, before, everything)
            before |= {question.id}
    for check in outline.checks:
        yield check.id, check.condition, everything
        yield from _in_templates(check.id, everything | {"missing"}, check.message)


def _of_question(question: Question, before: frozenset[str], everything: frozenset[str]) -> Iterator[Spoken]:
    for expression in (*question.show_if, question.required_if):
        if expression:
            yield question.id, expression, before
    yield from _in_templates(question.id, before, question.prefill, question.value)
    yield from _in_templates(question.id, everything, question.hint, question.guidance)
    for item in question.questions:
        yield from _of_question(item, before, everything)
        before |= {item.id}


def _in_templates(element: str, known: frozenset[str], *templates: Template) -> Iterator[Spoken]:
    yield from ((element, expression, known) for template in templates for expression in template.expressions)


def _trial(form: Form, language: Language) -> list[Problem]:
    """Show the form blank, then fill it in with example facts: somebody must be able to complete it, and every text
    with an expression in it must come out."""
    facts = example_facts(form)
    try:
        form.view({}, {}, facts, language)
        raw = fill(form, facts, language, {})
        form.validate(raw, facts, language)
        names = lay_out(form.outline, raw, facts, language).names
        for expression in _shown_expressions(form.outline):
            language.evaluate(expression, names)
    except Refusal as refused:
        message = f"Nobody could complete this form. With the example facts: {refused.sentence}"
        return [Problem(form.name, "", "form-impossible", message)]
    return []


def _shown_expressions(outline: Outline) -> Iterator[str]:
    templates = [outline.guidance, *(section.guidance for section in outline.sections)]
    for section in outline.sections:
        for question in section.questions:
            templates += [question.hint, question.guidance, question.prefill, question.value]
    yield from (expression for template in templates for expression in template.expressions)
