"""Service operations that move work along: letters, further processes, messages and allocation."""

from functools import partial
from typing import Any

from engine.errors import NotNow, StepFailed
from engine.service import instances, notices
from engine.service.registry import Operating, operation, repeatable, skippable
from engine.service.stepping import receive
from engine.store import audits, help_threads, tasks
from engine.store import instances as instance_rows


@repeatable
@skippable
@operation
def notify(work: Operating, to: str, notice: str) -> None:
    """Write the notice to whoever the post or lane means for this case today, stand-ins included."""
    occasion = f"{work.instance}:{work.command.now.isoformat()}"
    notices.send(work.command, to, notice, work.data, occasion)


@operation
def start_process(work: Operating, process: str, **facts: object) -> str:
    """Begin a process about the same case and audit, with further facts; give the id of its instance."""
    if process not in work.command.policy.processes:
        raise StepFailed(process="A process", element="start_process", reason=f"there is no process “{process}”")
    identifier = instances.new_id()
    shared = {name: work.data[name] for name in ("case", "audit", "cycle", "auditor") if name in work.data}
    begin = partial(
        instances.begin, work.command, process, {**shared, **facts}, identifier=identifier, parent=work.instance
    )
    work.command.later(begin)
    return identifier


@operation
def start_for_each_audit(work: Operating, process: str, audits: list[dict[str, str]]) -> int:
    """Begin a process about the same case for each of `audits` ({"audit", "auditor"}); give how many."""
    for facts in audits:
        start_process(work, process, **facts)
    return len(audits)


@operation
def send_message(
    work: Operating, message: str, to: str | None = None, process: str | None = None, **payload: object
) -> None:
    """Send a message to one instance (`to`), which must wait for it, or to every instance of `process` about the
    same case that does, and never to one about another audit of it.
    """
    if process is None:
        if to is None:
            raise StepFailed(
                process="send_message", element=message, reason="it says neither to whom nor which process"
            )
        work.command.later(partial(deliver, work, to, message, payload))
    else:
        work.command.later(partial(_broadcast, work, process, message, payload))


def deliver(work: Operating, to: str, message: str, payload: dict[str, Any]) -> None:
    """Send a message to one instance in this transaction; NotNow when it does not wait for it."""
    # What was due there before comes first, so that no lateness goes unrecorded.
    found = instances.catch_up(work.command, instances.load(work.command, to))
    receive(work.command, found, message, payload)


def _broadcast(work: Operating, process: str, message: str, payload: dict[str, Any]) -> None:
    connection = work.command.connection
    for found in instance_rows.waiting_for_case(connection, process, work.text("case"), work.data.get("audit")):
        if found != work.instance:
            try:
                deliver(work, found, message, payload)
            except NotNow:
                continue


@operation
def allocate(work: Operating, post: str, exclude: list[str] | None = None, review: bool = True) -> str | None:
    """Give the username of the present holder of `post` with the least open work who may review this audit.

    Never chosen are those in `exclude`, the audit's auditors, its earlier reviewers, for a review those who helped
    with it, and anybody with a conflict (R-30, R-77, R-110, DEC-12). None when nobody is left. With `review` False it
    is no quality assurance of the audit, and whoever does it may still review it.
    """
    command = work.command
    helpers = help_threads.helpers_of(command.connection, work.text("audit")) if review else set()
    barred = {*(exclude or ()), *_involved(work), *helpers}
    present = [name for name in command.holders(post, None) if name not in barred]
    load = tasks.open_load(command.connection, present)
    chosen = min(present, key=lambda name: (load[name], name), default=None)
    if chosen is not None and review:
        given = {"audit": work.text("audit"), "instance": work.instance, "reviewer": chosen, "at": command.now}
        audits.add_review(command.connection, given)
    return chosen


def _involved(work: Operating) -> set[str]:
    connection, audit = work.command.connection, work.text("audit")
    reviewers = {row.reviewer for row in audits.reviews_of(connection, audit)}
    return reviewers | audits.holders_of(connection, audit)
