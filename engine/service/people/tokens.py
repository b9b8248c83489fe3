"""Tokens with which other systems ask and tell: made once, shown once, kept as hashes, each with its scopes.

A token may act for a person: it then reaches what its scopes and the rights of that person both allow, and nothing once
the person has left. Without a person it reaches only what a system asks in its own name.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Final

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.store import tokens

CLOSURE_READ, EXTRACTS_WRITE, DEPLOYMENTS_READ = "closure:read", "extracts:write", "deployments:read"
TASKS_READ, TASKS_WRITE = "tasks:read", "tasks:write"
INSTANCES_READ, CASES_READ, CYCLES_READ = "instances:read", "cases:read", "cycles:read"
REPORTS_READ, EVENTS_READ = "reports:read", "events:read"
SCOPES: Final = {
    CLOSURE_READ: "asks whether a case may be closed",
    EXTRACTS_WRITE: "sends the daily extract",
    DEPLOYMENTS_READ: "reads the policy",
    TASKS_READ: "reads a person’s tasks and their forms",
    TASKS_WRITE: "takes, drafts, gives back and completes a person’s tasks",
    INSTANCES_READ: "reads where processes stand",
    CASES_READ: "reads where the work on a case stands",
    CYCLES_READ: "reads audit periods and the certificates of their draws",
    REPORTS_READ: "reads reports",
    EVENTS_READ: "reads which events the log holds, and verifies it",
}
OWN: Final = frozenset((CLOSURE_READ, EXTRACTS_WRITE, DEPLOYMENTS_READ))
BEGINNING: Final = "cf_"
_SECRET_BYTES: Final = 32
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,40}")


@dataclass(frozen=True)
class Token:
    """A token in use: its name, its scopes, and the username it acts for, None for a system in its own name."""

    name: str
    scopes: frozenset[str]
    person: str | None = None

    def require(self, scope: str) -> None:
        """Raise NotAllowed unless it has `scope`."""
        if scope not in self.scopes:
            raise NotAllowed(doing="ask for this", reason=f"the token has not the scope {scope}")


def make(engine: Engine, actor: str, name: str, scopes: Sequence[str], person: str | None = None) -> str:
    """Make a token called `name` for some of SCOPES and return its secret, which is kept nowhere.

    Invalid for another name than small letters, digits and hyphens, for an unknown scope or none, and for a scope that
    needs a `person` to act for without one; NotFound for nobody; NotNow when the name was used before, so that the log
    never means two systems by one name.
    """
    wrong = _wrong(name, scopes, person)
    if wrong:
        raise Invalid(wrong)
    secret = BEGINNING + token_urlsafe(_SECRET_BYTES)

    def work(command: Command) -> None:
        if person is not None and not _is_here(command, person):
            raise NotFound(what=f"person {person}")
        if tokens.find(command.connection, name) is not None:
            raise NotNow(doing=f"A token called {name}", reason="there is or was one of this name")
        row = {"name": name, "scopes": sorted(set(scopes)), "person": person}
        made = {"hash": _hash(secret), "made_at": command.now, "made_by": actor}
        tokens.add(command.connection, {**row, **made})
        command.note("tokens", "made", row)

    engine.run(actor, work)
    return secret


def _wrong(name: str, scopes: Sequence[str], person: str | None) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not _NAME.fullmatch(name):
        wrong["name"] = ["Name the token in small letters, digits and hyphens, such as carefirst."]
    if set(scopes) - set(SCOPES) or not scopes:
        wrong["scopes"] = [f"Give one or more of the scopes {', '.join(SCOPES)}."]
    elif person is None and set(scopes) - OWN:
        wrong["person"] = [f"Say whom the token acts for: {', '.join(sorted(set(scopes) - OWN))} is a person’s."]
    return wrong


def revoke(engine: Engine, actor: str, name: str) -> None:
    """Let a token open nothing any more; NotFound when no token of this name is in use."""

    def work(command: Command) -> None:
        if not tokens.revoke(command.connection, name, command.now):
            raise NotFound(what=f"token called {name} in use")
        command.note("tokens", "revoked", {"name": name})

    engine.run(actor, work)


def every(engine: Engine) -> list[Any]:
    """Return all tokens by name: name, scopes, person, made_at, made_by, revoked_at."""
    return engine.ask(lambda question: tokens.every(question.connection))


def known(engine: Engine, secret: str) -> Token | None:
    """Return the token with this secret, None when there is none in use or its person has left."""

    def work(question: Question) -> Token | None:
        row = tokens.by_hash(question.connection, _hash(secret))
        if row is None or (row.person is not None and not _is_here(question, row.person)):
            return None
        return Token(row.name, frozenset(row.scopes), row.person)

    return engine.ask(work)


def _is_here(question: Question, person: str) -> bool:
    found = question.directory.people.get(person)
    return found is not None and found.active


def _hash(secret: str) -> str:
    # A secret of 256 random bits cannot be guessed, so a plain hash protects it.
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
