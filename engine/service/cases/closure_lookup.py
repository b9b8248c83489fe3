"""What the record system asks before it closes a case: may it, why not, what is outstanding, and the certificate."""

from typing import Any

from engine.domain.calendar import format_moment
from engine.errors import NotFound
from engine.service.cases import closure
from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import actions, audits


def look_up(engine: Engine, case: str) -> dict[str, Any]:
    """Return {"case", "allowed", "reasons", "outstanding", "certificate"} as closure.dmn decides now (R-98 to R-101).

    Outstanding are {"kind": "audit", "audit", "state"}, {"kind": "remedial action", "audit", "action", "state"} and
    {"kind": "management decision", "audit", "reference", "state"}; the certificate is {"issued_at"}, or None when
    none stands. NotFound for an unknown case.
    """
    return engine.ask(lambda question: _answer(question, case))


def _answer(question: Question, case: str) -> dict[str, Any]:
    if question.case(case) is None:
        raise NotFound(what=f"case {case[:40]}")
    found = closure.answer(question, case)
    standing = [row for row in audits.certificates(question.connection, case) if row.withdrawn_at is None]
    return {
        "case": case,
        "allowed": found.allowed,
        "reasons": list(found.reasons),
        "outstanding": _outstanding(question, case, found),
        "certificate": {"issued_at": format_moment(standing[-1].issued_at)} if standing else None,
    }


def _outstanding(question: Question, case: str, found: closure.ClosureAnswer) -> list[dict[str, Any]]:
    open_audits = closure.unsettled(question, "audit", question.once(audits.of_case, case))
    asked = closure.unsettled(question, "management decision", actions.decisions_of_case(question.connection, case))
    return [
        *({"kind": "audit", "audit": row.id, "state": row.state} for row in open_audits),
        *({"kind": "remedial action", **one} for one in found.outstanding),
        *(
            {"kind": "management decision", "audit": row.audit, "reference": row.reference, "state": row.state}
            for row in asked
        ),
    ]
