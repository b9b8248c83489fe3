"""May this case be closed? The facts from the records, the verdict and its wording from closure.dmn (section 10)."""

from dataclasses import dataclass
from typing import Any

from engine.service.command import Question
from engine.store import actions, audits

CLOSURE = "closure"
STANDINGS = "standings"


@dataclass(frozen=True)
class ClosureAnswer:
    """Whether a case may be closed, every reason against it in words, and the actions that are outstanding."""

    allowed: bool
    reasons: tuple[str, ...]
    outstanding: tuple[dict[str, Any], ...]


def answer(question: Question, case: str) -> ClosureAnswer:
    """Return the answer about `case`; a case that was never audited closes freely (R-98 to R-101)."""
    open_audits = unsettled(question, "audit", question.once(audits.of_case, case))
    outstanding = unsettled(question, "action", actions.of_case(question.connection, case))
    undecided = unsettled(question, "management decision", actions.decisions_of_case(question.connection, case))
    rows = question.collect(
        CLOSURE,
        audit_open=bool(open_audits),
        audit_begun=any(audit.begun_at is not None for audit in open_audits),
        actions_outstanding=len(outstanding),
        management_decisions_undecided=len(undecided),
    )
    reasons = tuple(dict.fromkeys(str(row["reason"]) for row in rows))
    listed = tuple({"audit": row.audit, "action": row.number, "state": row.state} for row in outstanding)
    return ClosureAnswer(not reasons, reasons, listed)


def unsettled(question: Question, kind: str, rows: list[Any]) -> list[Any]:
    """Return the rows whose state standings.dmn does not call settled."""
    return [row for row in rows if question.decide(STANDINGS, kind=kind, state=row.state).get("settled") is not True]
