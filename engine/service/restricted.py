"""Restricted records: who may deal with a case that the record system marks as restricted (I-16).

Facts from the directory and the case, verdict and wording from restricted_records.dmn, asked before rights.dmn.
"""

from typing import Any

from engine.service.command import Question
from engine.store.barring import Barred

TABLE = "restricted_records"


def reason_against(question: Question, person: str, doing: str, subject: str, case: Any) -> str | None:
    """Return why `person` may not do `doing` about `subject` of a restricted `case` (its row), None when they may."""
    if not case.restricted or TABLE not in question.policy.decisions:
        return None
    return _reason(question, person, doing, subject, in_charge=in_charge(question, person, case))


def barred(question: Question, person: str, doing: str) -> Barred:
    """Return which restricted cases are kept from somebody who wants to do `doing` about them, for a whole list."""
    asked = TABLE in question.policy.decisions
    return Barred(
        person=person,
        teams=tuple(name for name in question.directory.teams if _answers_for(question, person, name)),
        own=asked and _reason(question, person, doing, "", in_charge=True) is not None,
        others=asked and _reason(question, person, doing, "", in_charge=False) is not None,
    )


def _reason(question: Question, person: str, doing: str, subject: str, *, in_charge: bool) -> str | None:
    known = question.directory.people.get(person)
    verdict = question.decide(
        TABLE,
        doing=doing,
        subject=subject,
        post=known.post if known is not None else "",
        cleared=known is not None and known.cleared,
        in_charge=in_charge,
    )
    return None if verdict.get("allowed") is True else str(verdict.get("reason", "no rule allows it"))


def in_charge(question: Question, person: str, case: Any) -> bool:
    """Tell whether somebody works a case (its row), leads its team, or answers for one of its posts today."""
    return person == case.social_worker or _answers_for(question, person, case.team)


def _answers_for(question: Question, person: str, team: str | None) -> bool:
    known = question.directory.teams.get(team) if team is not None else None
    leads = (known.practice_manager, known.service_manager, known.head_of_service) if known is not None else ()
    return person in leads or any(place is not None and place == team for _, place in question.duties(person))
