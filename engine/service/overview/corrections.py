"""Trying an incident again with corrected process data: plain values, each kept to the kind it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.bpmn.runtime import interventions as runtime
from engine.bpmn.runtime.surroundings import Surroundings
from engine.domain.calendar import parse_day
from engine.errors import Invalid
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.overview import incidents
from engine.store import incidents as rows
from engine.store import instances

FIXED: Final = frozenset(("instance", "parent", "case", "audit", "cycle"))
LONGEST: Final = 2_000
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Datum:
    """A process variable that may be corrected: its name, the kind of its value in words, and the value as text."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class CorrectionPage:
    """An incident and the process data that may be corrected before its work is tried again, by name."""

    incident: incidents.Incident
    data: tuple[Datum, ...]


def page_of(engine: Engine, person: str, number: int) -> CorrectionPage:
    """Return what may be corrected. NotFound, NotAllowed by rights.dmn, NotNow when the incident is settled."""

    def work(question: Question) -> CorrectionPage:
        row = incidents.open_row(question, person, number)
        return CorrectionPage(incidents.shown(row), _data(question, row))

    return engine.ask(work)


def retry(engine: Engine, person: str, number: int, typed: Mapping[str, str]) -> list[str]:
    """Try the work of an incident again with what was `typed` by name; return the names of what was corrected.

    Invalid by name for what is not of its kind, and everything that `incidents.retry` refuses.
    """
    known = page_of(engine, person, number).data
    values, errors = {}, {}
    for datum in known:
        text = typed.get(datum.name, datum.text).strip()
        if text == datum.text:
            continue
        try:
            values[datum.name] = _READERS[datum.kind](text)
        except (ValueError, Invalid):
            errors[datum.name] = [f"{datum.name} must be {datum.kind}."]
    if errors:
        raise Invalid(errors)
    incidents.retry(engine, person, number, values)
    return sorted(values)


def _data(question: Question, row: Any) -> tuple[Datum, ...]:
    found = [_datum(name, value) for name, value in sorted(_values(question, row).items()) if name not in FIXED]
    return tuple(one for one in found if one is not None)


def _values(question: Question, row: Any) -> Mapping[str, Any]:
    request = row.command["request"]
    if request is not None and "facts" in request:
        return dict(request["facts"])
    if row.command["kind"] == rows.BY_CLOCK or request is not None:
        found = question.once(instances.get, row.instance)
        deployment = question.deployment(found.deployment)
        surroundings = Surroundings(question.moment, question.functions(deployment), {})
        return runtime.data_of(deployment, found.process, found.state, surroundings)
    return {}


def _datum(name: str, value: object) -> Datum | None:
    """Return a value as it can be typed; None for lists and records, which nobody types."""
    if isinstance(value, bool):
        return Datum(name, YES_OR_NO, YES if value else NO)
    if isinstance(value, int):
        return Datum(name, WHOLE, str(value))
    if isinstance(value, float):
        return Datum(name, NUMBER, f"{value:g}")
    if isinstance(value, str):
        return Datum(name, DAY if _is_day(value) else TEXT, value)
    return Datum(name, TEXT, "") if value is None else None


def _is_day(text: str) -> bool:
    try:
        return parse_day(text).isoformat() == text
    except Invalid:
        return False


def _yes_or_no(text: str) -> bool:
    if text.lower() not in (YES, NO):
        raise ValueError
    return text.lower() == YES


def _day(text: str) -> str:
    return parse_day(text).isoformat()


def _text(text: str) -> str:
    if not 0 < len(text) <= LONGEST:
        raise ValueError
    return text


def _number(text: str) -> float:
    value = float(text)
    if not -1e15 < value < 1e15:
        raise ValueError
    return value


YES_OR_NO, WHOLE, NUMBER = f"{YES} or {NO}", "a whole number", "a number"
DAY, TEXT = "a day such as 2027-01-29", f"a text of at most {LONGEST:,} characters"
_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    YES_OR_NO: _yes_or_no,
    WHOLE: int,
    NUMBER: _number,
    DAY: _day,
    TEXT: _text,
}
