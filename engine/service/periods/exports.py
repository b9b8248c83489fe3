"""Lists and certificates that leave the house: each is recorded and carries its marking (I-01, I-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.service.command import Command

EXPORTED: Final = "exported"
MARKED_LIKE: Final = "draw_certificate"
Cell = str | int | float | None


@dataclass(frozen=True)
class Export:
    """The rows of a list about an audit period, the marking that its file carries, and when it was made."""

    name: str
    period: str
    state: str
    marking: str
    made_at: datetime
    rows: Sequence[Sequence[Cell]]


def exported(command: Command, period: Any, name: str, form: str, rows: Sequence[Sequence[Cell]]) -> Export:
    """Return rows as they leave the house, and record that they do. `period` is the row of the audit period."""
    record(command, period.id, name, form)
    report = command.policy.reports.get(MARKED_LIKE)
    marking = "" if report is None else report.marking
    return Export(name, period.id, period.state, marking, command.now, rows)


def record(command: Command, identifier: str, name: str, form: str) -> None:
    """Record that something about a period was exported, and in which form of file."""
    command.note(f"cycle {identifier}", EXPORTED, {"what": name, "form": form})
