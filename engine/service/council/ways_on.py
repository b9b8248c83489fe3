"""How a task that is one person's by name goes to somebody else: as its diagram says when that person leaves, or by the
acts that the policy in force allows, and no other (I-06, R-64). They are read off the diagrams, posts.dmn, rights.dmn
and cancellation.dmn.
"""

from dataclasses import dataclass
from typing import Any

from engine.service import instances, rights
from engine.service.command import Question
from engine.service.council import open_work
from engine.service.overview import cancelling
from engine.service.overview.cancelling import CANCELLING
from engine.service.posts import people_at, task_holders
from engine.service.tasks import beginning
from engine.service.tasks.starting import facts_about
from engine.store import tasks


@dataclass(frozen=True)
class Request:
    """A process that takes the task away when it is granted: the title of its form, the names of who may begin it about
    this work, whether that is the holder of the task alone, and whether the reader may.
    """

    process: str
    title: str
    by: tuple[str, ...]
    own: bool
    mine: bool


@dataclass(frozen=True)
class Waiting:
    """A task of a request that was begun already, with the names of who has it."""

    title: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Cancelling:
    """The posts that may cancel the work, the names of who holds them today, and whether the reader may."""

    posts: tuple[str, ...]
    by: tuple[str, ...]
    mine: bool


@dataclass(frozen=True)
class Next:
    """A task that comes when the person of another has left: its title, its post, and the names of who has that post
    then.
    """

    title: str
    post: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A task (its row) that is one person's by name, and what may be done so that it is theirs no more.

    `onward` is what comes instead of it when they leave: () when nothing does and it ends, None when its diagram does
    not say and it stays theirs.
    """

    task: Any
    onward: tuple[Next, ...] | None
    requests: tuple[Request, ...]
    waiting: tuple[Waiting, ...]
    cancelling: Cancelling | None


def of_task(question: Question, reader: str, task: Any) -> Named:
    """Return a task with what may be done about it, and by whom."""
    row = instances.get_row(question, task.instance)
    processes = question.deployment(row.deployment).taking_away(row.process, task.element)
    waiting = _waiting(question, task, processes)
    asked = () if waiting else tuple(_request(question, reader, task, one) for one in _startable(question, processes))
    return Named(task, _onward(question, task, row), asked, waiting, _cancelling(question, reader, row))


def _onward(question: Question, task: Any, row: Any) -> tuple[Next, ...] | None:
    message = question.posts.rule(task.lane).message
    deployment = question.deployment(row.deployment)
    event = None if message is None else deployment.ended_by(row.process, task.element, message)
    if event is None:
        return None
    steps = deployment.following(row.process, event)
    return tuple(Next(one.name, one.lane or "", _then(question, task, one.lane or "")) for one in steps)


def _then(question: Question, task: Any, post: str) -> tuple[str, ...]:
    case = question.case(task.case_ref) if task.case_ref is not None else None
    team = case.team if case is not None and question.posts.rule(post).holder in ("team", "case") else None
    after = open_work.without(question.directory, task.assignee)
    return _names(question, after.holders(question.posts, post, team, question.today))


def _startable(question: Question, processes: tuple[str, ...]) -> tuple[str, ...]:
    known = question.policy.processes
    return tuple(one for one in processes if one in known and known[one].start.form is not None)


def _request(question: Question, reader: str, task: Any, process: str) -> Request:
    start = question.policy.definition(process).start
    facts = facts_about(question, task.case_ref, task.audit)
    by = people_at(question, start.lane or "", facts)
    return Request(
        process,
        question.policy.form(str(start.form)).title,
        _names(question, by),
        by == (task.assignee,),
        beginning.reason_against(question, reader, process, facts) is None,
    )


def _waiting(question: Question, task: Any, processes: tuple[str, ...]) -> tuple[Waiting, ...]:
    rows = tasks.open_for_case(question.connection, task.case_ref) if task.case_ref is not None else []
    asked = [one for one in rows if one.process in processes and one.audit == task.audit]
    return tuple(Waiting(one.title, _names(question, task_holders(question, one))) for one in asked)


def _cancelling(question: Question, reader: str, row: Any) -> Cancelling | None:
    if cancelling.reason_against_ending(question, row) is not None:
        return None
    posts = [one for one in question.posts.known if rights.is_of_post(question.policy, one, CANCELLING, row.process)]
    holders = dict.fromkeys(name for post in posts for name in question.holders(post, None))
    return Cancelling(tuple(posts), _names(question, tuple(holders)), cancelling.may_cancel(question, reader, row))


def _names(question: Question, usernames: tuple[str, ...]) -> tuple[str, ...]:
    people = question.directory.people
    return tuple(people[one].name if one in people else one for one in usernames)
