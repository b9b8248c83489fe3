"""What a page, an API or a preview shows of a form. No markup in here: words, values and their states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn.forms.answers import Sheet, is_blank, lay_out
from engine.bpmn.forms.dates import date_in_words, iso_of, parts_of
from engine.bpmn.forms.model import Option, in_words
from engine.bpmn.forms.summary import ErrorView, summary_of

if TYPE_CHECKING:
    from engine.bpmn.forms.model import Outline, Question, Reveal, Section
    from engine.bpmn.language.expressions import Language


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the questions that must be answered have been."""

    answered: int
    needed: int

    @property
    def complete(self) -> bool:
        """Nothing required is blank; what stands there may still be refused."""
        return self.answered == self.needed


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer to choose from, and whether it is chosen."""

    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a repeated group; `number` counts from 1."""

    number: int
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it stands. `key` is its field name in a page ("actions-0-what"; a date adds "-day" and so on).

    `name` is what the answer is called within a sentence; for repeated questions, what one row of them is called.
    `value` is what was typed (a dict of day, month and year for a date, a list for checkboxes, otherwise text);
    `answer` says it in words. The options of a person question are the people who may be chosen, when facts say so.
    A question with `shown` false is listed only when choosing an answer would `reveal` it.
    """

    key: str
    id: str
    type: str
    number: str
    label: str
    name: str
    hint: str
    guidance: str
    documentation: str
    shown: bool
    required: bool
    significant: bool
    parent: str
    reveal: Reveal | None
    value: object
    answer: str
    errors: tuple[str, ...]
    options: tuple[OptionView, ...]
    rows: tuple[RowView, ...]
    minimum: int | None
    maximum: int | None
    width: int | None
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section which applies, with its questions in order."""

    id: str
    number: str
    title: str
    guidance: str
    documentation: str
    significant: bool
    questions: tuple[QuestionView, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class FormView:
    """A whole form as it stands. `left_out` are the titles of the sections that do not apply, with their numbers."""

    name: str
    title: str
    guidance: str
    sections: tuple[SectionView, ...]
    errors: tuple[ErrorView, ...]
    progress: Progress
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Eye:
    """Where a group of questions is looked at: in a row or in the form itself.

    `typed` is without what is pre-filled.
    """

    sheet: Sheet
    typed: Sheet
    raw: Mapping[str, object]
    errors: Mapping[str, object]
    language: Language
    prefix: str = ""


def view_of(
    name: str,
    outline: Outline,
    raw: Mapping[str, object],
    errors: Mapping[str, object],
    facts: Mapping[str, object],
    language: Language,
) -> FormView:
    """Everything a page needs; values not typed yet are pre-filled from facts.

    What is pre-filled decides what else is asked, as if it were typed, but counts as answered only once it is sent.
    """
    typed = lay_out(outline, raw, facts, language)
    sheet = _prefilled(outline, raw, typed, facts, language)
    eye = _Eye(sheet, typed, raw, dict(errors), language)
    sections = tuple(_section(section, eye) for section in outline.sections if _is_open(section, sheet))
    progress = Progress(
        sum(section.progress.answered for section in sections), sum(section.progress.needed for section in sections)
    )
    guidance = outline.guidance.fill(language, sheet.names)
    left_out = tuple(
        f"{section.number}. {section.title}" if section.number else section.title
        for section in outline.sections
        if not _is_open(section, sheet)
    )
    return FormView(name, outline.title, guidance, sections, summary_of(outline, errors), progress, left_out)


def open_sections(
    outline: Outline, raw: Mapping[str, object], typed: Sheet, facts: Mapping[str, object], language: Language
) -> tuple[str, ...]:
    """The ids of the sections that a page shows, in order; `typed` is what `raw` is laid out."""
    sheet = _prefilled(outline, raw, typed, facts, language)
    return tuple(section.id for section in outline.sections if _is_open(section, sheet))


def _prefilled(
    outline: Outline, raw: Mapping[str, object], typed: Sheet, facts: Mapping[str, object], language: Language
) -> Sheet:
    offered = _offered(outline, raw, typed, language)
    return lay_out(outline, {**offered, **raw}, facts, language) if offered else typed


def _offered(outline: Outline, raw: Mapping[str, object], sheet: Sheet, language: Language) -> Mapping[str, object]:
    asked = (question for section in outline.sections for question in section.questions)
    filled = {
        question.id: question.prefill.fill(language, sheet.names)
        for question in asked
        if question.prefill and question.id not in raw
    }
    return {name: text for name, text in filled.items() if text}


def _is_open(section: Section, sheet: Sheet) -> bool:
    return any(question.id in sheet.shown for question in section.questions)


def _section(section: Section, eye: _Eye) -> SectionView:
    return SectionView(
        id=section.id,
        number=section.number,
        title=section.title,
        guidance=section.guidance.fill(eye.language, eye.sheet.names),
        documentation=section.documentation,
        significant=section.significant,
        questions=_questions(section.questions, eye),
        progress=_progress(section, eye),
    )


def _progress(section: Section, eye: _Eye) -> Progress:
    needed = [question.id for question in section.questions if question.id in eye.sheet.required]
    return Progress(sum(not is_blank(eye.typed.values.get(question)) for question in needed), len(needed))


def _questions(questions: tuple[Question, ...], eye: _Eye) -> tuple[QuestionView, ...]:
    return tuple(_question(question, eye) for question in questions if _may_appear(question, eye.sheet))


def _may_appear(question: Question, sheet: Sheet) -> bool:
    return question.id in sheet.shown or (question.reveal is not None and question.reveal.question in sheet.shown)


def _question(question: Question, eye: _Eye) -> QuestionView:
    value, found, names = _value(question, eye), eye.errors.get(question.id), eye.sheet.names
    options = _options(question, value, names)
    return QuestionView(
        key=eye.prefix + question.id,
        id=question.id,
        type=question.type,
        number=question.number,
        label=question.label,
        name=question.name,
        hint=question.hint.fill(eye.language, names),
        guidance=question.guidance.fill(eye.language, names),
        documentation=question.documentation,
        shown=question.id in eye.sheet.shown,
        required=question.id in eye.sheet.required,
        significant=question.significant,
        parent=question.parent,
        reveal=question.reveal,
        value=value,
        answer=_answer(question, value, options),
        errors=tuple(str(message) for message in found) if isinstance(found, list) else (),
        options=options,
        rows=_rows(question, eye),
        minimum=question.minimum,
        maximum=question.maximum,
        width=question.width,
        accept=question.accept,
    )


def _value(question: Question, eye: _Eye) -> object:
    if question.type in ("info", "rows"):
        return ""
    if question.type == "fact":
        return question.value.fill(eye.language, eye.sheet.names)
    typed = eye.raw.get(question.id)
    if question.id not in eye.raw:
        typed = question.prefill.fill(eye.language, eye.sheet.names)
    if question.type == "date":
        return parts_of(typed) if any(parts_of(typed).values()) else parts_of(iso_of(typed))
    if question.type == "checkboxes":
        return [typed] if isinstance(typed, str) and typed else typed if isinstance(typed, list) else []
    return in_words(typed) if isinstance(typed, str | int | float) else ""


def _answer(question: Question, value: object, options: tuple[OptionView, ...]) -> str:
    chosen = [option.label for option in options if option.chosen]
    if chosen or question.options:
        return in_words(chosen)
    if question.type == "date":
        iso = iso_of(value)
        return date_in_words(iso) if iso else ""
    return str(value) if isinstance(value, str) else ""


def _options(question: Question, value: object, names: Mapping[str, object]) -> tuple[OptionView, ...]:
    chosen = value if isinstance(value, list) else [value]
    choices = _people(names["facts"]) if question.type == "person" else question.options
    return tuple(OptionView(option.value, option.label, option.hint, option.value in chosen) for option in choices)


def _people(facts: object) -> tuple[Option, ...]:
    people = facts.get("people") if isinstance(facts, Mapping) else None
    if isinstance(people, Mapping):
        return tuple(Option(username, str(name)) for username, name in people.items())
    return tuple(Option(username, username) for username in people) if isinstance(people, list | tuple) else ()


def _rows(question: Question, eye: _Eye) -> tuple[RowView, ...]:
    raw = eye.raw.get(question.id)
    found = eye.errors.get(question.id)
    faults = found if isinstance(found, Mapping) else {}
    typed = [item if isinstance(item, Mapping) else {} for item in raw] if isinstance(raw, list | tuple) else []
    views = []
    for index, sheet in enumerate(eye.sheet.rows.get(question.id, ())):
        prefix = f"{eye.prefix}{question.id}-{index}-"
        row = _Eye(sheet, sheet, typed[index], dict(faults.get(index, {})), eye.language, prefix)
        views.append(RowView(index + 1, _questions(question.questions, row)))
    return tuple(views)
