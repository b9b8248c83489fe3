"""The open incidents, each with what was asked and answered about its step, and what the reader may do about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.domain.calendar import parse_moment
from engine.errors import NotAllowed
from engine.service import instances
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.overview import incidents, skipping
from engine.service.overview.incidents import Incident
from engine.store import incidents as rows

PAGE: Final = 20


@dataclass(frozen=True)
class Skip:
    """What was asked about skipping a step, by whom (names), and what was answered: asked, agreed or declined."""

    step: str
    state: str
    asked_by: str
    asked_at: datetime
    reason: str
    decided_by: str
    decided_at: datetime | None
    against: str


@dataclass(frozen=True)
class OpenIncident:
    """An open incident, the name of its `process` and of the `step` that failed, and what its reader may do.

    What is kept from them for a reason that they should read has that reason, None when they may.
    """

    incident: Incident
    process: str
    step: str
    skips: tuple[Skip, ...]
    may_mend: bool
    against_giving_up: str | None
    may_skip: bool
    against_skipping: str | None
    is_asked: bool
    is_own: bool


@dataclass(frozen=True)
class IncidentPage:
    """A page of the open incidents, and how many there are in all."""

    incidents: tuple[OpenIncident, ...]
    total: int


def page_of(engine: Engine, person: str, page: int = 1) -> IncidentPage:
    """Return a page of the open incidents, oldest first; NotAllowed by rights.dmn for who may do nothing about them."""

    def work(question: Question) -> IncidentPage:
        may_mend = incidents.may(question, person)
        may_skip = incidents.may(question, person, incidents.SKIPPING)
        if not (may_mend or may_skip):
            raise NotAllowed(doing="see incidents", reason=incidents.reason_against(question, person))
        found = rows.open_page(question.connection, PAGE, (page - 1) * PAGE)
        return IncidentPage(
            tuple(_opened(question, person, row, may_mend, may_skip) for row in found),
            rows.count_open(question.connection),
        )

    return engine.ask(work)


def _opened(question: Question, person: str, row: Any, may_mend: bool, may_skip: bool) -> OpenIncident:
    asked = skipping.asked(row)
    names = _names(question, row)
    return OpenIncident(
        incident=incidents.shown(row),
        process=names.get("", row.command["process"]),
        step=names.get(row.element, row.element),
        skips=tuple(_skip(question, names, one) for one in row.skips or ()),
        may_mend=may_mend,
        against_giving_up=incidents.reason_against_giving_up(question, row),
        may_skip=may_skip,
        against_skipping=skipping.reason_against(question, row),
        is_asked=asked is not None,
        is_own=asked is not None and asked["asked_by"] == person,
    )


def _names(question: Question, row: Any) -> dict[str, str]:
    """Return what the elements of the process of an incident are called, and under "" the process itself."""
    process = row.command["process"]
    number = instances.get_row(question, row.instance).deployment if row.instance else question.number_in_force
    definition = question.deployment(number).processes.get(process)
    if definition is None:
        return {}
    return {"": definition.name, **{facts.id: facts.name for facts in definition.elements.values()}}


def _skip(question: Question, names: dict[str, str], told: dict[str, Any]) -> Skip:
    decided_at = told.get("decided_at")
    return Skip(
        step=names.get(told["element"], told["element"]),
        state=told["state"],
        asked_by=_name(question, told["asked_by"]),
        asked_at=parse_moment(told["asked_at"]),
        reason=told["reason"],
        decided_by=_name(question, told.get("decided_by", "")),
        decided_at=None if decided_at is None else parse_moment(decided_at),
        against=told.get("against", ""),
    )


def _name(question: Question, username: str) -> str:
    known = question.directory.people.get(username)
    return username if known is None else known.name
