"""What the audits of a period say of all open cases, as its editions told and as the reports tell (R-09, R-62)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.bpmn.report_files import Part
from engine.domain.calendar import start_of_day
from engine.service.audits import figures
from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.service.reports.scope import EDITION, Scope
from engine.service.reports.writing import write
from engine.store import events

SHOWN: Final = ("good_or_better", "by_area", "response", "response_by_area", "missing", "late")


@dataclass(frozen=True)
class Closed:
    """An edition as it was when the period was closed with it: shares from 0 to 1, None where nothing can be told."""

    name: str
    at: datetime
    told: Mapping[str, Any]


@dataclass(frozen=True)
class FiguresPage:
    """The editions of a period so far, oldest first, and the figures of its newest one as reports have them."""

    row: Any
    editions: Sequence[Closed]
    figures: Sequence[Mapping[str, Any]]


def of_period(engine: Engine, person: str, identifier: str) -> FiguresPage:
    """Return the figures of a period; none before its cut-off. NotAllowed by rights.dmn, NotFound."""

    def work(question: Question) -> FiguresPage:
        row = seeing.opened(question, person, seeing.FIGURES, identifier)
        since = start_of_day(row.reference_date)
        kept = events.kinds_since(question.connection, f"cycle {identifier}", EDITION, since)
        editions = [Closed(str(one.details[EDITION]), one.at, one.details) for one in kept]
        return FiguresPage(row, editions, _written(question, row))

    return engine.ask(work)


def _written(question: Question, row: Any) -> Sequence[Mapping[str, Any]]:
    if row.state not in figures.EDITIONS:
        return ()
    (part,) = write(Scope(question, row.id), (Part("estimates", "", "", SHOWN),)).parts
    found: Sequence[Mapping[str, Any]] = part["figures"]
    return found
