"""Counts sign-ins that failed, so that passwords cannot be guessed one after another."""

from collections import defaultdict, deque
from datetime import datetime, timedelta
from typing import cast

from flask import current_app, request

MOST = 5
WINDOW = timedelta(minutes=15)
ATTEMPTS = "casefile.attempts"


class Attempts:
    """Failed sign-ins by account and address, in the memory of this process."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)

    def is_blocked(self, account: str, address: str, now: datetime) -> bool:
        """Tell whether too many sign-ins to an account failed from an address within the window."""
        failed = self._failed[account, address]
        while failed and now - failed[0] > WINDOW:
            failed.popleft()
        return len(failed) >= MOST

    def failed(self, account: str, address: str, now: datetime) -> None:
        """Count a failed sign-in."""
        self._failed[account, address].append(now)

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures before a sign-in that succeeded."""
        self._failed.pop((account, address), None)


def attempts() -> Attempts:
    """Return the failed attempts that this application counts."""
    return cast(Attempts, current_app.extensions[ATTEMPTS])


def counted_by() -> str:
    """Return the address that attempts are counted by."""
    return request.remote_addr or ""
