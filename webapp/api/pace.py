"""How often a token may ask: so many requests in each minute by the clock, counted in the memory of this process.

A count in the database would make every question a change of it, which costs more than the bound is worth.
"""

from datetime import datetime
from threading import Lock
from typing import Final

MINUTE: Final = 60


class Pace:
    """Counts the requests of each token; `most` are let through in a minute."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._counted: dict[str, tuple[int, int]] = {}
        self._one_at_a_time = Lock()

    def wait(self, token: str, now: datetime) -> int:
        """Count a request and return after how many seconds it may be sent again, 0 when it is let through."""
        minute, second = divmod(int(now.timestamp()), MINUTE)
        with self._one_at_a_time:
            counted, before = self._counted.get(token, (minute, 0))
            self._counted[token] = (minute, before + 1 if counted == minute else 1)
            return MINUTE - second if self._counted[token][1] > self.most else 0
