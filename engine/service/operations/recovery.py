"""Service operations of the recovery after an audit graded Inadequate (the audit form, good practice 4)."""

from engine.errors import NotNow
from engine.service.audits import conflicts
from engine.service.operations.cycle import begin_audit
from engine.service.registry import Operating, operation
from engine.store import cases, re_audits


@operation
def begin_re_audit(work: Operating, process: str, person: str | None = None) -> str | None:
    """Begin another audit of the case by `person`, and give its id; nothing begins without a person. Refused for who
    has a conflict by conflicts.dmn (R-25, DEC-12), and for a case that is closed.
    """
    if person is None:
        return None
    command, case = work.command, work.text("case")
    conflicts.refuse(command, case, person)
    if command.case(case).status != cases.OPEN:
        raise NotNow(doing=f"Another audit of {case}", reason="the case is closed; say that it is no longer needed")
    audit = begin_audit(command, case, person, process=process)
    begun = {"audit": audit, "of_audit": work.text("audit"), "case_ref": case}
    re_audits.add(command.connection, {**begun, "instance": work.instance, "begun_at": command.now})
    return audit
