"""How many improvements have lasted, by category (manual section 11, R-125; requirements 1.9)."""

from dataclasses import dataclass

from engine.domain.compliance import sustained_share
from engine.service.command import Question
from engine.store import sustained


@dataclass(frozen=True)
class Lasting:
    """What one review of reviews found in one category: numbers of actions, and the `rate` (0 to 1) that was sustained
    of those that could be told, None when none could.
    """

    category: str
    sustained: int
    partly: int
    not_sustained: int
    cannot_tell: int
    rate: float | None


def by_category(question: Question, instance: str) -> tuple[Lasting, ...]:
    """Return what a review found, by category in alphabetical order; () while it has no findings."""
    judged: dict[str, list[str]] = {}
    for row in sustained.findings_of(question.connection, instance):
        if row.lasting is not None:
            judged.setdefault(row.category, []).append(row.lasting)
    return tuple(_lasting(category, found) for category, found in sorted(judged.items()))


def _lasting(category: str, judgements: list[str]) -> Lasting:
    share = sustained_share(judgements)
    return Lasting(category, **{str(name): count for name, count in share.counts.items()}, rate=share.estimate.value)
