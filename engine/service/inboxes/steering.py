"""Many tasks at once: remind, reassign, release or pass on each, going on past those that cannot be (I-06)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from engine.domain.people import Person
from engine.errors import Invalid, NotAllowed, NotNow, Refusal
from engine.service import notices, rights
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.inboxes.views import SEE_OTHERS
from engine.service.posts import task_holders
from engine.service.rights import About
from engine.service.tasks import delegating
from engine.service.tasks.delegating import DELEGATE
from engine.service.tasks.open_tasks import lock_open
from engine.store import tasks

REMIND, REASSIGN, RELEASE = "remind", "reassign", "release"
DOINGS: Final = (REMIND, REASSIGN, RELEASE)
NOTICE: Final = "reminded"
MOST: Final = 100

Deed = Callable[[Command, Any], str]


@dataclass(frozen=True)
class Result:
    """What became of one task: its title and case, None for one that the person may not see, and a sentence."""

    title: str | None
    case_ref: str | None
    done: bool
    sentence: str


def may_steer(question: Question, person: str) -> bool:
    """Tell whether rights.dmn lets somebody look after the work of others."""
    return all(rights.reason_against(question, person, doing, "", About()) is None for doing in DOINGS)


def steer(
    engine: Engine, person: str, doing: str, task_ids: Sequence[str], to: str = "", note: str = ""
) -> tuple[Result, ...]:
    """Do one of DOINGS, or DELEGATE, with each task, each in a transaction of its own; return what became of each, in
    order.

    Invalid without any task, with more than MOST, for an unknown deed, and for giving to nobody or without a note.
    """
    chosen = tuple(dict.fromkeys(task_ids))
    _refuse(doing, chosen, to, note.strip())
    give = partial(_give, to, note.strip())
    deeds: Mapping[str, Deed] = {REMIND: _remind, REASSIGN: give, RELEASE: _release, DELEGATE: give}
    return tuple(_steer(engine, person, doing, deeds[doing], one) for one in chosen)


def people_for(engine: Engine, person: str) -> tuple[Person, ...]:
    """Return everybody to whom work may be reassigned, in directory order; none for who may not reassign."""

    def work(question: Question) -> tuple[Person, ...]:
        everybody = question.directory.people.values()
        return tuple(one for one in everybody if one.active) if may_steer(question, person) else ()

    return engine.ask(work)


def colleagues_for(engine: Engine, person: str, task_ids: Sequence[str]) -> tuple[Person, ...]:
    """Return to whom `person` might pass on those of these tasks that are theirs to pass on."""

    def work(question: Question) -> tuple[Person, ...]:
        rows = tasks.some(question.connection, task_ids[:MOST])
        mine = [row for row in rows if may_pass_on(question, person, row)]
        return delegating.colleagues(question, mine, person)

    return engine.ask(work)


def may_pass_on(question: Question, person: str, task: Any) -> bool:
    """Tell whether rights.dmn lets somebody pass an open task of a post on, to whomever that may be."""
    is_open = task.post is not None and task.status == tasks.OPEN
    return is_open and rights.reason_against(question, person, DELEGATE, task.title, task) is None


def _refuse(doing: str, task_ids: Sequence[str], to: str, note: str) -> None:
    wrong: dict[str, list[str]] = {}
    if doing not in (*DOINGS, DELEGATE):
        wrong["do"] = ["Choose what to do with the tasks."]
    if not 0 < len(task_ids) <= MOST:
        wrong["task"] = [f"Choose the tasks first, at most {MOST}."]
    if doing in (REASSIGN, DELEGATE) and not to:
        wrong["to"] = ["Choose who gets the tasks."]
    if doing in (REASSIGN, DELEGATE) and not 0 < len(note) <= delegating.LONGEST_NOTE:
        wrong["note"] = [f"Write why, in at most {delegating.LONGEST_NOTE} characters."]
    if wrong:
        raise Invalid(wrong)


def _steer(engine: Engine, person: str, doing: str, deed: Deed, task_id: str) -> Result:
    known: list[Any] = []
    try:
        sentence = engine.run(person, partial(_do, doing, deed, task_id, known))
    except Refusal as refusal:
        title, case = (known[0].title, known[0].case_ref) if known else (None, None)
        return Result(title, case, done=False, sentence=refusal.sentence)
    return Result(known[0].title, known[0].case_ref, done=True, sentence=sentence)


def _do(doing: str, deed: Deed, task_id: str, known: list[Any], command: Command) -> str:
    task = lock_open(command, task_id)
    rights.refuse(command, command.actor, doing, task.title, task)
    if command.actor not in rights.may_hold(command, task):
        reason = rights.reason_against(command, command.actor, SEE_OTHERS, task.process, About())
        if reason is not None:
            raise NotAllowed(doing="look after this task", reason=reason)
    known[:] = [task]
    return deed(command, task)


def _remind(command: Command, task: Any) -> str:
    holders = task_holders(command, task)
    for name in holders:
        notices.tell(command, task, name, NOTICE, once_a_day=True)
    command.note(f"task {task.id}", "reminded by hand", {"by": command.actor, "to": list(holders)})
    return (
        f"{_names(command, holders)} is reminded." if len(holders) == 1 else f"{_names(command, holders)} are reminded."
    )


def _give(to: str, note: str, command: Command, task: Any) -> str:
    if task.post is None:
        reason = "it is named to one person and belongs to no post"
        raise NotNow(doing=f"Giving “{task.title}” away", reason=reason)
    if task.assignee == to:
        raise NotNow(doing=f"Giving “{task.title}” away", reason="they have it already")
    delegating.pass_on(command, task, to, note)
    return f"{_names(command, [to])} has it now."


def _release(command: Command, task: Any) -> str:
    if task.post is None or task.assignee is None:
        reason = "nobody has taken it" if task.post is not None else "it is named to one person and belongs to no post"
        raise NotNow(doing=f"Releasing “{task.title}”", reason=reason)
    tasks.assign(command.connection, task.id, None)
    command.note(f"task {task.id}", "released", {"by": command.actor, "from": task.assignee})
    return f"It is back with the {task.post}."


def _names(command: Command, usernames: Sequence[str]) -> str:
    known = command.directory.people
    return " and ".join(known[one].name for one in usernames if one in known) or "Nobody"
