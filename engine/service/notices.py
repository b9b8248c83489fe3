"""Letters about a case: who gets them, and their texts from forms/notices. Never a child's name (I-11)."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.notices import AT_DELIVERY
from engine.domain.calendar import LONDON
from engine.service.command import Command
from engine.service.posts import people_at, task_holders
from engine.service.reminders import HOLDER
from engine.store import outbox

GIVEN = "task_given_to_you"


def send(command: Command, to: str, notice: str, data: Mapping[str, Any], dedup: str, **facts: object) -> None:
    """Write `notice` to everybody that the post or lane `to` means for the case in `data`, once each.

    `dedup` names the occasion: a second letter with the same occasion, notice and person is dropped.
    """
    for username in people_at(command, to, data):
        write(command, username, notice, data, dedup, **facts)


def remind(command: Command, task: Any, notice: str, to: str) -> None:
    """Write a reminder, an overdue notice or an escalation about an open task."""
    data = {"case": task.case_ref, "audit": task.audit}
    names = task_holders(command, task) if to == HOLDER else people_at(command, to, data)
    for username in names:
        tell(command, task, username, notice)


def tell(command: Command, task: Any, username: str, notice: str, *, once_a_day: bool = False, **facts: object) -> None:
    """Write a notice about an open task to one person; `once_a_day` drops a second one on the same day."""
    occasion = command.today.isoformat() if once_a_day else command.now.isoformat()
    data = {"case": task.case_ref, "audit": task.audit}
    write(command, username, notice, data, f"{task.id}:{occasion}", title=task.title, due=_day(task.due), **facts)


def tell_new_holder(command: Command, task: Any, username: str) -> None:
    """Write to whom somebody else has given an open task."""
    facts = {"title": task.title, "due": _day(task.due), "changed_by": _name(command, command.actor)}
    occasion = f"{task.id}:{command.now.isoformat()}"
    write(command, username, GIVEN, {"case": task.case_ref, "audit": task.audit}, occasion, **facts)


def write(command: Command, username: str, notice: str, data: Mapping[str, Any], dedup: str, **facts: object) -> None:
    """Put one letter into the outbox of the open transaction.

    It leads to the page of the `case` in `data`, or to the page with the address `leads_to`, below that of all pages.
    """
    case = data.get("case")
    later = {name: f"{{{name}}}" for name in AT_DELIVERY}
    known = {**later, "case": case, "recipient": _name(command, username), **_people(command, data), **facts}
    subject, body = command.policy.notice(notice).fill(known)
    command.post(
        {
            "dedup_key": f"{dedup}:{notice}:{username}",
            "person": username,
            "notice": notice,
            "case_ref": case,
            "page": data.get("leads_to"),
            "subject": subject,
            "body": body,
            "created_at": command.now,
            "status": outbox.WAITING,
            "tries": 0,
            "next_try": command.now,
        }
    )


def _people(command: Command, data: Mapping[str, Any]) -> dict[str, str]:
    auditor = data.get("auditor")
    return {"auditor_name": _name(command, str(auditor))} if auditor else {}


def _name(command: Command, username: str) -> str:
    person = command.directory.people.get(username)
    return username if person is None else person.name


def _day(moment: Any) -> str | None:
    return None if moment is None else f"{moment.astimezone(LONDON):%-d %B %Y}"
