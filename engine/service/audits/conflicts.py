"""May this auditor have this case? Facts from the directory, verdict from conflicts.dmn (requirement DEC-12)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.errors import NotAllowed, NotFound
from engine.service.command import Question
from engine.store import audits

CONFLICTS = "conflicts"
POOL, OFFICER = "pool", "officer"


def refuse(question: Question, case: str, auditor: str) -> None:
    """Raise NotAllowed with the table's reason when `auditor` may not be given `case`; NotFound for either."""
    row = question.case(case)
    if row is None:
        raise NotFound(what=f"case {case}")
    last = audits.last_by_case(question.connection, [case], [auditor]).get((case, auditor))
    reason = reason_against(question, row, auditor, last)
    if reason is not None:
        raise NotAllowed(doing=f"be given {case} for audit", reason=reason)


def reason_against(question: Question, case: Any, auditor: str, last: datetime | None) -> str | None:
    """Return why `auditor` may not audit `case` (a row with team, social_worker, restricted), None when they may.

    `last` is when the auditor was last assigned the same case.
    """
    return _verdict(question, _facts(question, case, auditor, last))


def forbidden(question: Question, cases: Sequence[Any], auditors: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the reason for each pair (case, auditor) that may not be. `cases` are rows with case_ref.

    The table is asked once for each different set of facts, not once for each pair.
    """
    last = audits.last_by_case(question.connection, [case.case_ref for case in cases], auditors)
    verdicts: dict[tuple[object, ...], str | None] = {}
    found: dict[tuple[str, str], str] = {}
    for case in cases:
        for auditor in auditors:
            facts = _facts(question, case, auditor, last.get((case.case_ref, auditor)))
            key = tuple(facts.values())
            if key not in verdicts:
                verdicts[key] = _verdict(question, facts)
            reason = verdicts[key]
            if reason is not None:
                found[case.case_ref, auditor] = reason
    return found


def _verdict(question: Question, facts: Mapping[str, object]) -> str | None:
    verdict = question.decide(CONFLICTS, **facts)
    return None if verdict.get("allowed") is True else str(verdict.get("reason", "no rule allows it"))


def _facts(question: Question, case: Any, auditor: str, last: datetime | None) -> Mapping[str, object]:
    person = question.directory.people.get(auditor)
    if person is None:
        raise NotFound(what=f"person {auditor}")
    team = question.directory.teams.get(case.team)
    managers = {team.service_manager, team.head_of_service} if team is not None else set()
    leads = team is not None and team.practice_manager == auditor
    return {
        "eligible": source_of(question, auditor) is not None,
        "own_caseload": case.social_worker == auditor,
        "own_team": leads or (case.team is not None and person.team == case.team),
        "manages_team": auditor in managers,
        "restricted": bool(case.restricted),
        "cleared": person.cleared,
        "audited_within_months": None if last is None else _months_between(last, question.now),
    }


def _months_between(earlier: datetime, later: datetime) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


def source_of(question: Question, auditor: str) -> str | None:
    """Return "pool" or "officer" for who may be an auditor (R-25), None for everybody else.

    Officers are those whose post the lane of allocated work names.
    """
    person = question.directory.people.get(auditor)
    if person is None or not person.active:
        return None
    if person.in_audit_pool:
        return POOL
    return OFFICER if question.posts.rule(person.post).holder == "allocated" else None
