"""What an import does with one row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NEW, CHANGED, SAME, REFUSED = "new", "changed", "as it is", "refused"


@dataclass(frozen=True)
class Planned:
    """A row of an import: whom or what it is about, what becomes of it, and why; `values` are what is kept."""

    number: int
    about: str
    outcome: str
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_news(self) -> bool:
        """Whether the row changes anything."""
        return self.outcome in (NEW, CHANGED)


def refused(number: int, about: str, wrong: Mapping[str, list[str]] | str) -> Planned:
    """Return a row that is refused, with all that is wrong with it."""
    reason = wrong if isinstance(wrong, str) else " ".join(said for lines in wrong.values() for said in lines)
    return Planned(number, about, REFUSED, reason)
