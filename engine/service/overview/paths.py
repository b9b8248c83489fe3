"""One process instance: its way through its diagram, what happened to it, its due dates, incidents and relatives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.definitions import Definition
from engine.bpmn.picture import Picture, picture_of
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.instances import get_row
from engine.service.overview import cancelling, incidents, interventions, seeing
from engine.service.overview.incidents import Incident
from engine.service.overview.standing import Mark
from engine.service.posts import task_holders
from engine.service.tasks import onward
from engine.service.tasks.onward import NextTask
from engine.store import events, standings, tasks

MOST_HAPPENINGS = 500
AWAITING = ("intermediateCatchEvent", "receiveTask", "eventBasedGateway")


@dataclass(frozen=True)
class Happening:
    """One event: when, by whom (a name, or an actor that is nobody of the directory), what, and the names of the
    elements that were passed by it.
    """

    at: datetime
    who: str
    kind: str
    what: str
    passed: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """An open task: its title, who may do it today, when it is due, and what may come next with whom."""

    title: str
    holders: tuple[str, ...]
    due: datetime | None
    overdue: bool
    next: tuple[NextTask, ...]


@dataclass(frozen=True)
class Relative:
    """Another instance: the one that began this one, or one that this one began, and what it is about."""

    id: str
    name: str
    about: str
    status: str
    is_parent: bool


@dataclass(frozen=True)
class InstancePage:
    """Everything about one instance, without a child's name. `marks` tell where it waits and where it has been.

    `awaited` names what it waits for from other processes.
    """

    row: Any
    about: str
    name: str
    picture: Picture
    names: Mapping[str, str]
    marks: Mapping[str, Mark]
    passed: frozenset[str]
    waiting: tuple[Waiting, ...]
    awaited: tuple[str, ...]
    happenings: tuple[Happening, ...]
    relatives: tuple[Relative, ...]
    incidents: tuple[Incident, ...]
    next_due: datetime | None
    may_change: bool
    may_cancel: bool


def of_instance(engine: Engine, person: str, identifier: str) -> InstancePage:
    """Return the page of an instance. NotFound, NotAllowed by rights.dmn."""
    return engine.ask(lambda question: _page(question, person, identifier))


def _page(question: Question, person: str, identifier: str) -> InstancePage:
    seeing.refuse(question, person)
    row = get_row(question, identifier)
    definition = question.deployment(row.deployment).definition(row.process)
    names = {facts.id: facts.name for facts in definition.elements.values()}
    told = events.of_stream(question.connection, identifier)
    rows = tasks.of_instance(question.connection, identifier)
    open_rows = [task for task in rows if task.status == tasks.OPEN]
    titles = {task.id: task.title for task in rows}
    stops = incidents.open_of(question, identifier)
    return InstancePage(
        row=row,
        about=seeing.about(question, person, row),
        name=definition.name,
        picture=picture_of(definition.xml),
        names=names,
        marks=_marks(question, definition, row, open_rows, stops),
        passed=frozenset(element for event in told for element in event.details.get("passed", ())),
        waiting=tuple(_waiting(question, task) for task in open_rows),
        awaited=_awaited(definition, row),
        happenings=tuple(_happening(question, names, titles, event) for event in told[-MOST_HAPPENINGS:]),
        relatives=tuple(_relatives(question, person, row)),
        incidents=stops,
        next_due=row.next_due,
        may_change=interventions.possible_in(question, person, row).anything,
        may_cancel=cancelling.may_cancel(question, person, row),
    )


def _marks(
    question: Question, definition: Definition, row: Any, open_rows: list[Any], stops: tuple[Incident, ...]
) -> Mapping[str, Mark]:
    late = {task.element for task in open_rows if task.due is not None and task.due < question.now}
    failed = {one.element for one in stops}
    standing_at = [element for element in row.tokens if seeing.is_place(definition.elements, element)]
    places = {element: standing_at.count(element) for element in standing_at}
    return {
        element: Mark(waiting=places.get(element, 0), overdue=int(element in late), stopped=int(element in failed))
        for element in {*places, *late, *failed}
    }


def _waiting(question: Question, task: Any) -> Waiting:
    names = tuple(_name(question, username) for username in task_holders(question, task))
    overdue = task.due is not None and task.due < question.now
    return Waiting(task.title, names, task.due, overdue, onward.after(question, task))


def _awaited(definition: Definition, row: Any) -> tuple[str, ...]:
    facts = [definition.elements[element] for element in row.tokens if element in definition.elements]
    return tuple(dict.fromkeys(one.name for one in facts if one.kind in AWAITING))


def _happening(question: Question, names: Mapping[str, str], titles: Mapping[str, str], event: Any) -> Happening:
    details = event.details
    passed = tuple(names.get(element, element) for element in details.get("passed", ()))
    skipped = "; ".join(_skipped(question, names, one) for one in details.get("skipped", ()))
    title = titles.get(details.get("task", ""), "")
    said = _letter(question, title, details) if "notice" in details else title
    what = str(details.get("message") or details.get("reason") or said or skipped)
    return Happening(event.at, _name(question, event.actor), event.kind, what, passed)


def _letter(question: Question, title: str, details: Mapping[str, Any]) -> str:
    """Return the subject of a letter about a task as the policy in force words it, and to whom it went if known."""
    known = question.policy.notices.get(details["notice"])
    subject = title if known is None else known.fill({"title": title}).subject
    to = details.get("to")
    return f"“{subject}”" if to is None else f"“{subject}”, to {_name(question, to)}"


def _skipped(question: Question, names: Mapping[str, str], told: Mapping[str, Any]) -> str:
    step = names.get(told["element"], told["element"])
    asked_by, agreed_by = _name(question, told["asked_by"]), _name(question, told["decided_by"])
    return f"skipped “{step}”, as {asked_by} asked and {agreed_by} agreed: {told['reason']}"


def _relatives(question: Question, person: str, row: Any) -> list[Relative]:
    barred = seeing.barring(question, person)
    return [
        Relative(
            id=one.id,
            name=_process_name(question, one.process),
            about=seeing.RESTRICTED if barred(one) else one.case_ref or one.cycle or "",
            status=one.status,
            is_parent=one.id == row.parent,
        )
        for one in standings.family(question.connection, row.id, row.parent)
    ]


def _process_name(question: Question, process: str) -> str:
    known: Definition | None = question.policy.processes.get(process)
    return process if known is None else known.name


def _name(question: Question, username: str) -> str:
    person = question.directory.people.get(username)
    return username if person is None else person.name
