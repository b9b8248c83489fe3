"""What teams are told of their remedial actions four months after the audit (manual section 11, R-119 to R-123)."""

from typing import Any

from engine.errors import NotAllowed, NotFound
from engine.service import rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.store import compliance

SEE = "see compliance list"


def of_team(engine: Engine, person: str, team: str) -> list[Any]:
    """Return the rows of a team's list, by case and action. NotFound for an unknown team, NotAllowed by rights.dmn."""
    return engine.ask(lambda question: _of_team(question, person, team))


def reason_against(question: Question, person: str, team: str) -> str | None:
    """Return why `person` may not see the list of `team`, None when they may."""
    answers_for = [post for post, of in question.duties(person) if of == team]
    copied = getattr(question.directory.teams.get(team), "head_of_service", None) == person
    about = About(assignee=person) if answers_for or copied else About()
    return rights.reason_against(question, person, SEE, team, about)


def _of_team(question: Question, person: str, team: str) -> list[Any]:
    if team not in question.directory.teams:
        raise NotFound(what=f"team {team}")
    reason = reason_against(question, person, team)
    if reason is not None:
        raise NotAllowed(doing=f"see the compliance list of {team}", reason=reason)
    return compliance.of_teams(question.connection, [team])
