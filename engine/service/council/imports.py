"""Importing people, teams and leave from CSV: tried first, row by row, and then done whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.errors import Invalid, NotFound
from engine.service.command import Command, Question
from engine.service.council import keeping, leave_sheet, people_sheet, sheet, teams_sheet
from engine.service.council.planned import REFUSED, Planned
from engine.service.engine import Engine

PEOPLE, TEAMS, LEAVE = "people", "teams", "leave"
PAGE: Final = 200


@dataclass(frozen=True)
class Kind:
    """What can be imported: its columns, the right that it needs, how rows are planned, and what stands now."""

    columns: Sequence[str]
    subject: str
    plan: Callable[[Question, Sequence[sheet.SheetRow]], list[Planned]]
    finish: Callable[[Command, Sequence[Planned]], None]
    present: Callable[[Question], list[Mapping[str, object]]]


KINDS: Final[Mapping[str, Kind]] = {
    PEOPLE: Kind(people_sheet.COLUMNS, keeping.PEOPLE, people_sheet.plan, people_sheet.apply, people_sheet.present),
    TEAMS: Kind(teams_sheet.COLUMNS, keeping.TEAMS, teams_sheet.plan, teams_sheet.apply, teams_sheet.present),
    LEAVE: Kind(leave_sheet.COLUMNS, keeping.ABSENCES, leave_sheet.plan, leave_sheet.apply, leave_sheet.present),
}


@dataclass(frozen=True)
class Report:
    """What an import would do or did: every row with its outcome, and how many there are of each."""

    rows: tuple[Planned, ...]
    counts: Mapping[str, int]

    @property
    def shown(self) -> Sequence[Planned]:
        """The first rows, those that are refused before all others."""
        return sorted(self.rows, key=lambda one: (one.outcome != REFUSED, one.number))[:PAGE]

    @property
    def is_clean(self) -> bool:
        """Whether no row is refused."""
        return not self.counts.get(REFUSED, 0)


def require(engine: Engine, actor: str, kind: str) -> Sequence[str]:
    """Return the columns of a kind of import; NotFound, NotAllowed."""
    found = _known(kind)
    engine.ask(lambda question: keeping.require(question, actor, keeping.CHANGE, found.subject))
    return found.columns


def rehearse(engine: Engine, actor: str, kind: str, text: str) -> Report:
    """Return what an import of a CSV text would do, and change nothing. NotFound, NotAllowed, Unreadable, TooLarge."""
    found = _known(kind)

    def work(question: Question) -> Report:
        keeping.require(question, actor, keeping.CHANGE, found.subject)
        return _report(found.plan(question, sheet.read(text, found.columns)))

    return engine.ask(work)


def apply(engine: Engine, actor: str, kind: str, text: str) -> Report:
    """Import a CSV text whole and return what was done. As `rehearse`; Invalid while a row is refused."""
    found = _known(kind)

    def work(command: Command) -> Report:
        keeping.require_change(command, found.subject)
        report = _report(found.plan(command, sheet.read(text, found.columns)))
        if not report.is_clean:
            raise Invalid(
                {"file": ["Nothing was imported, because a row is refused. Mend it and send the file again."]}
            )
        done = [one for one in report.rows if one.is_news]
        if done:
            found.finish(command, done)
            command.note("directory", "imported", {"kind": kind, "counts": dict(report.counts)})
        return report

    return engine.run(actor, work)


def present(engine: Engine, actor: str, kind: str) -> str:
    """Return what stands now as CSV in the form that can be imported. NotFound, NotAllowed."""
    found = _known(kind)

    def work(question: Question) -> str:
        keeping.require(question, actor, keeping.CHANGE, found.subject)
        return sheet.written(found.columns, found.present(question))

    return engine.ask(work)


def template(engine: Engine, actor: str, kind: str) -> str:
    """Return the headings of an import as CSV. NotFound, NotAllowed."""
    return sheet.written(require(engine, actor, kind), [])


def _known(kind: str) -> Kind:
    if kind not in KINDS:
        raise NotFound(what=f"import of {kind}")
    return KINDS[kind]


def _report(rows: Sequence[Planned]) -> Report:
    counts: dict[str, int] = {}
    for one in rows:
        counts[one.outcome] = counts.get(one.outcome, 0) + 1
    return Report(tuple(rows), counts)
