"""Service operations of a reopened case: what becomes of earlier remedial actions (manual section 10, M11)."""

from functools import partial
from typing import Any

from engine.errors import NotFound
from engine.service import actions as action_life
from engine.service import closure, instances
from engine.service.registry import Operating, operation
from engine.store import actions, audits

EVENTS = {"feasible": "found feasible", "already_done": "found done"}
NOT_FEASIBLE = "not_feasible"


@operation
def consider_earlier_actions(work: Operating, process: str) -> dict[str, Any]:
    """Carry out what was decided about each earlier action: open it again, take it as done, or begin `process` for
    its management decision (R-104, R-105).

    Gives {"feasible": n, "not_feasible": n, "unfinished_audit": bool, "audit": id, "auditor": username}; audit and
    auditor are those of the newest audit with an action to be done.
    """
    command, case = work.command, work.text("case")
    listed = dict(enumerate(actions.of_case(command.connection, case), start=1))
    decided = {int(row["action"]): row for row in command.answers.get("decisions") or []}
    feasible = []
    for number, decision in decided.items():
        action = listed.get(number)
        if action is None:
            raise NotFound(what=f"earlier remedial action {number} of {case}")
        if _carry_out(work, action, decision, process):
            feasible.append(action)
    newest = audits.get(command.connection, feasible[-1].audit) if feasible else None
    open_audits = closure.unsettled(command, "audit", audits.of_case(command.connection, case))
    return {
        "feasible": len(feasible),
        "not_feasible": sum(row["decision"] == NOT_FEASIBLE for row in decided.values()),
        "unfinished_audit": any(audit.authorised_at is None for audit in open_audits),
        "audit": None if newest is None else newest.id,
        "auditor": None if newest is None else newest.auditor,
    }


def _carry_out(work: Operating, action: Any, decision: dict[str, Any], process: str) -> bool:
    command, kind = work.command, str(decision["decision"])
    if kind == NOT_FEASIBLE:
        facts = {
            "case": action.case_ref,
            "audit": action.audit,
            "auditor": audits.get(command.connection, action.audit).auditor,
            "action_number": action.number,
            "observation_reference": decision.get("observation_reference"),
        }
        command.later(partial(instances.begin, command, process, facts, parent=work.instance))
    elif kind in EVENTS and closure.unsettled(command, "action", [action]):
        values = {"opened_at": command.now} if kind == "feasible" else {}
        action_life.change_state(command, action, EVENTS[kind], **values)
    return kind == "feasible"


@operation
def settle_unfinished_audit(work: Operating, outcome: str) -> None:
    """Record what becomes of an audit that was unfinished when its case was closed (R-103)."""
    command = work.command
    for audit in audits.of_case(command.connection, work.text("case")):
        if audit.authorised_at is None:
            command.note(f"case {audit.case_ref}", "unfinished audit", {"audit": audit.id, "outcome": outcome})
            if outcome != "resume":
                audits.change(command.connection, audit.id, {"state": "withdrawn"})
