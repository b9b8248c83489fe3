"""The inbox: the open tasks that somebody may do or look after, in views, narrowed, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from engine.domain.calendar import WorkingCalendar, end_of_day
from engine.domain.people import Person
from engine.service import rights
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.inboxes.steering import may_pass_on, may_steer
from engine.service.inboxes.views import ALL, COVERED, EVERYBODY, MINE, POSTS, TEAM, Reach
from engine.service.tasks.delegating import PassedOn, colleagues, passed_on
from engine.store import inboxes
from engine.store.inboxes import Narrowing

__all__ = ["ALL", "COVERED", "EVERYBODY", "MINE", "POSTS", "TEAM", "InboxPage", "InboxRow", "Wanted", "open_inbox"]

PAGE: Final = 50
MOST_PAGES: Final = 1_000_000
MOST: Final = inboxes.MOST

OVERDUE, TODAY, WEEK, UNDATED = "overdue", "today", "week", "none"
WORKING_WEEK: Final = 5
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for: a view, the beginning of a case reference, a process, when tasks are due; "" for all."""

    view: str = ALL
    case: str = ""
    due: str = ""
    process: str = ""


@dataclass(frozen=True)
class InboxRow:
    """A task in a list. `covering` names those who are away from its post, None when nobody stands in;
    what may be done is what rights.dmn allows the reader with it now, `passed_on` who gave it to whoever has it.
    `may_pass_on` says nothing of to whom.
    """

    task: Any
    covering: tuple[str, ...] | None
    may_open: bool
    may_take: bool
    may_give_back: bool
    may_pass_on: bool
    passed_on: PassedOn | None


@dataclass(frozen=True)
class InboxPage:
    """One page of an inbox, earliest due first. `total` and `counts` (by view) are at most MOST + 1, for more than
    MOST; `processes` are the names of the kinds of work that one may look for, by process;
    `colleagues` are those to whom the reader might pass on tasks of the page.
    """

    rows: tuple[InboxRow, ...]
    total: int
    counts: Mapping[str, int]
    processes: Mapping[str, str]
    today: date
    calendar: WorkingCalendar
    may_steer: bool
    colleagues: tuple[Person, ...]


def open_inbox(engine: Engine, person: str, page: int = 1, wanted: Wanted = Wanted()) -> InboxPage:
    """Return a page of the open tasks of `person`.

    The view ALL holds what they may do: MINE is named to them, POSTS belongs to posts that they hold, COVERED is
    theirs because somebody is away. TEAM and EVERYBODY hold work of others, as far as rights.dmn lets them see it. A
    view that is not offered is empty.
    """
    return engine.ask(lambda question: _page(question, person, page, wanted))


def _page(question: Question, person: str, page: int, wanted: Wanted) -> InboxPage:
    reach, narrowing = Reach(question, person), narrowed(question, wanted)
    counts = {view: reach.count(view, narrowing) for view in reach.views()}
    offset = min(max(page, 1), MOST_PAGES) * PAGE - PAGE
    found = reach.page(wanted.view, narrowing, PAGE, offset) if wanted.view in counts else []
    rows = _rows(question, person, reach, found)
    return InboxPage(
        rows,
        counts.get(wanted.view, 0),
        counts,
        _processes(question),
        question.today,
        question.calendar,
        may_steer(question, person),
        colleagues(question, [row.task for row in rows if row.may_pass_on], person),
    )


def narrowed(question: Question, wanted: Wanted) -> Narrowing:
    """Return what a reader looks for as the store finds it: WEEK is what is overdue or due within 5 working days."""
    since, before = None, None
    if wanted.due == OVERDUE:
        before = question.now
    elif wanted.due == TODAY:
        since, before = question.now, end_of_day(question.today) + _SECOND
    elif wanted.due == WEEK:
        before = question.calendar.due(question.today, WORKING_WEEK) + _SECOND
    return Narrowing(wanted.case or None, wanted.process or None, since, before, wanted.due == UNDATED)


def _rows(question: Question, person: str, reach: Reach, found: Sequence[Any]) -> tuple[InboxRow, ...]:
    given = passed_on(question, found)
    return tuple(_row(question, person, reach, task, given) for task in found)


def _row(question: Question, person: str, reach: Reach, task: Any, given: Mapping[str, PassedOn]) -> InboxRow:
    is_shared = task.post is not None and task.assignee is None and len(rights.may_hold(question, task)) > 1
    is_left = task.post is not None and task.assignee in reach.away
    return InboxRow(
        task=task,
        covering=_covering(question, person, reach, task),
        may_open=_may(question, person, "complete", task),
        may_take=(is_shared or is_left) and task.assignee != person and _may(question, person, "take", task),
        may_give_back=task.post is not None and task.assignee == person,
        may_pass_on=may_pass_on(question, person, task),
        passed_on=given.get(task.id),
    )


def _covering(question: Question, person: str, reach: Reach, task: Any) -> tuple[str, ...] | None:
    names = question.directory.people
    away = reach.covered.get((task.post, task.team))
    if task.assignee is not None:
        away = (task.assignee,) if task.assignee != person and task.assignee in reach.away else None
    return None if away is None else tuple(names[one].name for one in away)


def _may(question: Question, person: str, doing: str, task: Any) -> bool:
    return rights.reason_against(question, person, doing, task.title, task) is None


def _processes(question: Question) -> Mapping[str, str]:
    named = ((process, definition.name) for process, definition in question.policy.processes.items())
    return dict(sorted(named, key=lambda one: one[1]))
