"""The lists of remedial actions four months after the audit, as they are read (manual section 11, R-119 to R-123)."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from engine.errors import NotFound
from engine.service import rights
from engine.service.case_file import casework
from engine.service.cases.compliance_lists import assembled, reason_against, refuse
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.overview import seeing
from engine.service.posts import task_holders
from engine.store import actions, cases, compliance, submissions, tasks

DISTRIBUTION = "compliance_distribution.json"
NOTE = "covering_note"
WORDS = "lists"
MOST = 13


@dataclass(frozen=True)
class ListedAction:
    """A remedial action on a list: what the review found, and with whom it is now, until when.

    `case_ref` says RESTRICTED and `what` is None for who is barred from the case. `opens_case` and `action`, its
    id, say which pages the reader may open. The facts are said as forms/figures/lists.json says them.
    """

    case_ref: str
    action_number: int
    what: str | None
    fulfilled: str
    completed: str
    authorised: str
    standing: str
    outstanding: bool
    cleared_on: date | None
    how_cleared: str | None
    held_by: tuple[str, ...]
    due: datetime | None
    late: bool
    opens_case: bool
    action: int | None


@dataclass(frozen=True)
class TeamList:
    """A list of a team. `batch` and `sent_at` are None for one that is not sent yet, `team` for cases of no team.

    `note` is what the sender wrote with it; `lists` are the newest of the team (batch, sent_at, actions).
    """

    team: str | None
    batch: str | None
    sent_at: datetime | None
    rows: tuple[ListedAction, ...]
    note: str | None = None
    lists: tuple[Any, ...] = ()

    @property
    def outstanding(self) -> int:
        """On how many of the actions something is left to do."""
        return sum(row.outstanding for row in self.rows)


def of_team(engine: Engine, person: str, team: str, batch: str | None = None) -> TeamList:
    """Return a list of a team, the newest without `batch`; it has no rows when none was sent yet.

    NotFound for an unknown team or list, NotAllowed by rights.dmn.
    """
    return engine.ask(lambda question: list_in(question, person, team, batch))


def list_in(question: Question, person: str, team: str, batch: str | None = None) -> TeamList:
    """Return what `of_team` does, in the open transaction."""
    refuse(question, person, team)
    lists = compliance.lists_of(question.connection, team, MOST)
    if batch is None and not lists:
        return TeamList(team, None, None, ())
    chosen = batch or lists[0].batch
    found = compliance.of_list(question.connection, team, chosen)
    if not found:
        raise NotFound(what=f"list {chosen} of {team}")
    sent = next((one.sent_at for one in lists if one.batch == chosen), None)
    rows = tuple(_rows(question, person, found))
    return TeamList(team, chosen, sent, rows, _note(question, chosen), tuple(lists))


def teams_of(engine: Engine, person: str) -> tuple[str, ...]:
    """Return the teams with cases whose lists somebody may see, in alphabetical order."""

    def work(question: Question) -> tuple[str, ...]:
        known = sorted(name for name, team in question.directory.teams.items() if team.service_area is not None)
        return tuple(name for name in known if reason_against(question, person, name) is None)

    return engine.ask(work)


def of_task(engine: Engine, person: str, task: Any) -> tuple[TeamList, ...]:
    """Return what the task that distributes the list is about to send, by team; nothing for every other task."""
    if task.form != DISTRIBUTION:
        return ()
    return engine.ask(lambda question: about_to_be_sent(question, person, task))


def about_to_be_sent(question: Question, person: str, task: Any) -> tuple[TeamList, ...]:
    """Return what a task is about to send, by team: nothing for those whose task it is not."""
    is_theirs = rights.reason_against(question, person, "complete", task.title, task) is None
    wanted = task.form == DISTRIBUTION and task.status == tasks.OPEN and is_theirs
    return tuple(_by_team(question, person, assembled(question, task.instance))) if wanted else ()


def _by_team(question: Question, person: str, found: Sequence[Any]) -> Iterator[TeamList]:
    known = cases.known(question.connection, [row.case_ref for row in found])
    by_team: dict[str | None, list[Any]] = {}
    for row in found:
        by_team.setdefault(known[row.case_ref].team if row.case_ref in known else None, []).append(row)
    for team in sorted(by_team, key=lambda name: name or ""):
        yield TeamList(team, None, None, tuple(_rows(question, person, by_team[team])))


def _note(question: Question, batch: str) -> str | None:
    sent = submissions.of_instance(question.connection, batch)
    notes = [str(one.answers[NOTE]) for one in sent if one.form == DISTRIBUTION and one.answers.get(NOTE)]
    return notes[-1] if notes else None


def _rows(question: Question, person: str, found: Sequence[Any]) -> Iterator[ListedAction]:
    references = sorted({row.case_ref for row in found})
    known = cases.known(question.connection, references)
    open_tasks = tasks.open_for_cases(question.connection, references)
    barred, said = seeing.barring(question, person), _said(question)

    @cache
    def readable(reference: str) -> Container[str] | None:
        case = known.get(reference)
        if case is None or not casework.may_see(question, person, case):
            return None
        return casework.readable_instances(question, person, case)

    for row in found:
        hidden = row.case_ref in known and barred(known[row.case_ref])
        task, read = _task_about(open_tasks, row), readable(row.case_ref)
        yield ListedAction(
            case_ref=seeing.RESTRICTED if hidden else row.case_ref,
            action_number=row.action_number,
            what=None if hidden else row.what,
            fulfilled=said.get(row.fulfilled, row.fulfilled),
            completed=said.get(row.completed, row.completed),
            authorised=said.get(row.authorised, row.authorised),
            standing=row.standing,
            outstanding=bool(row.outstanding),
            cleared_on=row.cleared_on,
            how_cleared=None if hidden else row.how_cleared,
            held_by=_names(question, task_holders(question, task)) if task is not None else (),
            due=task.due if task is not None else None,
            late=task is not None and task.due is not None and task.due < question.now,
            opens_case=read is not None,
            action=row.action if read is not None and (not row.audited_in or row.audited_in in read) else None,
        )


def _task_about(open_tasks: Sequence[Any], row: Any) -> Any | None:
    """Return the open task to clear an outstanding action, else the activity in which it is completed."""
    if not row.outstanding:
        return None
    chasing = (one for one in open_tasks if one.instance == row.instance)
    remedying = (one for one in open_tasks if one.audit == row.audit and one.form == actions.ACTIVITY_FORM)
    return next(chasing, None) or next(remedying, None)


def _said(question: Question) -> Mapping[str, str]:
    words = question.policy.words.get(WORDS)
    return {} if words is None else words.words


def _names(question: Question, usernames: Sequence[str]) -> tuple[str, ...]:
    people = question.directory.people
    return tuple(people[name].name if name in people else name for name in usernames)
