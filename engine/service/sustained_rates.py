"""How many improvements have lasted, by category (manual section 11, R-125; requirements 1.9)."""

from collections import Counter
from dataclasses import dataclass

from engine.service.command import Question
from engine.store import sustained

SUSTAINED, PARTLY, NOT_SUSTAINED, CANNOT_TELL = "sustained", "partly", "not_sustained", "cannot_tell"


@dataclass(frozen=True)
class Lasting:
    """What one review of reviews found in one category: numbers of actions."""

    category: str
    sustained: int
    partly: int
    not_sustained: int
    cannot_tell: int

    @property
    def rate(self) -> float | None:
        """The share (0 to 1) that was sustained of those that could be told; None when none could."""
        told = self.sustained + self.partly + self.not_sustained
        return self.sustained / told if told else None


def by_category(question: Question, instance: str) -> tuple[Lasting, ...]:
    """Return what a review found, by category in alphabetical order; () while it has no findings."""
    counted: dict[str, Counter[str]] = {}
    for row in sustained.findings_of(question.connection, instance):
        if row.lasting is not None:
            counted.setdefault(row.category, Counter())[row.lasting] += 1
    return tuple(
        Lasting(category, *(found[one] for one in (SUSTAINED, PARTLY, NOT_SUSTAINED, CANNOT_TELL)))
        for category, found in sorted(counted.items())
    )
