"""The life of a remedial action (M6). Its states stand in action_states.dmn, who may do what in rights.dmn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.domain.calendar import local_day
from engine.errors import Invalid, NotFound, NotNow, TooLarge
from engine.service import notices, rights
from engine.service.cases import closure
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.store import actions, audits, tasks

STATES = "action_states"
WORK_SHARE = "work_share"
ACTIVITY = actions.ACTIVITY_FORM
LONGEST_TEXT = 10_000


def change_state(command: Command, action: Any, event: str, **values: object) -> str:
    """Let `event` happen to a remedial action and return its next state; NotNow where the table allows none."""
    action = actions.lock(command.connection, action.id)
    row = command.decide(STATES, state=action.state, event=event)
    if row.get("next_state") is None:
        raise NotNow(doing=f"Remedial action {action.number}", reason=str(row.get("reason")))
    actions.change(command.connection, action.id, {"state": row["next_state"], **values})
    details = {"action": action.number, "audit": action.audit, "event": event, "state": row["next_state"]}
    command.note(f"case {action.case_ref}", "remedial action", details)
    return str(row["next_state"])


def allows(question: Question, action: Any, event: str) -> bool:
    """Tell whether `event` may happen to a remedial action in its present state."""
    return question.decide(STATES, state=action.state, event=event).get("next_state") is not None


def sign_off(engine: Engine, actor: str, action: int, evidence: str = "") -> None:
    """Sign off a remedial action as completed (R-90).

    NotAllowed unless `actor` answers for its open activity, NotNow in another state, TooLarge above 10,000 characters.
    """
    engine.run(actor, lambda command: _sign_off(command, action, _written(evidence)))


def _sign_off(command: Command, identifier: int, evidence: str) -> None:
    action = actions.lock(command.connection, identifier)
    _authorise(command, action, "sign off")
    change_state(
        command,
        action,
        "signed off",
        completed_at=command.now,
        completed_by=command.actor,
        work=[*action.work, _line(command, evidence)] if evidence else action.work,
    )


def record_work(engine: Engine, actor: str, action: int, what: str) -> None:
    """Record work done on a remedial action; the social worker may, and signs nothing off (R-89).

    Invalid when nothing is said, otherwise as `sign_off`.
    """
    if not what.strip():
        raise Invalid({"what": ["Say what was done."]})
    engine.run(actor, lambda command: _record_work(command, action, _written(what)))


def _record_work(command: Command, identifier: int, what: str) -> None:
    action = actions.lock(command.connection, identifier)
    _authorise(command, action, "record work")
    change_state(command, action, "work recorded", work=[*action.work, _line(command, what)])


def _written(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise TooLarge(what="The text", size=f"{len(text):,} characters", limit=f"{LONGEST_TEXT:,}")
    return text.strip()


def _line(command: Command, what: str) -> dict[str, str]:
    return {"by": command.actor, "at": command.now.isoformat(), "what": what}


def _authorise(command: Command, action: Any, doing: str) -> None:
    task = activity(command, action)
    rights.refuse(command, command.actor, doing, task.title, task)


def activity(question: Question, action: Any) -> Any:
    """Return the open task in which the action's audit is remedied; NotNow when there is none."""
    audit = question.once(audits.get, action.audit)
    for task in tasks.open_for_case(question.connection, audit.case_ref):
        if task.audit == action.audit and task.form == ACTIVITY:
            return task
    raise NotNow(doing=f"Remedial action {action.number}", reason="its activity is not open")


def by_number(question: Question, case: str, number: int) -> Any:
    """Return remedial action `number` of the newest audit of `case` that has it; NotFound."""
    found = [row for row in actions.of_case(question.connection, case) if row.number == number]
    if not found:
        raise NotFound(what=f"remedial action {number} of {case}")
    return found[-1]


def worker(question: Question, action: Any) -> str | None:
    """Return with whom the work on an action is: the case's social worker, or the Practice Manager when the
    social worker is away for a significant part of the time available (R-96, work_share.dmn).
    """
    case = question.case(action.case_ref)
    if case is None:
        return None
    team = question.directory.teams.get(case.team)
    answer = question.decide(WORK_SHARE, absent_share=_absent_share(question, action, case.social_worker))
    people = {"social_worker": case.social_worker, "practice_manager": team.practice_manager if team else None}
    chosen: str | None = people.get(str(answer.get("worker"))) or people["practice_manager"]
    return chosen


def _absent_share(question: Question, action: Any, social_worker: str | None) -> float:
    window = _window(question, action)
    if window is None or social_worker is None:
        return 0.0 if social_worker is not None else 1.0
    return question.directory.absent_share(social_worker, *window)


def _window(question: Question, action: Any) -> tuple[date, date] | None:
    try:
        task = activity(question, action)
    except NotNow:
        return None
    return (local_day(task.opened_at), local_day(task.due)) if task.due is not None else None


def tell_of_absence(command: Command, username: str) -> None:
    """Tell social worker and Practice Manager about actions whose work has passed over because of an absence."""
    for action in closure.unsettled(command, "action", actions.of_worker(command.connection, username)):
        now_with = worker(command, action)
        if now_with is not None and now_with != username:
            data: Mapping[str, Any] = {"case": action.case_ref, "audit": action.audit}
            occasion = f"{action.audit}:work:{now_with}"
            for person in (username, now_with):
                notices.write(command, person, "work_passed_to_practice_manager", data, occasion)
