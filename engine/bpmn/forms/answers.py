"""What somebody has answered so far: tidied, and laid out by the conditions of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.bpmn.forms.dates import iso_of, parts_of
from engine.bpmn.forms.model import Outline, Question, holds
from engine.errors import TooLarge, Unreadable

if TYPE_CHECKING:
    from engine.bpmn.language.expressions import Language

LARGEST_ANSWERS = 1_000_000
_BLANKS = " \t\n\u00a0"
_INTEGER = re.compile(r"[+-]?[0-9]{1,12}")


@dataclass(slots=True)
class Sheet:
    """A form (or one row of it) as far as it is filled in.

    `values` is what the schema loads: a question that is required and blank is absent, one that may be blank
    or is hidden is None. `names` is what conditions may name: every question id, None unless its answer is of
    the right kind, and `facts`. `rows` holds a sheet for each row of a rows question; blank rows at the end count
    in neither `values` nor `names`.
    """

    names: dict[str, object]
    values: dict[str, object] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    rows: dict[str, list[Sheet]] = field(default_factory=dict)


def lay_out(outline: Outline, raw: Mapping[str, object], facts: Mapping[str, object], language: Language) -> Sheet:
    """Tidy the raw answers and work out, from top to bottom, which questions are shown and required.

    Answers under unknown keys and answers to hidden questions do not reach the sheet.
    """
    told = {fact.name: fact.default for fact in outline.facts} | dict(facts)
    sheet = Sheet(names=dict.fromkeys((question.id for question in outline.questions()), None) | {"facts": told})
    for section in outline.sections:
        shown = holds(section.show_if, language, sheet.names)
        for question in section.questions:
            _enter(sheet, question, raw, language, shown)
    return sheet


def measure(raw: object) -> None:
    """Raises TooLarge when the answers together hold more than a million characters and values, and Unreadable when
    they are no record of answers."""
    if not isinstance(raw, Mapping):
        raise Unreadable(file="What was entered", reason="it is no record of answers by question")
    size = 0
    waiting: list[object] = [raw]
    while waiting and size <= LARGEST_ANSWERS:
        value = waiting.pop()
        size += 1 + (len(value) if isinstance(value, str) else 0)
        if isinstance(value, Mapping):
            waiting.extend(value.values())
            size += sum(len(str(key)) for key in value)
        elif isinstance(value, list | tuple):
            waiting.extend(value)
    if size > LARGEST_ANSWERS:
        raise TooLarge(
            what="What was entered", size=f"over {LARGEST_ANSWERS:,} characters", limit=f"{LARGEST_ANSWERS:,}"
        )


def tidy(question: Question, value: object) -> object:
    """What the person meant, for a value of any kind: spaces trimmed, digits made an integer, parts of a date
    made an ISO string. What cannot be understood is left as it is for the schema to refuse."""
    if question.type == "date":
        return iso_of(value) or (value if any(parts_of(value).values()) else _trimmed(value))
    if question.type == "checkboxes":
        chosen = [value] if isinstance(value, str) else value
        return [item for item in chosen if item != ""] if isinstance(chosen, list) else chosen
    value = _trimmed(value)
    if isinstance(value, str) and question.type == "integer":
        digits = value.replace(",", "").replace(" ", "")
        return int(digits) if _INTEGER.fullmatch(digits) else value
    if isinstance(value, str) and question.type == "text":
        return value.replace("\n", " ")
    return value


def is_blank(value: object) -> bool:
    """Whether an answer says nothing: None, no text, no boxes, no date part."""
    return value is None or value in ("", [], {}) or (isinstance(value, Mapping) and not any(value.values()))


def _trimmed(value: object) -> object:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip(_BLANKS) if isinstance(value, str) else value


def _enter(sheet: Sheet, question: Question, raw: Mapping[str, object], language: Language, shown: bool) -> None:
    if not shown or not holds(question.show_if, language, sheet.names):
        sheet.values[question.id] = None
        return
    sheet.shown.add(question.id)
    if question.type == "info":
        return
    if question.type == "rows":
        _enter_rows(sheet, question, raw.get(question.id), language)
        return
    if question.type == "fact":
        value: object = question.value.fill(language, sheet.names)
    else:
        value = tidy(question, raw.get(question.id))
    sheet.names[question.id] = _usable(question, value)
    if _is_required(question, sheet, language):
        sheet.required.add(question.id)
    if not is_blank(value):
        sheet.values[question.id] = value
    elif question.id not in sheet.required:
        sheet.values[question.id] = None


def _enter_rows(sheet: Sheet, question: Question, raw: object, language: Language) -> None:
    kept = raw[: (question.maximum or 0) + 1] if isinstance(raw, list | tuple) else []
    rows = [_row(sheet, question, item if isinstance(item, Mapping) else {}, language) for item in kept]
    sheet.rows[question.id] = rows
    filled = rows[: max((n for n, row in enumerate(rows, 1) if not _says_nothing(question, row)), default=0)]
    sheet.values[question.id] = [row.values for row in filled]
    sheet.names[question.id] = [{item.id: row.names[item.id] for item in question.questions} for row in filled]
    if question.minimum:
        sheet.required.add(question.id)


def _row(sheet: Sheet, question: Question, raw: Mapping[str, object], language: Language) -> Sheet:
    row = Sheet(names=dict(sheet.names))
    for item in question.questions:
        _enter(row, item, raw, language, shown=True)
    return row


def _says_nothing(question: Question, row: Sheet) -> bool:
    return all(is_blank(row.values.get(item.id)) for item in question.questions if item.type != "fact")


def _is_required(question: Question, sheet: Sheet, language: Language) -> bool:
    if question.type == "fact":
        return False
    if question.required_if:
        return holds((question.required_if,), language, sheet.names)
    return question.required


def _usable(question: Question, value: object) -> object:
    """The answer as a condition may compare it, or None when it is not yet an answer of its kind."""
    if is_blank(value):
        return None
    known = [option.value for option in question.options]
    if question.type == "checkboxes":
        return [item for item in value if item in known] if isinstance(value, list) else None
    if question.type == "integer":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if not isinstance(value, str) or (known and value not in known):
        return None
    return iso_of(value) if question.type == "date" else value
