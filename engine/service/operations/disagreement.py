"""Service operations of a disagreement about a remedial action and its three rungs (manual section 10, M10)."""

from typing import Any

from engine.errors import NotFound
from engine.service.cases import actions as action_life
from engine.service.registry import Operating, operation, repeatable
from engine.store import actions, disagreements

WITHDRAWN, CHANGED = "withdrawn", "changed"


@repeatable
@operation
def record_disagreement(work: Operating, state: str) -> None:
    """Record where the disagreement stands. An outcome that was agreed with this step is carried out on the action."""
    command = work.command
    line = {"state": state, "at": command.now.isoformat(), "by": command.actor}
    known = disagreements.find(command.connection, work.instance)
    if known is None:
        disagreements.add(command.connection, _raised(work, state, line))
        return
    outcome = command.answers.get("action_outcome")
    if outcome is not None:
        _carry_out(work, known.action_number, str(outcome), command.answers.get("new_wording"))
    disagreements.change(command.connection, work.instance, {"state": state, "history": [*known.history, line]})


def _raised(work: Operating, state: str, line: dict[str, str]) -> dict[str, Any]:
    return {
        "instance": work.instance,
        "case_ref": work.text("case"),
        "audit": work.text("audit"),
        "action_number": int(work.text("action_number")),
        "kind": work.text("disagreement_kind"),
        "safeguarding": work.data.get("safeguarding") == "yes",
        "state": state,
        "raised_by": work.command.actor,
        "raised_at": work.command.now,
        "history": [line],
    }


@operation
def settle_disagreement(work: Operating) -> None:
    """Carry out what the final discussion decided about each action: it stands, is changed, or is withdrawn (R-111)."""
    for row in work.command.answers.get("outcomes") or []:
        _carry_out(work, int(row["action"]), str(row["outcome"]), row.get("new_wording"))


def _carry_out(work: Operating, number: int, outcome: str, wording: Any) -> None:
    command = work.command
    found = actions.of_audit(command.connection, work.text("audit"))
    action = next((one for one in found if one.number == number), None)
    if action is None:
        raise NotFound(what=f"remedial action {number} of {work.text('case')}")
    if outcome == WITHDRAWN:
        action_life.change_state(command, action, WITHDRAWN)
    elif outcome == CHANGED and wording:
        earlier = [*action.details.get("earlier_wordings", []), action.what]
        details = {**action.details, "earlier_wordings": earlier}
        actions.change(command.connection, action.id, {"what": str(wording), "details": details})
