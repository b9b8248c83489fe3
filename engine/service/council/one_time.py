"""Keys that open one page once: made, shown once, kept as hashes, and used up by the command that they open."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from engine.service.command import Command, Question
from engine.store import one_time_keys

INVITATION, SET_UP = "invitation", "set-up"
LIFE: Final = {INVITATION: timedelta(days=3), SET_UP: timedelta(hours=24)}
_SECRET_BYTES: Final = 32
# No letter or digit that is easily taken for another; 20 of them are 100 random bits.
_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 4, 5


def make(command: Command, purpose: str, person: str | None) -> tuple[str, datetime]:
    """Make a key and return it with the moment at which it opens nothing any more; earlier ones open nothing now."""
    secret = _code() if purpose == SET_UP else secrets.token_urlsafe(_SECRET_BYTES)
    expires_at = command.now + LIFE[purpose]
    row = {
        "hash": _hash(secret),
        "purpose": purpose,
        "person": person,
        "made_at": command.now,
        "made_by": command.actor,
        "expires_at": expires_at,
    }
    one_time_keys.add(command.connection, row)
    return secret, expires_at


def find(question: Question, purpose: str, secret: str) -> Any | None:
    """Return the key (person, expires_at) if it opens something now, None otherwise."""
    return one_time_keys.find(question.connection, _hash(secret), purpose, question.now)


def use(command: Command, purpose: str, secret: str) -> bool:
    """Use a key up; return whether it opened something."""
    return one_time_keys.use(command.connection, _hash(secret), purpose, command.now)


def _code() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hash(secret: str) -> str:
    # A secret of 100 random bits and more cannot be guessed, so a plain hash protects it.
    return hashlib.sha256(secret.strip().encode(errors="replace")).hexdigest()
