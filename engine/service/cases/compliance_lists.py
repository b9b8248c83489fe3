"""Who is told of remedial actions four months after the audit, and of which (manual section 11, R-119 to R-123)."""

from typing import Any
from urllib.parse import quote

from engine.errors import NotAllowed, NotFound
from engine.service import rights
from engine.service.command import Question
from engine.service.rights import About
from engine.store import compliance, instances

SEE = "see compliance list"


def path_of(team: str) -> str:
    """Return the address of the page of a team's lists, below that of all pages."""
    return f"/compliance-lists/{quote(team, safe='')}"


def reason_against(question: Question, person: str, team: str) -> str | None:
    """Return why `person` may not see the list of `team`, None when they may."""
    answers_for = [post for post, of in question.duties(person) if of == team]
    copied = getattr(question.directory.teams.get(team), "head_of_service", None) == person
    about = About(assignee=person) if answers_for or copied else About()
    return rights.reason_against(question, person, SEE, team, about)


def refuse(question: Question, person: str, team: str) -> None:
    """Raise NotFound for an unknown team, NotAllowed when `person` may not see its list."""
    if team not in question.directory.teams:
        raise NotFound(what=f"team {team}")
    reason = reason_against(question, person, team)
    if reason is not None:
        raise NotAllowed(doing=f"see the compliance list of {team}", reason=reason)


def assembled(question: Question, instance: str) -> list[Any]:
    """Return the findings that the list of an instance tells of: those on no other list when it was assembled.

    What is reviewed after that waits for the next list, so that what is sent is what was read.
    """
    began = question.once(instances.get, instance).started_at
    return compliance.not_listed(question.connection, began)
