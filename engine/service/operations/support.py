"""Service operations of recommendations, help with an audit and difficulties (manual sections 6, 8 and 9; M18, M19)."""

from typing import Any

from engine.service.registry import Operating, operation
from engine.store import difficulties, help_threads, recommendations

RESPONSES = ("response_given", "meeting_said")


@operation
def record_recommendation(work: Operating, state: str) -> str:
    """Record where a recommendation stands, and what was answered to it (R-34, R-35). Gives the username of whoever
    made it.
    """
    command = work.command
    known = recommendations.find(command.connection, work.instance)
    if known is None:
        recommendations.add(command.connection, _made(work, state))
        return command.actor
    outcome = next((command.answers[name] for name in RESPONSES if name in command.answers), None)
    closed = {"state": state, "outcome": outcome, "closed_by": command.actor, "closed_at": command.now}
    recommendations.change(command.connection, work.instance, closed)
    return str(known.made_by)


def _made(work: Operating, state: str) -> dict[str, Any]:
    return {
        "instance": work.instance,
        "case_ref": work.data.get("case"),
        "audit": work.data.get("audit"),
        "kind": work.text("recommendation_kind"),
        "weight": work.command.answers.get("recommended_weight"),
        "state": state,
        "made_by": work.command.actor,
        "made_at": work.command.now,
    }


@operation
def record_help(work: Operating) -> None:
    """Record who answered a request for help: from now on they do not review this audit (R-77)."""
    thread = {"instance": work.instance, "case_ref": work.data.get("case"), "audit": work.text("audit")}
    answered = {"helper": work.command.actor, "answered_at": work.command.now}
    help_threads.add(work.command.connection, {**thread, **answered})


@operation
def record_difficulty(work: Operating) -> str:
    """Record a difficulty with doing audits, of one audit or of none (R-67). Gives the username of whoever tells it."""
    command = work.command
    difficulties.add(
        command.connection,
        {
            "instance": work.instance,
            "case_ref": work.data.get("case"),
            "audit": work.data.get("audit"),
            "kind": command.answers.get("difficulty_kind"),
            "occurs": command.answers.get("difficulty_when"),
            "told_by": command.actor,
            "told_at": command.now,
        },
    )
    return command.actor
