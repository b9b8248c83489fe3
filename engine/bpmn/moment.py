"""The moment at which a command runs: handed in, never read from the machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime


@dataclass
class Moment:
    """The instant that functions, operations and timers see; the runtime moves it while it catches up.

    `now` is an aware datetime. `last_id` numbers the tasks of the instance being stepped.
    """

    now: datetime
    last_id: int = 0


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
