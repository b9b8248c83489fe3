"""Who may look into the directory, and who may change it: rights.dmn says so, for buttons and for commands alike."""

from typing import Final

from engine.errors import NotAllowed
from engine.service import rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.rights import About

LOOK, DETAILS, CHANGE = "look people up", "see personal details", "change the directory"
PEOPLE, TEAMS, ABSENCES, DAYS_OFF, TRAINING, SET_UP = (
    "people",
    "teams",
    "absences",
    "closure days",
    "training records",
    "set-up",
)
NOBODY: Final = About(assignee="")


def require(question: Question, reader: str, doing: str, subject: str = "", owner: str = "") -> None:
    """Raise NotAllowed with the reason of rights.dmn; `owner` is whose details or absences it is about."""
    reason = _reason_against(question, reader, doing, subject, owner)
    if reason is not None:
        raise NotAllowed(doing=doing, reason=reason)


def require_change(command: Command, subject: str, owner: str = "") -> None:
    """Raise NotAllowed unless the actor of a command may change this part of the directory."""
    require(command, command.actor, CHANGE, subject, owner)


def may(question: Question, reader: str, doing: str, subject: str = "", owner: str = "") -> bool:
    """Tell whether rights.dmn allows it."""
    return _reason_against(question, reader, doing, subject, owner) is None


def may_change(engine: Engine, reader: str, subject: str, owner: str = "") -> bool:
    """Tell whether somebody may change this part of the directory."""
    return engine.ask(lambda question: may(question, reader, CHANGE, subject, owner))


def _reason_against(question: Question, reader: str, doing: str, subject: str, owner: str) -> str | None:
    about = About(assignee=owner) if owner else NOBODY
    return rights.reason_against(question, reader, doing, subject, about)
