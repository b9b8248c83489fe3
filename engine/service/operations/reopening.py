"""Service operations of a reopened case: what becomes of earlier remedial actions (manual section 10, M11)."""

from functools import partial
from typing import Any

from engine.errors import NotFound
from engine.service import instances
from engine.service.cases import actions as action_life
from engine.service.cases import closure
from engine.service.command import Command
from engine.service.operations.work import send_message
from engine.service.registry import Operating, operation
from engine.store import actions, audits

FEASIBLE, NOT_FEASIBLE = "feasible", "not_feasible"
EVENTS = {FEASIBLE: "found feasible", "already_done": "found done"}
RESUME, NEW_AUDIT = "resume", "new_audit"
TO_DO = (FEASIBLE, NOT_FEASIBLE)


@operation
def consider_earlier_actions(work: Operating, process: str) -> dict[str, Any]:
    """Carry out what was decided about each earlier action: open it again, take it as done, or begin `process` for
    its management decision (R-104, R-105).

    Gives {"feasible": n, "not_feasible": n, "unfinished_audit": bool, "audits": [{"audit", "auditor"}]}; the audits are
    those with an action that is to be done, or to be discharged by a management decision, oldest first.
    """
    command, case = work.command, work.text("case")
    listed = dict(enumerate(actions.of_case(command.connection, case), start=1))
    decided = {int(row["action"]): row for row in command.answers.get("decisions") or []}
    to_do = []
    for number, decision in decided.items():
        action = listed.get(number)
        if action is None:
            raise NotFound(what=f"earlier remedial action {number} of {case}")
        _carry_out(work, action, decision, process)
        if decision["decision"] in TO_DO:
            to_do.append(action.audit)
    kinds = [row["decision"] for row in decided.values()]
    open_audits = closure.unsettled(command, "audit", audits.of_case(command.connection, case))
    return {
        "feasible": kinds.count(FEASIBLE),
        "not_feasible": kinds.count(NOT_FEASIBLE),
        "unfinished_audit": any(audit.authorised_at is None for audit in open_audits),
        "audits": [_named(command, audit) for audit in dict.fromkeys(to_do)],
        **_newest(command, to_do),
    }


def _named(command: Command, audit: str) -> dict[str, str]:
    return {"audit": audit, "auditor": audits.get(command.connection, audit).auditor}


def _newest(command: Command, to_do: list[str]) -> dict[str, str | None]:
    # Instances that began with an earlier policy start the activity of the newest audit alone.
    return {**_named(command, to_do[-1])} if to_do else {"audit": None, "auditor": None}


def _carry_out(work: Operating, action: Any, decision: dict[str, Any], process: str) -> None:
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
        values = {"opened_at": command.now} if kind == FEASIBLE else {}
        action_life.change_state(command, action, EVENTS[kind], **values)


@operation
def settle_unfinished_audit(work: Operating, outcome: str, anew: str | None = None) -> None:
    """Carry out what becomes of an audit that was unfinished when its case was closed: it is resumed, done anew by
    another auditor (the message `anew` is sent to it), or ends without a result (R-103).
    """
    command = work.command
    for audit in audits.of_case(command.connection, work.text("case")):
        if audit.authorised_at is None and closure.unsettled(command, "audit", [audit]):
            command.note(f"case {audit.case_ref}", "unfinished audit", {"audit": audit.id, "outcome": outcome})
            if outcome == NEW_AUDIT and anew is not None:
                send_message(work, anew, process=instances.get_row(command, audit.instance).process)
            elif outcome != RESUME:
                audits.end_holding(command.connection, audit.id, command.now, "closed")
                audits.change(command.connection, audit.id, {"state": "withdrawn"})
                command.later(partial(_end, command, audit.instance))


def _end(command: Command, instance: str) -> None:
    instances.end(command, instances.load(command, instance), "the unfinished audit was closed")
