"""What those with the right do to work that stands: more time for a task, another holder, back to an earlier task.

Each asks rights.dmn, wants a reason, and leaves its event. Nothing here shortens a due date or passes over a step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.bpmn.runtime import interventions as runtime
from engine.bpmn.runtime.stepper import Step
from engine.bpmn.runtime.surroundings import Surroundings
from engine.domain.calendar import local_day
from engine.errors import Invalid, NotAllowed, NotNow
from engine.service import instances, notices, rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.instance import Instance
from engine.service.overview import seeing
from engine.service.registry import repeatable_operations
from engine.service.rights import About
from engine.service.stepping import EXTENDED, MOVED_BACK, step
from engine.store import tasks
from engine.store.instances import RUNNING

EXTENDING, REASSIGNING, MOVING = "extend due date", "reassign task", "move work back"
LONGEST_REASON = 2_000
_IN_WORDS = {
    EXTENDING: "give this task more time",
    REASSIGNING: "give this task to somebody else",
    MOVING: "move this work back",
}


@dataclass(frozen=True)
class Possible:
    """What a person may do to an instance now: tasks to extend and to reassign by id, each with who may have it, and
    the earlier tasks to which it may be moved back by element, all with what they are called.
    """

    extend: Mapping[str, str]
    reassign: Mapping[str, Mapping[str, str]]
    back: Mapping[str, str]

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.extend or self.reassign or self.back)


@dataclass(frozen=True)
class ChangePage:
    """An instance (its row), what it is `about`, its process's name, its open tasks by id, and what the reader may
    do to them.
    """

    row: Any
    about: str
    name: str
    tasks: Mapping[str, Any]
    possible: Possible


def page_of(engine: Engine, person: str, identifier: str) -> ChangePage:
    """Return what somebody may do to an instance. NotFound, NotAllowed by rights.dmn when they may not see it."""

    def work(question: Question) -> ChangePage:
        seeing.refuse(question, person)
        row = instances.get_row(question, identifier)
        name = question.deployment(row.deployment).definition(row.process).name
        open_tasks = {one.id: one for one in _open_rows(question, row)}
        about = seeing.about(question, person, row)
        return ChangePage(row, about, name, open_tasks, possible_in(question, person, row))

    return engine.ask(work)


def _open_rows(question: Question, row: Any) -> list[Any]:
    return [one for one in tasks.of_instance(question.connection, row.id) if one.status == tasks.OPEN]


def possible_in(question: Question, person: str, row: Any) -> Possible:
    """Return what `person` may do to the instance of a row; nothing while an incident stops it."""
    rows = _open_rows(question, row) if row.status == RUNNING else []
    return Possible(
        extend={one.id: one.title for one in rows if one.due is not None and _may(question, person, EXTENDING, one)},
        reassign={
            one.id: candidates
            for one in rows
            if _may(question, person, REASSIGNING, one) and (candidates := _candidates(question, one))
        },
        back=_places_back(question, row) if rows and _may(question, person, MOVING, row) else {},
    )


def extend(engine: Engine, person: str, task_id: str, day: date | None, reason: str) -> None:
    """Give a task until the end of a later working day; its reminders and the timers that run out with it move too.

    NotFound, NotAllowed by rights.dmn, NotNow when it is closed, Invalid without a reason or a later working day.
    """

    def work(command: Command) -> None:
        task = _open_task(command, EXTENDING, task_id)
        due = _later(command, task, day, reason)
        found = _caught_up(command, task.instance)
        moved: list[tuple[str, str, str]] = []

        def extending(command: Command, surroundings: Surroundings) -> Step:
            deployment = command.deployment(found.deployment)
            left, later = runtime.extend(deployment, found.process, found.state, task.key, due, surroundings)
            moved.extend(later)
            return left

        step(command, found, EXTENDED, {"task": task.id, "reason": reason.strip(), "moved": moved}, extending)

    engine.run(person, work)


def reassign(engine: Engine, person: str, task_id: str, to: str, reason: str) -> None:
    """Give a task of a post to one colleague of that post.

    NotFound, NotAllowed by rights.dmn, NotNow when it is closed or belongs to a person by name, Invalid without a
    reason or for somebody who may not have it.
    """

    def work(command: Command) -> None:
        task = _open_task(command, REASSIGNING, task_id)
        errors = _reason_missing(reason)
        if to not in _candidates(command, task):
            errors["to"] = ["Choose somebody of the same post who may do this task."]
        if errors:
            raise Invalid(errors)
        tasks.assign(command.connection, task.id, to)
        notices.tell_new_holder(command, task, to)
        details = {"from": task.assignee, "to": to, "reason": reason.strip(), "instance": task.instance}
        command.note(f"task {task.id}", "reassigned", details)

    engine.run(person, work)


def move_back(engine: Engine, person: str, identifier: str, element: str, reason: str) -> None:
    """Let an instance wait at an earlier task again; what waits now is withdrawn, and what lies between done again.

    NotFound, NotAllowed by rights.dmn, NotNow when it may not go back there, Invalid without a reason.
    """

    def work(command: Command) -> None:
        row = instances.get_row(command, identifier)
        _refuse(command, MOVING, row)
        errors = _reason_missing(reason)
        if errors:
            raise Invalid(errors)
        found = _caught_up(command, identifier)
        details = {"to": element, "from": list(found.tokens), "reason": reason.strip()}
        step(command, found, MOVED_BACK, details, _back_to(found, element))

    engine.run(person, work)


def _caught_up(command: Command, identifier: str) -> Instance:
    """Return an instance with all done that was due; NotNow when it does not run."""
    found = instances.load(command, identifier)
    if found.status != RUNNING:
        raise NotNow(doing="Changing how this work stands", reason="it has ended, or an incident stopped it")
    return instances.catch_up(command, found)


def _back_to(found: Instance, element: str) -> Any:
    def moving(command: Command, surroundings: Surroundings) -> Step:
        deployment = command.deployment(found.deployment)
        again = repeatable_operations()
        return runtime.move_back(deployment, found.process, found.state, element, again, surroundings)

    return moving


def _places_back(question: Question, row: Any) -> dict[str, str]:
    deployment = question.deployment(row.deployment)
    surroundings = Surroundings(question.moment, question.functions(deployment), {})
    names = runtime.places_back(deployment, row.process, row.state, repeatable_operations(), surroundings)
    return {name: deployment.definition(row.process).elements[name].name for name in names}


def _refuse(command: Command, doing: str, about: Any) -> None:
    reason = rights.reason_against(command, command.actor, doing, about.process, _about(about))
    if reason is not None:
        raise NotAllowed(doing=_IN_WORDS[doing], reason=reason)


def _may(question: Question, person: str, doing: str, about: Any) -> bool:
    return rights.reason_against(question, person, doing, about.process, _about(about)) is None


def _about(row: Any) -> About:
    instance = row.instance if hasattr(row, "instance") else row.id
    return About(case_ref=row.case_ref, audit=row.audit, instance=instance)


def _open_task(command: Command, doing: str, task_id: str) -> Any:
    task = tasks.lock(command.connection, task_id)
    _refuse(command, doing, task)
    if task.status != tasks.OPEN:
        raise NotNow(doing=f"Changing “{task.title}”", reason="it was completed or withdrawn")
    if doing == REASSIGNING and task.post is None:
        reason = "the policy gives it to one person by name, and has its own way to give it to another"
        raise NotNow(doing=f"Reassigning “{task.title}”", reason=reason)
    return task


def _candidates(question: Question, task: Any) -> dict[str, str]:
    """Return who of the post may do a task of it, by username with the name; nobody for a task of a named person."""
    if task.post is None:
        return {}
    held = set(question.holders(task.post, task.team))
    colleagues = (one for one in question.directory.people.values() if one.post == task.post or one.username in held)
    return {
        one.username: one.name
        for one in colleagues
        if one.active and one.username != task.assignee and _fits(question, task, one)
    }


def _fits(question: Question, task: Any, person: Any) -> bool:
    about = About(assignee=person.username, case_ref=task.case_ref, audit=task.audit, instance=task.instance)
    return rights.reason_against(question, person.username, "complete", task.title, about) is None


def _later(command: Command, task: Any, day: date | None, reason: str) -> datetime:
    errors = _reason_missing(reason)
    due = None if day is None else command.calendar.due(day, 0)
    if task.due is None:
        raise NotNow(doing=f"Giving “{task.title}” more time", reason="it has no due date")
    if day is None or due is None or due <= max(task.due, command.now):
        errors["day"] = [f"Enter a day after {max(local_day(task.due), command.today):%-d %B %Y}."]
    elif command.calendar.roll_forward(day) != day:
        errors["day"] = ["Enter a working day."]
    if errors or due is None:
        raise Invalid(errors)
    return due


def _reason_missing(reason: str) -> dict[str, list[str]]:
    if 0 < len(reason.strip()) <= LONGEST_REASON:
        return {}
    return {"reason": [f"Say why, in at most {LONGEST_REASON:,} characters."]}
