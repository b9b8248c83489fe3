"""The import of people: one row a person, who is added, or changed where the row says otherwise than the directory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from engine.domain.people import Directory, Person
from engine.service.command import Command, Question
from engine.service.council import changes
from engine.service.council.planned import CHANGED, NEW, SAME, Planned, refused
from engine.service.council.sheet import SheetRow
from engine.service.people.directory import AUDIT_POOL
from engine.store import people

COLUMNS: Final = ("username", "name", "post", "team", "line_manager", "email", "in_audit_pool", "cleared")
FLAGS: Final = {"yes": True, "no": False}


def plan(question: Question, rows: Sequence[SheetRow]) -> list[Planned]:
    """Return what becomes of each row. A line manager may be of the directory or of the file."""
    coming = {row.cells["username"]: _stub(row) for row in rows if row.cells["username"]}
    after = replace(question.directory, people={**coming, **question.directory.people})
    seen: set[str] = set()
    return [_planned(question, after, row, seen) for row in rows]


def apply(command: Command, planned: Sequence[Planned]) -> None:
    """Add and change the people of the rows that are news, each with its event, and tell of all in one letter."""
    known = command.directory.people
    added = [one for one in planned if one.outcome == NEW]
    if added:
        people.add_people(command.connection, [{"username": one.about, "active": True, **one.values} for one in added])
        details = {"people": [one.about for one in added], "values": [dict(one.values) for one in added]}
        command.note("directory", changes.ADDED, details)
    changed = {
        one.about: changes.differences(known[one.about], one.values) for one in planned if one.outcome == CHANGED
    }
    for username, differences in changed.items():
        changes.keep(command, username, differences)
    command.renew_directory()
    changes.tell_of_many(command, [(one.about, one.values["name"]) for one in added], changed)


def present(question: Question) -> list[Mapping[str, object]]:
    """Return everybody who works here as rows."""
    everybody = question.directory.people.values()
    return [{name: getattr(one, name) for name in COLUMNS} for one in everybody if one.active]


def _stub(row: SheetRow) -> Person:
    return Person(row.cells["username"], row.cells["name"], row.cells["post"], None, None, in_audit_pool=False)


def _planned(question: Question, after: Directory, row: SheetRow, seen: set[str]) -> Planned:
    username = row.cells["username"]
    if row.fault is not None:
        return refused(row.number, username, row.fault)
    if username in seen:
        return refused(row.number, username, "The username stands in an earlier row too.")
    seen.add(username)
    known = question.directory.people.get(username)
    values = _values(question, row, known)
    wrong = dict(_wrong(question, after, row, known))
    if wrong:
        return refused(row.number, username, wrong)
    if known is None:
        return Planned(row.number, username, NEW, "", values)
    differences = changes.differences(known, values)
    reason = ", ".join(changes.named(field) for field in differences)
    return Planned(row.number, username, CHANGED if differences else SAME, reason, values)


def _wrong(
    question: Question, after: Directory, row: SheetRow, known: Person | None
) -> Iterator[tuple[str, list[str]]]:
    username = row.cells["username"]
    if known is None:
        yield from changes.wrong_username(question, username).items()
    elif not known.active:
        yield "username", [f"{known.name} has left. Record first that they work here again."]
    for name in ("in_audit_pool", "cleared"):
        if row.cells[name].casefold() not in ("", *FLAGS):
            yield name, [f"Write yes or no for {changes.named(name)}."]
    yield from changes.wrong_values(after, question.posts.known, username, _values(question, row, known)).items()


def _values(question: Question, row: SheetRow, known: Person | None) -> dict[str, Any]:
    values: dict[str, Any] = {name: row.cells[name] or None for name in changes.FIELDS}
    for name in ("in_audit_pool", "cleared"):
        values[name] = FLAGS.get(row.cells[name].casefold(), getattr(known, name, False))
    if known is None and not row.cells["in_audit_pool"]:
        # Where it is not said, audit_pool.dmn says who is a member of the pool.
        values["in_audit_pool"] = question.decide(AUDIT_POOL, post=values["post"]).get("member") is True
    return values
