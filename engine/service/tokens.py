"""Tokens with which other systems ask and tell: made once, shown once, kept as hashes, each with its scopes."""

import hashlib
import re
from collections.abc import Sequence
from secrets import token_urlsafe
from typing import Any, Final

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service.command import Command
from engine.service.engine import Engine
from engine.store import tokens

CLOSURE_READ, EXTRACTS_WRITE = "closure:read", "extracts:write"
SCOPES: Final = (CLOSURE_READ, EXTRACTS_WRITE)
BEGINNING: Final = "cf_"
_SECRET_BYTES: Final = 32
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,40}")


def make(engine: Engine, actor: str, name: str, scopes: Sequence[str]) -> str:
    """Make a token called `name` for some of SCOPES and return its secret, which is kept nowhere.

    Invalid for another name than small letters, digits and hyphens, and for an unknown scope or none; NotNow when the
    name was used before, so that the log never means two systems by one name.
    """
    wrong = _wrong(name, scopes)
    if wrong:
        raise Invalid(wrong)
    secret = BEGINNING + token_urlsafe(_SECRET_BYTES)

    def work(command: Command) -> None:
        if tokens.find(command.connection, name) is not None:
            raise NotNow(doing=f"A token called {name}", reason="there is or was one of this name")
        row = {"name": name, "hash": _hash(secret), "scopes": sorted(set(scopes))}
        tokens.add(command.connection, {**row, "made_at": command.now, "made_by": actor})
        command.note("tokens", "made", {"name": name, "scopes": sorted(set(scopes))})

    engine.run(actor, work)
    return secret


def _wrong(name: str, scopes: Sequence[str]) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not _NAME.fullmatch(name):
        wrong["name"] = ["Name the token in small letters, digits and hyphens, such as carefirst."]
    strange = sorted(set(scopes) - set(SCOPES))
    if strange or not scopes:
        wrong["scopes"] = [f"Give one or more of the scopes {', '.join(SCOPES)}."]
    return wrong


def revoke(engine: Engine, actor: str, name: str) -> None:
    """Let a token open nothing any more; NotFound when no token of this name is in use."""

    def work(command: Command) -> None:
        if not tokens.revoke(command.connection, name, command.now):
            raise NotFound(what=f"token called {name} in use")
        command.note("tokens", "revoked", {"name": name})

    engine.run(actor, work)


def every(engine: Engine) -> list[Any]:
    """Return all tokens by name: name, scopes, made_at, made_by, revoked_at."""
    return engine.ask(lambda question: tokens.every(question.connection))


def name_of(engine: Engine, secret: str) -> str | None:
    """Return the name of the token with this secret, None when there is none in use."""
    row = engine.ask(lambda question: tokens.by_hash(question.connection, _hash(secret)))
    return None if row is None else str(row.name)


def require(engine: Engine, secret: str, scope: str) -> None:
    """Raise NotAllowed unless the token with this secret has `scope`."""
    row = engine.ask(lambda question: tokens.by_hash(question.connection, _hash(secret)))
    if row is None or scope not in row.scopes:
        raise NotAllowed(doing="ask for this", reason=f"the token has not the scope {scope}")


def _hash(secret: str) -> str:
    # A secret of 256 random bits cannot be guessed, so a plain hash protects it.
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
