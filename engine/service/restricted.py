"""Restricted records: who may deal with a case that the record system marks as restricted (I-16).

Facts from the directory and the case, verdict and wording from restricted_records.dmn, asked before rights.dmn.
"""

from typing import Any

from engine.service.command import Question

TABLE = "restricted_records"


def reason_against(question: Question, person: str, doing: str, subject: str, case: Any) -> str | None:
    """Return why `person` may not do `doing` about `subject` of a restricted `case` (its row), None when they may."""
    if not case.restricted or TABLE not in question.policy.decisions:
        return None
    known = question.directory.people.get(person)
    verdict = question.decide(
        TABLE,
        doing=doing,
        subject=subject,
        post=known.post if known is not None else "",
        cleared=known is not None and known.cleared,
        in_charge=in_charge(question, person, case),
    )
    return None if verdict.get("allowed") is True else str(verdict.get("reason", "no rule allows it"))


def in_charge(question: Question, person: str, case: Any) -> bool:
    """Tell whether somebody works a case (its row), leads its team, or answers for one of its posts today."""
    team = question.directory.teams.get(case.team)
    leads = (team.practice_manager, team.service_manager, team.head_of_service) if team is not None else ()
    if person in (case.social_worker, *leads):
        return True
    return any(place is not None and place == case.team for _, place in question.duties(person))
