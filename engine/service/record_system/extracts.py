"""What the record system says has changed: transfers, new workers, cases closed and reopened (I-09)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import Invalid, NotFound, NotNow
from engine.service import instances, notices
from engine.service.cases import closure
from engine.service.command import Command
from engine.service.engine import Engine
from engine.store import audits as audit_rows
from engine.store import cases, tasks

EVENTS = "extract_events"
NOTICES = "extract_notices"
STATUSES = (cases.OPEN, cases.CLOSED)
REOPENED, RESTRICTED = "reopened", "restricted"


@dataclass(frozen=True)
class CaseChange:
    """Facts of one case in an extract; None is a fact that the extract does not give."""

    case: str
    team: str | None = None
    social_worker: str | None = None
    status: str | None = None
    restricted: bool | None = None


def add_cases(engine: Engine, actor: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add cases that the record system knows (reference, service_area, team, social_worker, status, restricted).

    NotNow when one of them is known already, or comes twice; NotFound for an unknown team, Invalid for another status
    than open or closed.
    """

    def work(command: Command) -> None:
        _refuse_known(command, [str(row["reference"]) for row in rows])
        for row in rows:
            _refuse_facts(command, row["team"], row["status"])
        cases.add(command.connection, [{**row, "changed_at": command.now} for row in rows])
        command.note("cases", "added", {"count": len(rows)})

    engine.run(actor, work)


def _refuse_known(command: Command, references: Sequence[str]) -> None:
    known = cases.known(command.connection, references)
    taken = [one for one, times in Counter(references).items() if times > 1 or one in known]
    if taken:
        raise NotNow(doing=f"Adding case {taken[0]}", reason="a case with this reference is known already")


def apply(engine: Engine, actor: str, change: CaseChange) -> list[str]:
    """Take over the facts of one case and return what happened: moved, worker changed, restricted, closed, reopened.

    NotFound for an unknown case, team or person, Invalid for another status than open or closed. Open work follows
    the case the same day, its due dates unchanged (R-86).
    """
    return engine.run(actor, lambda command: take_over(command, change))


def _refuse_facts(command: Command, team: str | None, status: str | None) -> None:
    if team is not None and team not in command.directory.teams:
        raise NotFound(what=f"team {team}")
    if status not in (None, *STATUSES):
        raise Invalid({"status": [f"“{status}” is no status of a case. Write {' or '.join(STATUSES)}."]})


def take_over(command: Command, change: CaseChange) -> list[str]:
    """Take over the facts of one case as part of a command, and return what happened; as `apply`."""
    cases.hold(command.connection, change.case)
    before = cases.get(command.connection, change.case)
    _refuse_facts(command, change.team, change.status)
    if change.social_worker is not None and change.social_worker not in command.directory.people:
        raise NotFound(what=f"person {change.social_worker}")
    facts = {name: value for name, value in vars(change).items() if name != "case" and value is not None}
    changed = {name: value for name, value in facts.items() if getattr(before, name) != value}
    if not changed:
        return []
    if "team" in changed and "social_worker" not in changed:
        changed["social_worker"] = None
    cases.change(command.connection, change.case, {**changed, "changed_at": command.now})
    command.forget_case(change.case)
    command.note(f"case {change.case}", "extract", changed)
    return _consequences(command, before, changed)


def _consequences(command: Command, before: Any, changed: dict[str, Any]) -> list[str]:
    happened = []
    if "team" in changed:
        tasks.move_team(command.connection, before.reference, changed["team"])
        happened.append("moved")
    elif "social_worker" in changed:
        happened.append("worker changed")
    if "restricted" in changed:
        happened.append(RESTRICTED if changed["restricted"] else "no longer restricted")
    for one in happened:
        _tell(command, before.reference, one)
    if RESTRICTED in happened:
        _begin(command, before.reference, RESTRICTED)
    if "status" in changed:
        happened.append(_status_changed(command, before, str(changed["status"])))
    return happened


def _status_changed(command: Command, before: Any, status: str) -> str:
    shown = REOPENED if before.status == cases.CLOSED and status == cases.OPEN else status
    _begin(command, before.reference, shown)
    return shown


def _begin(command: Command, case: str, shown: str) -> None:
    certificates = audit_rows.certificates(command.connection, case)
    facts = {
        "status": shown,
        "cleared": any(row.withdrawn_at is None for row in certificates),
        "work_open": not closure.answer(command, case).allowed,
    }
    for row in command.collect(EVENTS, **facts):
        instances.begin(command, str(row["process"]), {"case": case})


def _tell(command: Command, case: str, happened: str) -> None:
    if not tasks.open_for_case(command.connection, case):
        return
    for row in command.collect(NOTICES, happened=happened):
        occasion = f"{case}:{row['notice']}:{command.now.isoformat()}"
        notices.send(command, str(row["to"]), str(row["notice"]), {"case": case}, occasion)
