"""Answers that a form accepts, made from the form itself: for rehearsals, previews and the trial of a new form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.forms.answers import Sheet, is_blank, lay_out
from engine.errors import Invalid, NotFound

if TYPE_CHECKING:
    from engine.bpmn.forms.form import Form
    from engine.bpmn.forms.model import Question
    from engine.bpmn.language.expressions import Language

_ROUNDS = 12
_SOME_DAY = "2026-01-05"
SHORTEST = "Seen"

Raw = dict[str, Any]


def fill(form: Form, facts: Mapping[str, object], language: Language, given: Mapping[str, object]) -> Raw:
    """Raw answers that validate: what is given, and for every other required question its example, the value known
    from facts, or the first acceptable option or shortest text.

    `given` is keyed by question id or label (case does not matter); a choice may be given by value or label, a
    repeated group as a list of such mappings. When what is given is itself refused, the answers are returned all the
    same, so that the refusal can be shown. Raises NotFound for a question the form does not have.
    """
    raw = _by_id(form.outline.questions(), given)
    attempts: dict[str, int] = {}
    for _ in range(_ROUNDS):
        sheet = lay_out(form.outline, raw, facts, language)
        if _complete(raw, sheet, _top(form), facts, language):
            continue
        wrong = _refused(form, raw, facts, language) - _given_ids(form, given)
        if not wrong:
            break
        for name in wrong & form.questions.keys():
            attempts[name] = attempts.get(name, -1 if is_blank(raw.get(name)) else 0) + 1
            raw[name] = _candidate(form.questions[name], attempts[name], facts, sheet, language)
    return raw


def example_facts(form: Form) -> dict[str, object]:
    """The facts a form declares, each with its example."""
    return {"today": _SOME_DAY} | {fact.name: fact.example for fact in form.outline.facts}


def question_named(questions: Iterator[Question], words: str) -> Question:
    """The question with this id, label or name; case does not matter. Raises NotFound."""
    wanted = words.strip().casefold()
    for question in questions:
        if wanted in (question.id, question.label.casefold(), question.name.casefold()):
            return question
    raise NotFound(what=f"question “{words}” in this form")


def _by_id(questions: Iterator[Question], given: Mapping[str, object]) -> Raw:
    asked = list(questions)
    named = ((question_named(iter(asked), words), value) for words, value in given.items())
    return {question.id: _meant(question, value) for question, value in named}


def _meant(question: Question, value: object) -> object:
    """The value of an option given by its label; rows with their questions by id."""
    if question.type == "rows" and isinstance(value, list | tuple):
        return [_by_id(iter(question.questions), row) for row in value]
    values = {option.label.casefold(): option.value for option in question.options}
    if question.type == "checkboxes":
        boxes = value.split(",") if isinstance(value, str) else value
        return [_chosen(values, box) for box in boxes] if isinstance(boxes, list) else value
    return _chosen(values, value)


def _chosen(values: Mapping[str, str], value: object) -> object:
    return values.get(value.strip().casefold(), value.strip()) if values and isinstance(value, str) else value


def _top(form: Form) -> tuple[Question, ...]:
    return tuple(question for section in form.sections for question in section.questions)


def _given_ids(form: Form, given: Mapping[str, object]) -> set[str]:
    return {question_named(form.outline.questions(), words).id for words in given}


def _complete(
    raw: Raw, sheet: Sheet, questions: tuple[Question, ...], facts: Mapping[str, object], language: Language
) -> bool:
    """Answer what is required, shown and blank, in the rows too; whether anything was."""
    changed = False
    for question in questions:
        if question.type == "rows" and question.id in sheet.shown:
            changed |= _complete_rows(raw, sheet, question, facts, language)
        elif question.id in sheet.required and question.id not in sheet.values and question.id not in raw:
            raw[question.id] = _candidate(question, 0, facts, sheet, language)
            changed = True
    return changed


def _complete_rows(raw: Raw, sheet: Sheet, question: Question, facts: Mapping[str, object], language: Language) -> bool:
    rows = [dict(row) for row in raw.get(question.id, ())]
    added = max(0, (question.minimum or 0) - len(rows)) if question.id not in raw else 0
    rows += [{} for _ in range(added)]
    sheets = sheet.rows.get(question.id, [])
    changed = [_complete(row, one, question.questions, facts, language) for row, one in zip(rows, sheets, strict=False)]
    raw[question.id] = rows
    return bool(added) or any(changed)


def _refused(form: Form, raw: Raw, facts: Mapping[str, object], language: Language) -> set[str]:
    try:
        form.validate(raw, facts, language)
    except Invalid as refused:
        return set(refused.errors)
    return set()


def _candidate(
    question: Question, attempt: int, facts: Mapping[str, object], sheet: Sheet, language: Language
) -> object:
    """The answer to try next; the same when there is nothing else to try."""
    choices = [answer for answer in _candidates(question, facts, sheet, language) if not is_blank(answer)]
    return choices[min(attempt, len(choices) - 1)] if choices else ""


def _candidates(question: Question, facts: Mapping[str, object], sheet: Sheet, language: Language) -> Iterator[object]:
    yield question.example
    if question.prefill:
        yield question.prefill.fill(language, sheet.names)
    values: list[object] = [option.value for option in question.options]
    if question.type == "checkboxes":
        yield from (values[:count] for count in range(max(1, question.minimum or 0), len(values) + 1))
    elif question.type == "rows":
        yield from ([{} for _ in range(count)] for count in range(1, (question.maximum or 1) + 1))
    elif values:
        yield from values
    else:
        yield _plain(question, facts)


def _plain(question: Question, facts: Mapping[str, object]) -> object:
    if question.type == "integer":
        highest = 1 if question.maximum is None else question.maximum
        return str(min(1, highest) if question.minimum is None else question.minimum)
    if question.type == "date":
        return facts.get("today", _SOME_DAY)
    if question.type == "person":
        people = facts.get("people")
        return next(iter(people), "somebody") if isinstance(people, Mapping | list | tuple) else "somebody"
    if question.type == "file":
        return "upload"
    return SHORTEST.ljust(question.minimum or 0, ".")[: question.maximum]
