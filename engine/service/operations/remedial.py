"""Service operations of remediation: the actions of an audit and management decisions (manual section 10)."""

from typing import Any

from engine.errors import NotFound
from engine.service.cases import actions as action_life
from engine.service.command import Command
from engine.service.registry import Operating, operation
from engine.store import actions


@operation
def open_remedial_actions(work: Operating) -> None:
    """Open the proposed actions of the audit: the Practice Manager's time begins (R-88). Others stay as they are."""
    command = work.command
    for action in actions.of_audit(command.connection, work.text("audit")):
        if action_life.allows(command, action, "opened"):
            action_life.change_state(command, action, "opened", opened_at=command.now)


@operation
def authorise_remedial_actions(work: Operating) -> None:
    """Record that the form was authorised: every action signed off, or discharged, is authorised too (DEC-4)."""
    command = work.command
    values = {"authorised_at": command.now, "authorised_by": command.actor}
    actions.change_all(command.connection, work.text("audit"), values)


@operation
def record_management_decision(work: Operating, state: str) -> None:
    """Record where the management decision stands: submitted, returned, authorised, refused or withdrawn (M8)."""
    command = work.command
    decision = actions.decision_of(command.connection, work.instance)
    if decision is None:
        _submit(work)
        return
    values: dict[str, Any] = {"state": state}
    action = actions.get(command.connection, decision.action)
    if state in ("authorised", "refused", "withdrawn"):
        values |= {"decided_by": command.actor, "decided_at": command.now}
        action_life.change_state(command, action, f"management decision {state}")
    actions.change_decision(command.connection, decision.id, values)
    _note(command, action, decision.reference, state)


def _submit(work: Operating) -> None:
    command = work.command
    action = _chosen(work)
    action_life.change_state(command, action, "management decision asked")
    actions.add_decision(
        command.connection,
        {
            "action": action.id,
            "audit": action.audit,
            "case_ref": action.case_ref,
            "instance": work.instance,
            "reference": work.text("observation_reference"),
            "state": "submitted",
            "proposer": command.actor,
        },
    )
    _note(command, action, work.text("observation_reference"), "submitted")


def _note(command: Command, action: Any, reference: str, state: str) -> None:
    details = {"audit": action.audit, "action": action.number, "reference": reference, "state": state}
    command.note(f"case {action.case_ref}", "management decision", details)


def _chosen(work: Operating) -> Any:
    number = int(work.text("action_number"))
    for action in actions.of_audit(work.command.connection, work.text("audit")):
        if action.number == number:
            return action
    raise NotFound(what=f"remedial action {number} of {work.text('case')}")
