"""Audits from before this system: what a case brings with it when it is opened again (R-103)."""

from collections.abc import Sequence
from datetime import datetime

from engine.errors import NotFound
from engine.service.command import Command
from engine.service.engine import Engine
from engine.service.instances import new_id
from engine.store import actions, audits, cases


def add_closed_audit(
    engine: Engine, actor: str, case: str, auditor: str, closed_at: datetime, wordings: Sequence[str]
) -> str:
    """Add an authorised audit of a case that was closed at `closed_at` with these actions undone; return its id.

    NotFound for an unknown case.
    """

    def work(command: Command) -> str:
        if command.case(case) is None:
            raise NotFound(what=f"case {case}")
        audit = new_id()
        audits.add(
            command.connection,
            [
                {
                    "id": audit,
                    "case_ref": case,
                    "instance": "",
                    "auditor": auditor,
                    "source": "",
                    "state": "closed",
                    "selected": False,
                    "late": False,
                    "deferments": 0,
                    "assigned_at": closed_at,
                }
            ],
        )
        audits.change(command.connection, audit, {"authorised_at": closed_at})
        audits.end_holding(command.connection, audit, closed_at, "done")
        actions.add(command.connection, [_dormant(case, audit, n, what) for n, what in enumerate(wordings, start=1)])
        cases.change(command.connection, case, {"status": cases.CLOSED, "changed_at": command.now})
        command.note(f"case {case}", "earlier audit added", {"audit": audit, "actions": len(wordings)})
        return audit

    return engine.run(actor, work)


def _dormant(case: str, audit: str, number: int, what: str) -> dict[str, object]:
    return {
        "audit": audit,
        "case_ref": case,
        "number": number,
        "what": what,
        "details": {},
        "state": "dormant",
        "work": [],
    }
