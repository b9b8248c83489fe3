"""The draw of an audit period: its allocation, its certificate, and drawing it again on the spot (I-07, R-41, R-42)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.calendar import start_of_day
from engine.domain.redrawing import Repetition
from engine.domain.redrawing import repeat as repeat_draw
from engine.errors import NotNow
from engine.service.audits.cycles import frame_by_stratum
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.service.periods.exports import record
from engine.store import events

DRAWN, DRAWN_AGAIN = "drawn", "drawn again"
CERTIFICATE, FRAME = "certificate", "frame"


@dataclass(frozen=True)
class Draw:
    """A draw: when, by whom, its seed, and why it took the place of the one before (None: the first)."""

    at: datetime
    by: str
    seed: str
    reason: str | None


@dataclass(frozen=True)
class DrawPage:
    """The draw of a period: its stored row with certificate and capacity, every draw that was made (oldest first), and
    what drawing it again found, None where nobody asked.
    """

    row: Any
    draws: Sequence[Draw]
    repetition: Repetition | None = None


def of_period(engine: Engine, person: str, identifier: str) -> DrawPage:
    """Return the draw of a period. NotAllowed by rights.dmn, NotFound."""
    return engine.ask(lambda question: _page(question, person, identifier))


def repeat(engine: Engine, person: str, identifier: str) -> DrawPage:
    """Draw again from the stored certificate and frame and record whether it came out the same.

    NotAllowed by rights.dmn, NotFound, NotNow before the sample is drawn or when the list is erased.
    """

    def work(command: Command) -> DrawPage:
        page = _page(command, person, identifier)
        found = repeat_draw(_certificate(page.row), _frame(command, identifier))
        told = {"same": found.is_same, "differing": found.differing, "seed": page.row.certificate["seed"]}
        command.note(f"cycle {identifier}", DRAWN_AGAIN, told)
        return DrawPage(page.row, page.draws, found)

    return engine.run(person, work)


def certificate(engine: Engine, person: str, identifier: str) -> Mapping[str, Any]:
    """Return the draw certificate, recorded as exported. Refused like `repeat`."""

    def work(command: Command) -> Mapping[str, Any]:
        row = seeing.opened(command, person, seeing.DRAW, identifier)
        record(command, identifier, CERTIFICATE, "json")
        return _certificate(row)

    return engine.run(person, work)


def frame(engine: Engine, person: str, identifier: str) -> Mapping[str, Sequence[str]]:
    """Return the case references of the locked list by stratum, recorded as exported. Refused like `repeat`."""

    def work(command: Command) -> Mapping[str, Sequence[str]]:
        _certificate(seeing.opened(command, person, seeing.DRAW, identifier))
        record(command, identifier, FRAME, "json")
        return _frame(command, identifier)

    return engine.run(person, work)


def _page(question: Question, person: str, identifier: str) -> DrawPage:
    row = seeing.opened(question, person, seeing.DRAW, identifier)
    since = start_of_day(row.reference_date)
    kept = events.kinds_since(question.connection, f"cycle {identifier}", DRAWN, since)
    return DrawPage(row, [_draw(question, one) for one in kept])


def _draw(question: Question, event: Any) -> Draw:
    seed = event.details.get("certificate", {}).get("seed", "")
    return Draw(event.at, seeing.name_of(question, event.actor), str(seed), event.details.get("reason"))


def _certificate(row: Any) -> Mapping[str, Any]:
    if row.certificate is None:
        raise NotNow(doing="Drawing again", reason="no sample has been drawn yet")
    found: Mapping[str, Any] = row.certificate
    return found


def _frame(question: Question, identifier: str) -> Mapping[str, Sequence[str]]:
    found = frame_by_stratum(question, identifier)
    if not found:
        raise NotNow(doing="Drawing again", reason="the population list of this period has been erased, as is the rule")
    return found
