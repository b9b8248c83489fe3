"""The only place that reads the clock, a clock that is moved by hand, and a watch on a clock that leaps."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

MOST_LEAP: Final = timedelta(seconds=60)
# Time that a sleeping machine sleeps has passed; where it is not counted, waking up is taken for a leap.
_SINCE_START: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock(Protocol):
    """What the composition root hands in for time."""

    def now(self) -> datetime:
        """Return the present moment, aware."""


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return datetime.now(UTC)


def seconds_since_start() -> float:
    """Return how long the machine has been running, which no setting of its clock changes."""
    return time.clock_gettime(_SINCE_START)


class ClockWatch:
    """Notices when a clock moved otherwise than time went by: forward it would fire early, back it would fire late."""

    def __init__(self, clock: Clock, elapsed: Callable[[], float] = seconds_since_start) -> None:
        self._clock, self._elapsed = clock, elapsed
        self._last = self._ahead()

    def leap(self) -> timedelta | None:
        """Return by how much the clock leapt since the last look, None for what a clock is put right by (60 s)."""
        before, self._last = self._last, self._ahead()
        leap = timedelta(seconds=self._last - before)
        return leap if abs(leap) > MOST_LEAP else None

    def _ahead(self) -> float:
        return self._clock.now().timestamp() - self._elapsed()


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
