"""Moving work that is under way to another policy, each piece only where nothing of it is lost (I-02)."""

from collections import Counter
from dataclasses import replace
from functools import partial

from engine.bpmn.runtime import stepper
from engine.bpmn.runtime.stepper import Step
from engine.bpmn.runtime.surroundings import Surroundings
from engine.errors import NotNow, StepFailed
from engine.service import instances
from engine.service.command import Command
from engine.service.stepping import MOVED, pass_on, step
from engine.store import instances as rows
from engine.store import tasks

MOST_REASONS = 20


def move_all(command: Command, number: int, apart_from: str) -> dict[str, int]:
    """Move every unfinished instance to deployment `number`, apart from one; give {"moved": n, "kept": n}.

    What cannot move keeps its policy. What had stayed by name with somebody who has left goes on as the new policy says
    (I-06). The log tells how many moved, and the reasons of those that did not.
    """
    reasons: Counter[str] = Counter()
    moved = 0
    for identifier in rows.unfinished_elsewhere(command.connection, number):
        if identifier == apart_from:
            continue
        try:
            move(command, identifier, number)
            moved += 1
        except (NotNow, StepFailed) as refusal:
            reasons[str(refusal.details["reason"])] += 1
    for task in tasks.with_leavers(command.connection):
        command.later(partial(pass_on, command, task))
    told = [{"reason": reason, "count": count} for reason, count in reasons.most_common(MOST_REASONS)]
    done = {"moved": moved, "kept": sum(reasons.values())}
    command.note("deployments", "work moved", {"number": number, **done, "reasons": told})
    return done


def move(command: Command, identifier: str, number: int) -> None:
    """Move one instance; NotNow with every reason why it cannot move, StepFailed when a moment cannot be reckoned."""
    found = instances.load(command, identifier)
    if found.status != rows.RUNNING:
        raise NotNow(doing="Moving this work", reason="an incident stopped it")
    before, after = command.deployment(found.deployment), command.deployment(number)
    later: list[tuple[str, str, str]] = []
    details = {"from": found.deployment, "to": number, "later": later}

    def work(_command: Command, surroundings: Surroundings) -> Step:
        left, moved = stepper.migrate(before, after, found.process, found.state, surroundings)
        later.extend(moved)
        return left

    step(command, replace(found, deployment=number), MOVED, details, work)
    rows.change_deployment(command.connection, identifier, number)
