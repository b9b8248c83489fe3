"""The population list of an audit period: who uploaded what, and the report row by row (R-38 to R-40, I-15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import NotNow
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.periods import seeing
from engine.service.periods.exports import Cell, Export, exported
from engine.store import cycles, periods


@dataclass(frozen=True)
class Upload:
    """A list that was uploaded: of the file only its name and fingerprint are kept (R-02)."""

    file_name: str
    sha256: str
    person: str
    at: datetime


@dataclass(frozen=True)
class PopulationPage:
    """The list of a period: its stored row, the report of the newest upload (None before one), and all uploads."""

    row: Any
    report: Mapping[str, Any] | None
    uploads: Sequence[Upload]


def of_period(engine: Engine, person: str, identifier: str) -> PopulationPage:
    """Return the population list of a period. NotAllowed by rights.dmn, NotFound."""

    def work(question: Question) -> PopulationPage:
        row = seeing.opened(question, person, seeing.LIST, identifier)
        uploads = [
            Upload(one.file_name, one.sha256, one.person, one.at)
            for one in periods.uploads(question.connection, identifier)
        ]
        return PopulationPage(row, row.report, uploads)

    return engine.ask(work)


def rows_read(engine: Engine, person: str, identifier: str, form: str) -> Export:
    """Return what became of each row of a list: its number where it was refused, the case, the service area that it
    was accepted for, and why it was refused. NotAllowed by rights.dmn, NotFound, NotNow before a list is uploaded.
    """

    def work(command: Command) -> Export:
        row = seeing.opened(command, person, seeing.LIST, identifier)
        if row.report is None:
            raise NotNow(doing="Saving the report", reason="no population list has been uploaded yet")
        rows: list[tuple[Cell, ...]] = [
            (one["row"], one["case_reference"] or None, None, one["sentence"]) for one in row.report["refused"]
        ]
        rows += [(None, one.case_ref, one.stratum, None) for one in cycles.frame_of(command.connection, identifier)]
        return exported(command, row, seeing.LIST, form, rows)

    return engine.run(person, work)
