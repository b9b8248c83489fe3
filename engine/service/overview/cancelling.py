"""Cancelling a piece of work: by whom rights.dmn names, where cancellation.dmn lets it, with a reason and on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import Invalid, NotAllowed, NotNow
from engine.service import instances, notices, rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.overview import seeing
from engine.service.posts import task_holders
from engine.service.rights import About
from engine.store import audits, incidents, tasks
from engine.store import instances as rows

CANCELLING, TABLE, NOTICE = "cancel work", "cancellation", "work_cancelled"
LONGEST_REASON: Final = 2_000
_ENDED: Final = "it has ended"


@dataclass(frozen=True)
class CancelPage:
    """An instance (its row) that may be cancelled, what it is `about`, its process's name, its open tasks by title with
    who is told, the names of the processes that end with it, and the state in which its audit is left ("" for none).
    """

    row: Any
    about: str
    name: str
    told: Mapping[str, tuple[str, ...]]
    along: tuple[str, ...]
    audit_state: str


def page_of(engine: Engine, person: str, identifier: str) -> CancelPage:
    """Return what cancelling an instance does.

    NotFound, NotAllowed by rights.dmn, NotNow by cancellation.dmn or when it has ended.
    """

    def work(question: Question) -> CancelPage:
        seeing.refuse(question, person)
        row = instances.get_row(question, identifier)
        _refuse(question, person, row)
        along = _along(question, row)
        open_rows = [task for one in (row, *along) for task in _open(question, one.id)]
        return CancelPage(
            row=row,
            about=seeing.about(question, person, row),
            name=_name(question, row),
            told={task.title: _names(question, task_holders(question, task)) for task in open_rows},
            along=tuple(_name(question, one) for one in along),
            audit_state=str(_verdict(question, row)["audit_state"]),
        )

    return engine.ask(work)


def may_cancel(question: Question, person: str, row: Any) -> bool:
    """Tell whether `person` may cancel the instance of a row now."""
    return (
        rights.reason_against(question, person, CANCELLING, row.process, _about(row)) is None
        and reason_against_ending(question, row) is None
    )


def cancel(engine: Engine, person: str, identifier: str, reason: str) -> None:
    """End an unfinished instance, and what ends with it: open tasks are withdrawn, their holders told by a letter.

    What was due before is done first, so that lateness is on record; an instance that an incident stopped ends where it
    stands, and its incidents are settled. NotFound, NotAllowed by rights.dmn, NotNow by cancellation.dmn or when it has
    ended, Invalid without a reason.
    """

    def work(command: Command) -> None:
        found = instances.load(command, identifier)
        _refuse(command, person, instances.get_row(command, identifier))
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            raise Invalid({"reason": [f"Say why this is cancelled, in at most {LONGEST_REASON:,} characters."]})
        if found.status == rows.RUNNING:
            instances.catch_up(command, found)
        row = instances.get_row(command, identifier)
        _refuse(command, person, row)
        _end_whole(command, row, reason.strip(), rows.CANCELLED)

    engine.run(person, work)


def give_up(command: Command, identifier: str, reason: str) -> None:
    """End an instance that an incident stopped just as cancelling ends it, in the open transaction, and settle its
    incidents. NotNow by cancellation.dmn or when it has ended.
    """
    instances.load(command, identifier)
    row = instances.get_row(command, identifier)
    against = reason_against_ending(command, row)
    if against is not None:
        raise NotNow(doing="Giving this work up", reason=against)
    _end_whole(command, row, reason.strip(), rows.GIVEN_UP)


def reason_against_ending(question: Question, row: Any) -> str | None:
    """Return why the instance of a row may not end where it stands, None when cancellation.dmn lets it."""
    if row.status not in rows.UNFINISHED:
        return _ENDED
    verdict = _verdict(question, row)
    if verdict.get("allowed") is True:
        return None
    return str(verdict.get("reason", "the policy in force does not speak of it"))


def _end_whole(command: Command, row: Any, reason: str, status: str) -> None:
    """End an instance, and with it what goes along and the state of its audit."""
    state = str(_verdict(command, row)["audit_state"])
    for one in _along(command, row):
        _end(command, one.id, reason, status, {"with": row.id})
    _end(command, row.id, reason, status, {"audit_state": state} if state else {})
    if state:
        audits.end_holding(command.connection, row.audit, command.now, state)
        audits.change(command.connection, row.audit, {"state": state})
        command.note(f"case {row.case_ref}", f"audit {status}", {"audit": row.audit, "state": state})


def _end(command: Command, identifier: str, reason: str, status: str, details: Mapping[str, str]) -> None:
    for task in _open(command, identifier):
        _tell(command, task)
    instances.end(command, instances.load(command, identifier), reason, status, details)
    for incident in incidents.open_incidents(command.connection, identifier):
        incidents.settle(command.connection, incident.id, command.actor, command.now)
        command.note(f"incident {incident.id}", status, {"by": command.actor, "reason": reason, "instance": identifier})


def _tell(command: Command, task: Any) -> None:
    by = _names(command, (command.actor,))[0]
    data = {"case": task.case_ref, "audit": task.audit}
    for username in task_holders(command, task):
        if username != command.actor:
            occasion = f"{task.id}:{rows.CANCELLED}"
            notices.write(command, username, NOTICE, data, occasion, title=task.title, changed_by=by)


def _refuse(question: Question, person: str, row: Any) -> None:
    reason = rights.reason_against(question, person, CANCELLING, row.process, _about(row))
    if reason is not None:
        raise NotAllowed(doing="cancel this work", reason=reason)
    against = reason_against_ending(question, row)
    if against is not None:
        raise NotNow(doing="Cancelling this work", reason=against)


def _verdict(question: Question, row: Any) -> Mapping[str, Any]:
    """Return the answer of cancellation.dmn about an instance, {} under a policy without that table."""
    if TABLE not in question.policy.decisions:
        return {}
    audit = question.once(audits.get, row.audit) if row.audit is not None else None
    return question.decide(
        TABLE,
        process=row.process,
        authorised=audit is not None and audit.authorised_at is not None,
        alongside=[one.process for one in _unfinished_of_case(question, row.case_ref) if one.id != row.id],
    )


def _unfinished_of_case(question: Question, case: str | None) -> list[Any]:
    return [] if case is None else rows.unfinished_of_case(question.connection, case)


def _along(question: Question, row: Any) -> list[Any]:
    """Return the unfinished instances about the audit of a row that end with it; none when its own state is kept."""
    if not _verdict(question, row).get("audit_state"):
        return []
    others = (one for one in _unfinished_of_case(question, row.case_ref) if one.audit == row.audit and one.id != row.id)
    return [one for one in others if _verdict(question, one).get("goes_along") is True]


def _open(question: Question, identifier: str) -> list[Any]:
    return [one for one in tasks.of_instance(question.connection, identifier) if one.status == tasks.OPEN]


def _name(question: Question, row: Any) -> str:
    return question.deployment(row.deployment).definition(row.process).name


def _names(question: Question, usernames: tuple[str, ...]) -> tuple[str, ...]:
    people = question.directory.people
    return tuple(people[one].name if one in people else one for one in usernames)


def _about(row: Any) -> About:
    return About(case_ref=row.case_ref, audit=row.audit, instance=row.id)
