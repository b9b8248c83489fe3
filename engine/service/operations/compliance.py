"""Service operations of post-audit compliance: three facts kept apart, the teams' lists (manual section 11)."""

from datetime import date
from functools import partial
from typing import Any

from engine.errors import NotNow
from engine.service import instances, notices
from engine.service.cases import compliance_lists
from engine.service.posts import people_at
from engine.service.registry import Operating, operation
from engine.service.stepping import receive
from engine.store import compliance
from engine.store import instances as instance_rows

STANDING = "compliance_standing"


@operation
def record_compliance(work: Operating) -> dict[str, Any]:
    """Record what the review found on each action: fulfilled, completed and authorised are three facts (DEC-4).

    Gives {"outstanding": n, "numbers": [action numbers]}.
    """
    rows = [_finding(work, row) for row in work.command.answers.get("findings") or []]
    compliance.add(work.command.connection, rows)
    numbers = sorted(row["action_number"] for row in rows if row["outstanding"])
    return {"outstanding": len(numbers), "numbers": numbers}


def _finding(work: Operating, row: dict[str, Any]) -> dict[str, Any]:
    command = work.command
    facts = {name: str(row[name]) for name in ("fulfilled", "completed", "authorised")}
    verdict = command.decide(STANDING, **facts)
    return {
        **facts,
        "instance": work.instance,
        "audit": work.text("audit"),
        "case_ref": work.text("case"),
        "action_number": int(row["action"]),
        "authorised_by": row.get("authorised_by"),
        "standing": str(verdict["standing"]),
        "outstanding": int(bool(verdict["outstanding"])),
        "details": {name: row[name] for name in ("evidence", "correction") if row.get(name)},
        "reviewer": command.actor,
        "reviewed_at": command.now,
    }


@operation
def record_compliance_cleared(work: Operating) -> None:
    """Record which outstanding actions were cleared, when and how; the review's findings stay beside it (R-123)."""
    for row in work.command.answers.get("cleared") or []:
        values = {"cleared_on": date.fromisoformat(row["done_on"]), "how_cleared": row["how_done"]}
        compliance.clear(work.command.connection, work.instance, int(row["action"]), values)


@operation
def assemble_compliance_list(work: Operating) -> dict[str, int]:
    """Count what the next list will tell. Gives {"reviews", "actions", "outstanding", "teams"}."""
    rows = compliance.not_listed(work.command.connection, work.command.now)
    return {
        "reviews": len({row.instance for row in rows}),
        "actions": len(rows),
        "outstanding": sum(row.outstanding for row in rows),
        "teams": len({_team(work, row) for row in rows}),
    }


@operation
def distribute_compliance_list(
    work: Operating, post: str, notice: str, copies: list[str], copy_notice: str, process: str, message: str
) -> None:
    """Send each team's list to `post`, with copies to the posts of `copies`, and tell every review on the list, an
    instance of `process`, by `message` (R-119 to R-122). A team sees the list of its present cases; what is sent is
    what was read, and a review recorded since the list was assembled waits for the next.
    """
    connection = work.command.connection
    by_team: dict[str | None, list[Any]] = {}
    for row in compliance_lists.assembled(work.command, work.instance):
        team = _team(work, row)
        compliance.put_on_list(connection, row.id, work.instance, team)
        by_team.setdefault(team, []).append(row)
    for team, rows in by_team.items():
        _tell(work, post, notice, team, rows[0].case_ref)
        for copied in copies:
            _tell(work, copied, copy_notice, team, rows[0].case_ref)
    for instance in dict.fromkeys(row.instance for rows in by_team.values() for row in rows):
        work.command.later(partial(_announce, work, instance, process, message))


def _team(work: Operating, row: Any) -> str | None:
    case = work.command.case(row.case_ref)
    return None if case is None else case.team


def _tell(work: Operating, post: str, notice: str, team: str | None, case: str) -> None:
    page = compliance_lists.path_of(team) if team is not None else None
    for person in people_at(work.command, post, {"case": case}):
        notices.write(work.command, person, notice, {"leads_to": page}, f"{work.instance}:{team}", team=team)


def _announce(work: Operating, instance: str, process: str, message: str) -> None:
    if instance_rows.get(work.command.connection, instance).process != process:
        return
    try:
        receive(work.command, instances.load(work.command, instance), message, {})
    except NotNow:
        return
