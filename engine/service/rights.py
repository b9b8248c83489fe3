"""Who may do what: facts from the directory and the records, verdict and wording from rights.dmn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.definitions import Deployment
from engine.errors import NotAllowed
from engine.service import restricted
from engine.service.command import Question
from engine.service.posts import task_holders
from engine.service.tables import first
from engine.store import actions, audits, help_threads, submissions, tasks

RIGHTS = "rights"
READING = "read what was entered"
NO_POLICY = "no policy is in force yet"


@dataclass(frozen=True)
class About:
    """What a right is asked about: `post`, `team` or `assignee` hold it, `case_ref`, `audit` and `instance` say
    what it belongs to. A task row is one too.
    """

    post: str | None = None
    team: str | None = None
    assignee: str | None = None
    case_ref: str | None = None
    audit: str | None = None
    instance: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


class Facts(Mapping[str, object]):
    """What rights.dmn may ask about a person and a task. Records are read only when a rule asks for them."""

    def __init__(self, question: Question, person: str, about: Any, doing: str, subject: str) -> None:
        known = question.directory.people.get(person)
        self._question, self._person, self._about = question, person, about
        self._known: dict[str, object] = {
            "doing": doing,
            "subject": subject,
            "post": known.post if known is not None else "",
            "holds": person in may_hold(question, about),
        }

    def __getitem__(self, name: str) -> object:
        if name not in self._known:
            self._known[name] = _RECORDS[name](self._question, self._person, self._about)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **_RECORDS})

    def __len__(self) -> int:
        return len({**self._known, **_RECORDS})


def may_hold(question: Question, about: Any) -> tuple[str, ...]:
    """Return who may work on a task today: its named person, and everybody who answers for its post."""
    shared = question.holders(about.post, about.team) if about.post is not None else ()
    return (*shared, about.assignee) if about.assignee is not None else task_holders(question, about)


def refuse(question: Question, person: str, doing: str, subject: str, about: Any) -> None:
    """Raise NotAllowed with the reason of rights.dmn unless `person` is allowed `doing` about `subject`."""
    reason = reason_against(question, person, doing, subject, about)
    if reason is not None:
        raise NotAllowed(doing=f"{doing} “{subject}”", reason=reason)


def reason_against(question: Question, person: str, doing: str, subject: str, about: Any) -> str | None:
    """Return why `person` may not do `doing` about `subject` (a task's title, a process), None when they may.

    What restricted_records.dmn says of a restricted record comes first (I-16).
    """
    if not question.has_policy:
        return NO_POLICY
    case = question.case(about.case_ref) if about.case_ref is not None else None
    barred = restricted.reason_against(question, person, doing, subject, case) if case is not None else None
    if barred is not None:
        return barred
    facts = Facts(question, person, about, doing, subject)
    verdict = first(question.policy.decision(RIGHTS), facts, question.language)
    return None if verdict.get("allowed") is True else str(verdict.get("reason", "no rule allows it"))


def is_of_post(deployment: Deployment, post: str, doing: str, subject: str) -> bool:
    """Tell whether a deployment lets whoever has `post` do something that is nobody's in particular."""
    facts = {"doing": doing, "subject": subject, "post": post, "holds": False, **dict.fromkeys(_RECORDS, False)}
    return first(deployment.decision(RIGHTS), facts, deployment.language({})).get("allowed") is True


def _own_audit(question: Question, person: str, about: Any) -> bool:
    return about.audit is not None and person in question.once(audits.holders_of, about.audit)


def _earlier_reviewer(question: Question, person: str, about: Any) -> bool:
    rows = question.once(audits.reviews_of, about.audit) if about.audit is not None else []
    return any(row.reviewer == person and row.instance != about.instance for row in rows)


def _first_review_open(question: Question, _person: str, about: Any) -> bool:
    rows = question.once(audits.reviews_of, about.audit) if about.audit is not None else []
    return bool(rows) and all(row.outcome is None for row in rows)


def _helper(question: Question, person: str, about: Any) -> bool:
    return about.audit is not None and person in help_threads.helpers_of(question.connection, about.audit)


def _proposer(question: Question, person: str, about: Any) -> bool:
    decision = actions.decision_of(question.connection, about.instance)
    return decision is not None and decision.proposer == person


def _works_case(question: Question, person: str, about: Any) -> bool:
    row = question.case(about.case_ref) if about.case_ref is not None else None
    return row is not None and row.social_worker == person


def _must_grade_first(question: Question, person: str, about: Any) -> bool:
    """Whether somebody is reviewing an audit and has not kept their own grades of it yet (R-75, M5)."""
    rows = question.once(audits.reviews_of, about.audit) if about.audit is not None else []
    return any(
        row.outcome is None
        and _reviews(question, person, row)
        and not submissions.has_any_of(question.connection, row.instance, person)
        for row in rows
    )


def _reviews(question: Question, person: str, review: Any) -> bool:
    rows = tasks.of_instance(question.connection, review.instance)
    return review.reviewer == person or any(one.status == tasks.OPEN and one.assignee == person for one in rows)


_RECORDS = {
    "must_grade_first": _must_grade_first,
    "own_audit": _own_audit,
    "earlier_reviewer": _earlier_reviewer,
    "helped": _helper,
    "first_review_open": _first_review_open,
    "proposer": _proposer,
    "works_case": _works_case,
}
