"""The page of a case: its facts, open work, audits, remedial actions, and whether it may be closed."""

from dataclasses import dataclass
from typing import Any

from engine.domain.people import Team
from engine.errors import NotFound
from engine.service import closure, rights
from engine.service.closure import ClosureAnswer
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.posts import task_holders
from engine.service.remedies import ActionCard, cards
from engine.service.starting import Start, startable
from engine.store import actions, audits, tasks

SEEING = "see case"


@dataclass(frozen=True)
class OpenWork:
    """An open task with the names of those who have it today, and whether the reader may open it."""

    task: Any
    holders: tuple[str, ...]
    may_open: bool


@dataclass(frozen=True)
class CasePage:
    """Everything a page about a case shows to one reader."""

    case: Any
    team: Team | None
    work: tuple[OpenWork, ...]
    audits: tuple[Any, ...]
    actions: tuple[ActionCard, ...]
    decisions: tuple[Any, ...]
    closure: ClosureAnswer
    starts: tuple[Start, ...]


def case_page(engine: Engine, person: str, reference: str) -> CasePage:
    """Return the page of a case. NotFound for an unknown one, and for one the reader has nothing to do with."""
    return engine.ask(lambda question: _page(question, person, reference))


def seen(question: Question, person: str, reference: str) -> Any:
    """Return the row of a case. NotFound for an unknown one, and for one that `person` has nothing to do with."""
    row = question.case(reference)
    if row is None or not may_see(question, person, row):
        raise NotFound(what=f"case {reference} that you work with")
    return row


def may_see(question: Question, person: str, row: Any) -> bool:
    """Tell whether rights.dmn lets `person` see a case.

    Who works it, answers for its team, audits it or has work about it "holds" it, in the words of the table.
    """
    concerned = is_concerned(question, person, row)
    about = rights.About(assignee=person if concerned else None, case_ref=row.reference)
    return rights.reason_against(question, person, SEEING, row.reference, about) is None


def is_concerned(question: Question, person: str, row: Any) -> bool:
    """Tell whether somebody works a case, answers for its team, audits it or has work about it."""
    team = question.directory.teams.get(row.team)
    leads = (team.practice_manager, team.service_manager, team.head_of_service) if team is not None else ()
    if person in (row.social_worker, *leads):
        return True
    if any(place is not None and place == row.team for _, place in question.duties(person)):
        return True
    rows = audits.of_case(question.connection, row.reference)
    if any(person in audits.holders_of(question.connection, audit.id) for audit in rows):
        return True
    open_tasks = tasks.open_for_case(question.connection, row.reference)
    return any(person in rights.may_hold(question, task) for task in open_tasks)


def _page(question: Question, person: str, reference: str) -> CasePage:
    row = seen(question, person, reference)
    connection = question.connection
    return CasePage(
        case=row,
        team=question.directory.teams.get(row.team),
        work=tuple(_open_work(question, person, task) for task in tasks.open_for_case(connection, reference)),
        audits=tuple(audits.of_case(connection, reference)),
        actions=cards(question, person, actions.of_case(connection, reference)),
        decisions=tuple(actions.decisions_of_case(connection, reference)),
        closure=closure.answer(question, reference),
        starts=startable(question, person, reference),
    )


def _open_work(question: Question, person: str, task: Any) -> OpenWork:
    people = question.directory.people
    names = tuple(people[name].name if name in people else name for name in task_holders(question, task))
    allowed = rights.reason_against(question, person, "complete", task.title, task) is None
    return OpenWork(task, names, allowed)
