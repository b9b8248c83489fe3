"""Service operations of an audit: its holder, its answers, its state and its review (manual sections 7 to 9)."""

from typing import Any

from engine.service.audits import conflicts, results
from engine.service.registry import Operating, operation
from engine.store import actions, audits


@operation
def record_audit(work: Operating) -> dict[str, Any]:
    """Lock the audit as its auditor authorised it, and propose its remedial actions (R-52). Amended after a review,
    it keeps when it was authorised first, and its proposals are replaced.

    Gives {"remedial_actions": how many, "grade": the overall grade}.
    """
    command, audit = work.command, work.text("audit")
    answers = command.answers
    rows = [_proposed(work, number, row) for number, row in enumerate(answers.get(results.ACTIONS) or [], start=1)]
    grade = work.data.get("overall_grade")
    amended = audits.authorise(command.connection, audit, grade, command.now)
    audits.end_holding(command.connection, audit, command.now, "done")
    if amended:
        actions.drop_proposed(command.connection, audit)
    actions.add(command.connection, rows)
    return {"remedial_actions": len(rows), "grade": grade}


def _proposed(work: Operating, number: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "audit": work.text("audit"),
        "case_ref": work.text("case"),
        "number": number,
        "what": str(row.get("what", "")),
        "details": row,
        "state": "proposed",
        "work": [],
    }


@operation
def set_audit_state(work: Operating, state: str) -> None:
    """Set where the audit stands, in the words of the state machine M4."""
    audits.change(work.command.connection, work.text("audit"), {"state": state})


@operation
def drawn_for_quality_assurance(work: Operating) -> bool:
    """Tell whether the audit was selected for quality assurance when it was drawn (R-54, DEC-5)."""
    return bool(audits.get(work.command.connection, work.text("audit")).selected)


@operation
def record_lateness(work: Operating) -> None:
    """Record that the audit was not authorised by its due date; the clock goes on (T2)."""
    audits.change(work.command.connection, work.text("audit"), {"late": True})


@operation
def record_deferment(work: Operating, start: str) -> None:
    """Record a granted deferment: the same audit with a later start (R-64)."""
    command = work.command
    audit = audits.get(command.connection, work.text("audit"))
    audits.change(command.connection, audit.id, {"deferments": audit.deferments + 1, "late": False})
    command.note(f"case {audit.case_ref}", "deferred", {"audit": audit.id, "start": start})


@operation
def release_auditor(work: Operating) -> None:
    """Release the auditor by dispensation: never counted as missed (R-64)."""
    _take_away(work, "released")


@operation
def withdraw_auditor(work: Operating) -> None:
    """Take the audit of a restricted record away from an auditor who is not cleared: never counted as missed (I-16)."""
    _take_away(work, "withdrawn")


def _take_away(work: Operating, outcome: str) -> None:
    command, audit = work.command, audits.get(work.command.connection, work.text("audit"))
    audits.end_holding(command.connection, audit.id, command.now, outcome)
    audits.change(command.connection, audit.id, {"state": "to be reassigned", "late": False})
    command.note(f"case {audit.case_ref}", outcome, {"audit": audit.id, "auditor": audit.auditor})


@operation
def assign_auditor(work: Operating, auditor: str) -> dict[str, str]:
    """Give the audit to another auditor, refused where conflicts.dmn forbids it; a new clock starts today.

    Gives {"auditor": username, "start": the day}.
    """
    command, audit = work.command, work.text("audit")
    conflicts.refuse(command, work.text("case"), auditor)
    source = conflicts.source_of(command, auditor)
    audits.change(
        command.connection,
        audit,
        {"auditor": auditor, "source": source, "state": "assigned", "assigned_at": command.now, "begun_at": None},
    )
    audits.begin_holding(command.connection, audit, auditor, command.now)
    return {"auditor": auditor, "start": command.today.isoformat()}


@operation
def record_review(work: Operating, outcome: str) -> None:
    """Record what the reviewer concluded, beside the auditor's answers, which stay as they were (I-13)."""
    audits.decide_review(work.command.connection, work.instance, outcome, work.command.actor)
