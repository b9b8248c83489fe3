"""Opening a report as a page: the report with all that its reader may choose and follow."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.service.command import Question
from engine.service.engine import Engine
from engine.service.reports import reading
from engine.service.reports.reading import READ, SEE_ROWS, Wanted


@dataclass(frozen=True)
class Opened:
    """A report as plain JSON. `rows` says whether its reader may see the cases behind it; `teams` and `people` (names
    by username) are whom they may read it about instead, `everyone` whether they may read it about all teams together.
    """

    report: dict[str, Any]
    rows: bool
    teams: list[str]
    everyone: bool
    people: Mapping[str, str]


def opened(engine: Engine, reader: str, wanted: Wanted) -> Opened:
    """Return a report with its choices, and record that it was read. Refused like `reading.read`."""
    report = reading.read(engine, reader, wanted)
    return engine.ask(lambda question: _with_choices(question, reader, wanted, report))


def _with_choices(question: Question, reader: str, wanted: Wanted, report: dict[str, Any]) -> Opened:
    kind = question.policy.report(wanted.name)

    def may(doing: str, about: Wanted) -> bool:
        return reading.reason_against(question, reader, doing, kind, about) is None

    chooses = kind.asks == "person" and may(READ, replace(wanted, person=""))
    people = {name: str(one.name) for name, one in question.directory.people.items()} if chooses else {}
    everyone = kind.asks == "team" and may(READ, replace(wanted, team=None))
    return Opened(report, may(SEE_ROWS, wanted), reading.teams_of(question, reader, kind), everyone, people)
