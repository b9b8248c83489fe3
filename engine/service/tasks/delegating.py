"""Passing work on: to somebody of its post, or of a post that stands in for it by stand_ins.dmn, with a note (I-06)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.domain.people import Person
from engine.errors import Invalid, NotNow
from engine.service import notices, rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.rights import About
from engine.service.tasks.open_tasks import lock_open
from engine.store import delegations, tasks

DELEGATE: Final = "delegate"
NOTICE: Final = "delegated"
LONGEST_NOTE: Final = 500


@dataclass(frozen=True)
class PassedOn:
    """Who passed a task on to whoever has it now, with what note."""

    by: str
    note: str
    at: datetime


@dataclass(frozen=True)
class Offer:
    """A task that somebody may pass on, and to whom."""

    task: Any
    candidates: tuple[Person, ...]


def offer(engine: Engine, person: str, task_id: str) -> Offer:
    """Return to whom `person` may pass a task on; NotFound, NotNow when it is closed, NotAllowed by rights.dmn."""

    def work(question: Question) -> Offer:
        task = question.once(tasks.get, task_id)
        if task.status != tasks.OPEN:
            raise NotNow(doing=f"Passing “{task.title}” on", reason="it is closed")
        rights.refuse(question, person, DELEGATE, task.title, task)
        return Offer(task, candidates(question, task, person))

    return engine.ask(work)


def may_delegate(question: Question, person: str, task: Any) -> bool:
    """Tell whether somebody may pass a task on and there is anybody who may have it."""
    is_theirs = task.status == tasks.OPEN and task.post is not None
    return (
        is_theirs
        and rights.reason_against(question, person, DELEGATE, task.title, task) is None
        and bool(candidates(question, task, person))
    )


def candidates(question: Question, task: Any, but: str) -> tuple[Person, ...]:
    """Return who may be given a task, in the order of its post and of those that stand in; none for work that is one
    person's and no post's. Nobody who is away, and nobody whom rights.dmn would not let complete it.
    """
    if task.post is None:
        return ()
    directory, posts = question.directory, question.posts
    chain = (task.post, *posts.chain(task.post))
    names = dict.fromkeys(name for post in chain for name in directory.appointed(posts, post, task.team))
    return tuple(
        directory.people[name]
        for name in names
        if name not in (but, task.assignee)
        and not directory.is_absent(name, question.today)
        and _may_complete(question, name, task)
    )


def colleagues(question: Question, rows: Iterable[Any], but: str) -> tuple[Person, ...]:
    """Return who might be given some of these tasks: whoever holds their posts, or stands in for them, and is here.

    Whether somebody may have one of them is asked when it is passed on.
    """
    directory, posts = question.directory, question.posts
    places = dict.fromkeys((row.post, row.team) for row in rows if row.post is not None)
    names = dict.fromkeys(
        name
        for post, team in places
        for one in (post, *posts.chain(post))
        for name in directory.appointed(posts, one, team)
    )
    return tuple(
        directory.people[name] for name in names if name != but and not directory.is_absent(name, question.today)
    )


def delegate(engine: Engine, person: str, task_id: str, to: str, note: str) -> None:
    """Pass a task on with a note, and tell whoever gets it.

    NotFound, NotNow when it is closed, NotAllowed by rights.dmn; Invalid for somebody who may not have it and for a
    note that is missing or longer than LONGEST_NOTE.
    """

    def work(command: Command) -> None:
        task = lock_open(command, task_id)
        rights.refuse(command, person, DELEGATE, task.title, task)
        words = note.strip()
        errors = {
            "to": None if to else "Choose who gets it.",
            "note": None if 0 < len(words) <= LONGEST_NOTE else f"Write why, in at most {LONGEST_NOTE} characters.",
        }
        if any(errors.values()):
            raise Invalid({name: [said] for name, said in errors.items() if said})
        pass_on(command, task, to, words)

    engine.run(person, work)


def pass_on(command: Command, task: Any, to: str, note: str) -> None:
    """Give an open task of a post to `to` in the open transaction; Invalid when they may not have it."""
    if all(one.username != to for one in candidates(command, task, but="")):
        raise Invalid(
            {"to": ["They may not have this task: they must hold its post, or stand in for it, and be here."]}
        )
    tasks.assign(command.connection, task.id, to)
    row = {"task": task.id, "given_by": command.actor, "given_to": to, "note": note, "at": command.now}
    delegations.add(command.connection, row)
    details = {"by": command.actor, "from": task.assignee, "to": to, "note": note}
    command.note(f"task {task.id}", "delegated", details)
    notices.tell(command, task, to, NOTICE, passed_on_by=command.directory.people[command.actor].name)


def passed_on(question: Question, rows: Iterable[Any]) -> Mapping[str, PassedOn]:
    """Return by task who passed it on to the person who has it now."""
    held = {row.id: row.assignee for row in rows if row.assignee is not None}
    found = delegations.last_of(question.connection, held)
    return {task: PassedOn(row.given_by, row.note, row.at) for task, row in found.items() if row.given_to == held[task]}


def _may_complete(question: Question, person: str, task: Any) -> bool:
    given = About(task.post, task.team, person, task.case_ref, task.audit, task.instance)
    return rights.reason_against(question, person, "complete", task.title, given) is None
