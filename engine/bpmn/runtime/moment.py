"""The moment at which a command runs: handed in, never read from the machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime


@dataclass
class Moment:
    """The instant that functions, operations and timers see; the runtime moves it while it catches up.

    `now` is an aware datetime, ValueError otherwise. `count` goes on over the whole life of the instance being
    stepped: it numbers its tasks and the changes of their states.
    """

    now: datetime
    count: int = 0

    def __post_init__(self) -> None:
        aware(self.now)


def aware(moment: datetime) -> datetime:
    """Return a moment that has its offset from UTC; ValueError otherwise."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset from UTC, so nobody can say when it is")
    return moment


class _Current(threading.local):
    moment: Moment | None = None


_CURRENT = _Current()


def current() -> Moment:
    """Return the moment of the running command; RuntimeError outside a command."""
    if _CURRENT.moment is None:
        raise RuntimeError("The runtime was entered without a moment.")
    return _CURRENT.moment


@contextmanager
def running(moment: Moment) -> Iterator[Moment]:
    """Make `moment` the one that SpiffWorkflow sees in this thread."""
    outer = _CURRENT.moment
    _CURRENT.moment = moment
    try:
        yield moment
    finally:
        _CURRENT.moment = outer
