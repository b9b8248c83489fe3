"""Service operations about restricted records: open work goes away from who is not cleared for them (I-16)."""

from functools import partial
from typing import Any

from engine.errors import NotNow
from engine.service import restricted
from engine.service.operations.work import deliver
from engine.service.registry import Operating, operation
from engine.store import tasks

DOING = "complete"


@operation
def withdraw_from_uncleared(work: Operating, message: str, process: str) -> dict[str, int]:
    """Take the open tasks about the case away from people whom restricted_records.dmn bars from them: an instance of
    `process` gets the message, any other task goes back to its post, and one that has no post stays.

    Gives {"told": how many instances, "given_back": how many tasks, "left": how many stay with who is not cleared}.
    """
    counts = {"told": 0, "given_back": 0, "left": 0}
    for task in _barred(work):
        if task.process == process:
            work.command.later(partial(_tell, work, task.instance, message))
            counts["told"] += 1
        elif task.post is not None:
            _give_back(work, task)
            counts["given_back"] += 1
        else:
            counts["left"] += 1
    if any(counts.values()):
        work.command.note(f"case {work.text('case')}", "withdrawn from uncleared", counts)
    return counts


def _barred(work: Operating) -> list[Any]:
    command, case = work.command, work.command.case(work.text("case"))
    named = [one for one in tasks.open_for_case(command.connection, case.reference) if one.assignee is not None]
    return [one for one in named if restricted.reason_against(command, one.assignee, DOING, one.title, case)]


def _tell(work: Operating, instance: str, message: str) -> None:
    try:
        deliver(work, instance, message, {})
    except NotNow:
        # What was due there came first, and the work is no longer with the person.
        return


def _give_back(work: Operating, task: Any) -> None:
    tasks.assign(work.command.connection, task.id, None)
    work.command.note(f"task {task.id}", "given back", {"from": task.assignee, "reason": "restricted record"})
