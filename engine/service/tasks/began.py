"""What a page about a task began from: two pages of one person may keep the same draft, and neither may undo the other
without a word (two windows, a phone beside a desk).
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from engine.errors import DraftChanged
from engine.service.command import Command
from engine.store import submissions

_BLANK: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Began:
    """The questions that stood on a page, by id, and the mark of what the draft answered to them when it was opened."""

    asked: frozenset[str]
    mark: str


def mark_of(raw: Mapping[str, Any], asked: Collection[str]) -> str:
    """Return the mark of raw answers to some questions, 32 hexadecimal digits; blank and missing answers are alike."""
    given = {str(name): raw[name] for name in asked if raw.get(name) not in _BLANK}
    return hashlib.sha256(orjson.dumps(given, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def over_draft(command: Command, task: Any, raw: Mapping[str, Any], began: Began | None) -> Mapping[str, Any]:
    """Return the draft of the person who acts with the answers of their page over it; without a page `raw` as it is.

    DraftChanged when the draft answers the questions of the page otherwise than both the page does and the draft did.
    """
    if began is None:
        return raw
    kept = submissions.draft_of(command.connection, task.instance, task.element, command.actor)
    stored = kept.raw if kept is not None else {}
    if mark_of(stored, began.asked) not in (began.mark, mark_of(raw, began.asked)):
        raise DraftChanged(task=task.title)
    return {**stored, **{name: raw[name] for name in began.asked if name in raw}}
