"""The error summary of a form: one line for each field that needs mending, in the order of the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.bpmn.forms.model import Outline, Question


@dataclass(frozen=True, slots=True)
class ErrorView:
    """One line of the error summary. `key` is the field to go to, empty for a refusal about the whole form."""

    key: str
    section: str
    message: str


def summary_of(outline: Outline, errors: Mapping[str, object]) -> tuple[ErrorView, ...]:
    """Errors in the order of the questions, each with its section; those of the form as a whole come last."""
    lines: list[ErrorView] = []
    for section in outline.sections:
        for question in section.questions:
            lines += _lines(question, errors.get(question.id), section.title, question.id)
    known = {question.id for section in outline.sections for question in section.questions}
    for key, found in errors.items():
        if key not in known and isinstance(found, list):
            lines += [ErrorView("", "", str(message)) for message in found]
    return tuple(lines)


def _lines(question: Question, found: object, section: str, key: str) -> list[ErrorView]:
    if isinstance(found, list):
        return [ErrorView(_first_field(question, key), section, str(message)) for message in found]
    lines: list[ErrorView] = []
    rows = found if isinstance(found, Mapping) else {}
    for index in sorted(rows):
        where = f"{section}, {question.label.lower()} {index + 1}" if section else f"{question.label} {index + 1}"
        for item in question.questions:
            lines += _lines(item, rows[index].get(item.id), where, f"{key}-{index}-{item.id}")
    return lines


def _first_field(question: Question, key: str) -> str:
    return f"{key}-day" if question.type == "date" else key
