"""Adding and removing rows of a repeated group by plain buttons: `add:actions`, `remove:actions:2`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rows:
    """Raw answers after a row was added or removed, and the row that is to be looked at next (None for none)."""

    raw: dict[str, Any]
    question: str
    row: int | None


def changed(raw: Mapping[str, Any], button: str) -> Rows | None:
    """Return the answers as a button changes their rows, None when it is another button."""
    doing, _, rest = button.partition(":")
    question, _, number = rest.partition(":")
    rows = raw.get(question)
    if doing not in ("add", "remove") or not isinstance(rows, list):
        return None
    if doing == "add":
        return Rows({**raw, question: [*rows, {}]}, question, len(rows))
    place = int(number) if number.isdigit() else len(rows)
    left = [row for index, row in enumerate(rows) if index != place]
    return Rows({**raw, question: left}, question, min(place, len(left) - 1) if left else None)
