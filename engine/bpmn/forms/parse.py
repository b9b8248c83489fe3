"""The fields of a posted page, as the raw answers a draft stores."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from engine.bpmn.forms.dates import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.bpmn.forms.model import Question

_ROW_NUMBER = re.compile(r"[0-9]{1,3}")


class Posted(Protocol):
    """A multidict, such as werkzeug's `request.form`."""

    def get(self, key: str, default: str = "", /) -> str | None:
        """The first value under a key."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value under a key."""

    def keys(self) -> Iterable[str]:
        """The field names."""


def parse(questions: Iterable[Question], posted: Posted, prefix: str = "") -> dict[str, object]:
    """Raw answers for these questions, one key each, whether the page had the field or not.

    Fields are named by question id; a date's by "-day", "-month" and "-year" after it, a row's by
    "actions-0-what". Rows keep their order; gaps in the numbers, left by removed rows, close.
    """
    return {
        question.id: _read(question, posted, prefix + question.id)
        for question in questions
        if question.type not in ("info", "fact")
    }


def _read(question: Question, posted: Posted, key: str) -> object:
    if question.type == "rows":
        return [parse(question.questions, posted, f"{key}-{row}-") for row in _row_numbers(question, posted, key)]
    if question.type == "checkboxes":
        return [value for value in posted.getlist(key) if value]
    if question.type == "date":
        parts = {part: posted.get(f"{key}-{part}", "") or "" for part in PARTS}
        return parts if any(parts.values()) else posted.get(key, "") or ""
    return posted.get(key, "") or ""


def _row_numbers(question: Question, posted: Posted, key: str) -> list[int]:
    prefix = f"{key}-"
    numbers = {name[len(prefix) :].partition("-")[0] for name in list(posted.keys()) if name.startswith(prefix)}
    rows = sorted(int(number) for number in numbers if _ROW_NUMBER.fullmatch(number))
    return rows[: (question.maximum or 0) + 1]
