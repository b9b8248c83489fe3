"""The import of teams: one row a team, which is added, or changed where the row says otherwise than the directory."""

from collections.abc import Mapping, Sequence
from typing import Final

from engine.service.command import Command, Question
from engine.service.council import changes, teams
from engine.service.council.planned import CHANGED, NEW, SAME, Planned, refused
from engine.service.council.sheet import SheetRow

COLUMNS: Final = ("team", *teams.FIELDS)


def plan(question: Question, rows: Sequence[SheetRow]) -> list[Planned]:
    """Return what becomes of each row."""
    seen: set[str] = set()
    return [_planned(question, row, seen) for row in rows]


def apply(command: Command, planned: Sequence[Planned]) -> None:
    """Add and change the teams of the rows that are news, each with its event."""
    known = command.directory.teams
    changed = {
        one.about: changes.differences(known[one.about], one.values) for one in planned if one.outcome == CHANGED
    }
    if changed:
        teams.keep(command, changed)
    added = {one.about: one.values for one in planned if one.outcome == NEW}
    if added:
        teams.keep_new(command, added)


def present(question: Question) -> list[Mapping[str, object]]:
    """Return every team as a row."""
    found = question.directory.teams.values()
    return [{"team": one.name, **{name: getattr(one, name) for name in teams.FIELDS}} for one in found]


def _planned(question: Question, row: SheetRow, seen: set[str]) -> Planned:
    name = row.cells["team"]
    if row.fault is not None:
        return refused(row.number, name, row.fault)
    if name in seen:
        return refused(row.number, name, "The team stands in an earlier row too.")
    seen.add(name)
    known = question.directory.teams.get(name)
    values = {field: row.cells[field] or None for field in teams.FIELDS}
    wrong = teams.wrong_values(question, values)
    if known is None:
        wrong = {**teams.wrong_name(question, name), **wrong}
    if wrong:
        return refused(row.number, name, wrong)
    if known is None:
        return Planned(row.number, name, NEW, "", values)
    differences = changes.differences(known, values)
    reason = ", ".join(changes.named(field) for field in differences)
    return Planned(row.number, name, CHANGED if differences else SAME, reason, values)
