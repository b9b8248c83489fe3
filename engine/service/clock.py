"""The only place that reads the clock, and a clock that is moved by hand."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the composition root hands in for time."""

    def now(self) -> datetime:
        """Return the present moment, aware."""


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return datetime.now(UTC)


class VirtualClock:
    """A clock for stories, simulations and tests: it stands still until it is moved, and never moves back."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment at which this clock stands."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Move forward to `moment`; an earlier one leaves the clock where it is."""
        self._now = max(self._now, moment.astimezone(UTC))
