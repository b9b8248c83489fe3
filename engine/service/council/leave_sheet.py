"""The import of leave: one row an absence, both days included, as 2026-12-24 or 24/12/2026."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from engine.domain.calendar import parse_day
from engine.domain.people import Absence
from engine.errors import Invalid
from engine.service.command import Command, Question
from engine.service.council import absences
from engine.service.council.planned import NEW, SAME, Planned, refused
from engine.service.council.sheet import SheetRow
from engine.service.people import directory

COLUMNS: Final = ("username", "first_day", "last_day")
_BRITISH: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def plan(question: Question, rows: Sequence[SheetRow]) -> list[Planned]:
    """Return what becomes of each row."""
    recorded = set(question.directory.absences)
    return [_planned(question, row, recorded) for row in rows]


def apply(command: Command, planned: Sequence[Planned]) -> None:
    """Record the absences of the rows that are news, each with its event and what it passes to others."""
    directory.add_absences(command, [Absence(one.about, **one.values) for one in planned])


def present(question: Question) -> list[Mapping[str, object]]:
    """Return the absences that are not over as rows."""
    found = sorted(question.directory.absences, key=lambda one: (one.first_day, one.person))
    return [
        {"username": one.person, "first_day": one.first_day, "last_day": one.last_day}
        for one in found
        if one.last_day >= question.today
    ]


def _planned(question: Question, row: SheetRow, recorded: set[Absence]) -> Planned:
    username = row.cells["username"]
    if row.fault is not None:
        return refused(row.number, username, row.fault)
    person = question.directory.people.get(username)
    if person is None or not person.active:
        return refused(row.number, username, f"There is no person {username} who works here.")
    first, last = _day(row.cells["first_day"]), _day(row.cells["last_day"])
    if first is None or last is None:
        return refused(row.number, username, "Write both days like 2026-12-24 or 24/12/2026.")
    reason = absences.reason_against(first, last)
    if reason is not None:
        return refused(row.number, username, reason)
    absence = Absence(username, first, last)
    outcome = SAME if absence in recorded else NEW
    recorded.add(absence)
    return Planned(row.number, username, outcome, "", {"first_day": first, "last_day": last})


def _day(text: str) -> date | None:
    british = _BRITISH.fullmatch(text)
    try:
        return parse_day(f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}" if british else text)
    except Invalid:
        return None
