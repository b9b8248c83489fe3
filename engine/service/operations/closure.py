"""Service operations of closing a case: the check and its certificate (manual section 10, M12)."""

from typing import Any

from engine.service.cases import closure
from engine.service.registry import Operating, operation
from engine.store import audits, cases


@operation
def check_closure(work: Operating) -> dict[str, Any]:
    """Ask whether the case may be closed now; the answer is kept. Gives {"allowed": bool, "reasons": [sentences]}."""
    command, case = work.command, work.text("case")
    cases.hold(command.connection, case)
    answer = closure.answer(command, case)
    found = {"allowed": answer.allowed, "reasons": list(answer.reasons)}
    row = {"case_ref": case, "instance": work.instance, "at": command.now, **found}
    audits.add_closure_answer(command.connection, row)
    return found


@operation
def issue_closure_certificate(work: Operating) -> str:
    """Issue the certificate that clears the case for closing; it holds until new audit activity begins."""
    command, case = work.command, work.text("case")
    issued = {"case_ref": case, "instance": work.instance, "issued_at": command.now}
    audits.add_certificate(command.connection, issued)
    command.note(f"case {case}", "closure cleared", {"instance": work.instance, "state": "issued"})
    return work.instance
