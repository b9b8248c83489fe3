"""Where keyboard shortcuts lead, for whoever has not turned them off; the help page says what they do."""

from typing import Any

from flask import url_for
from flask_login import current_user

from engine.service.inboxes import preferences
from webapp.reach import engine, once_a_page

PAGES = {"i": "inbox.show", "c": "cases.find", "n": "notices.show", "s": "settings.show"}


@once_a_page
def shortcuts() -> dict[str, Any] | None:
    """Return the addresses that keys open; None for a reader who has turned the keys off, and for strangers."""
    wanted = current_user.is_authenticated and preferences.may_use_shortcuts(engine(), current_user.id)
    return _addresses() if wanted else None


def _addresses() -> dict[str, Any]:
    return {
        "go": {key: url_for(endpoint) for key, endpoint in PAGES.items()},
        "help": url_for("guidance.show", _anchor="keyboard"),
        "search": url_for("cases.find"),
    }
