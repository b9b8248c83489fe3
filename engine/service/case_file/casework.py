"""The page of a case: its facts, open work, audits, remedial actions, and whether it may be closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.people import Team
from engine.errors import NotFound, Restricted
from engine.service import restricted, rights
from engine.service.case_file import looks
from engine.service.case_file.remedies import ActionCard, cards
from engine.service.cases import closure
from engine.service.cases.closure import ClosureAnswer
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.posts import task_holders
from engine.service.rights import About
from engine.service.tasks.starting import Start, startable
from engine.store import actions, audits, instances, tasks

SEEING, KNOWING = "see case", "know of case"


@dataclass(frozen=True)
class OpenWork:
    """An open task with the names of those who have it today, and whether the reader may open it."""

    task: Any
    holders: tuple[str, ...]
    may_open: bool


@dataclass(frozen=True)
class CasePage:
    """Everything a page about a case shows to one reader. `certificate` is the newest, standing or ended."""

    case: Any
    team: Team | None
    work: tuple[OpenWork, ...]
    audits: tuple[Any, ...]
    actions: tuple[ActionCard, ...]
    decisions: tuple[Any, ...]
    closure: ClosureAnswer
    certificate: Any | None
    starts: tuple[Start, ...]


def case_page(engine: Engine, person: str, reference: str) -> CasePage:
    """Return the page of a case. NotFound for an unknown one, and for one the reader has nothing to do with;
    Restricted. That it was read is noted (I-01).
    """
    page = engine.ask(lambda question: _page(question, person, reference))
    looks.note(engine, person, reference, "case")
    return page


def seen(question: Question, person: str, reference: str) -> Any:
    """Return the row of a case. NotFound for an unknown one, and for one that `person` has nothing to do with.

    Restricted for those who know of the case and are not cleared for it (I-16).
    """
    row = question.case(reference)
    reason = reason_against(question, person, row) if row is not None else ""
    if reason is None:
        return row
    if (
        row is not None
        and row.restricted
        and rights.reason_against(question, person, KNOWING, reference, About()) is None
    ):
        raise Restricted(what=reference, reason=reason)
    raise NotFound(what=f"case {reference} that you work with")


def may_see(question: Question, person: str, row: Any) -> bool:
    """Tell whether rights.dmn lets `person` see a case."""
    return reason_against(question, person, row) is None


def reason_against(question: Question, person: str, row: Any) -> str | None:
    """Return why rights.dmn does not let `person` see a case, None when it does.

    Who works it, answers for its team, audits it or has work about it "holds" it, in the words of the table.
    """
    concerned = is_concerned(question, person, row)
    about = About(assignee=person if concerned else None, case_ref=row.reference)
    return rights.reason_against(question, person, SEEING, row.reference, about)


def readable_instances(question: Question, person: str, row: Any) -> Mapping[str, Any]:
    """Return the instances about a case, by id, of which rights.dmn lets `person` read what was entered."""
    holder = person if is_concerned(question, person, row) else None
    found = {}
    for one in question.once(instances.of_case, row.reference):
        about = About(assignee=holder, case_ref=row.reference, audit=one.audit, instance=one.id)
        if rights.reason_against(question, person, rights.READING, one.process, about) is None:
            found[one.id] = one
    return found


def is_concerned(question: Question, person: str, row: Any) -> bool:
    """Tell whether somebody works a case, answers for its team, audits it or has work about it."""
    if restricted.in_charge(question, person, row):
        return True
    rows = question.once(audits.of_case, row.reference)
    if any(person in question.once(audits.holders_of, audit.id) for audit in rows):
        return True
    open_tasks = tasks.open_for_case(question.connection, row.reference)
    return any(person in rights.may_hold(question, task) for task in open_tasks)


def _page(question: Question, person: str, reference: str) -> CasePage:
    row = seen(question, person, reference)
    connection, readable = question.connection, readable_instances(question, person, row)
    work = [_open_work(question, person, task) for task in tasks.open_for_case(connection, reference)]
    known = audits.of_case(connection, reference)
    # An audit from before this system ran in no process.
    read = {audit.id for audit in known if not audit.instance or audit.instance in readable}
    return CasePage(
        case=row,
        team=question.directory.teams.get(row.team),
        work=tuple(one for one in work if one.may_open or one.task.instance in readable),
        audits=tuple(known),
        actions=cards(question, person, [one for one in actions.of_case(connection, reference) if one.audit in read]),
        decisions=tuple(one for one in actions.decisions_of_case(connection, reference) if one.audit in read),
        closure=closure.answer(question, reference),
        certificate=next(reversed(audits.certificates(connection, reference)), None),
        starts=startable(question, person, reference),
    )


def _open_work(question: Question, person: str, task: Any) -> OpenWork:
    people = question.directory.people
    names = tuple(people[name].name if name in people else name for name in task_holders(question, task))
    allowed = rights.reason_against(question, person, "complete", task.title, task) is None
    return OpenWork(task, names, allowed)
