"""Changing what the directory says about people: checked, logged with before and after, and told by the policy.

Nobody is given another post, clearance or a place in the audit pool without somebody else hearing of it
(directory_changes.dmn).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from engine.domain.people import Directory, Person
from engine.errors import Invalid
from engine.service import notices
from engine.service.command import Command, Question
from engine.service.council import keeping
from engine.service.council.person import known
from engine.service.engine import Engine
from engine.service.mail.mailroom import usable
from engine.store import people

TOLD_BY: Final = "directory_changes"
ADDED, CHANGED = "added", "changed"
FIELDS: Final = ("name", "post", "team", "line_manager", "in_audit_pool", "cleared", "email")
WORDS: Final = {
    "in_audit_pool": "member of the audit pool",
    "cleared": "cleared for restricted records",
    "email": "e-mail address",
    "active": "works here",
    "last_day": "last day",
}
LONGEST_NAME: Final = 100
MOST_TOLD: Final = 40
_USERNAME: Final = re.compile(r"[a-z][a-z0-9._-]{1,39}")

Values = Mapping[str, Any]
Changed = Mapping[str, tuple[Any, Any]]


def add(engine: Engine, actor: str, username: str, values: Values) -> None:
    """Add somebody by FIELDS (texts, None for nothing, and yes or no as bool). NotAllowed, Invalid field by field."""

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.PEOPLE)
        add_person(command, username, values)

    engine.run(actor, work)


def change(engine: Engine, actor: str, username: str, values: Values) -> bool:
    """Change FIELDS of somebody and return whether anything changed. NotFound, NotAllowed, Invalid."""

    def work(command: Command) -> bool:
        keeping.require_change(command, keeping.PEOPLE)
        return change_person(command, username, values)

    return engine.run(actor, work)


def add_person(command: Command, username: str, values: Values) -> None:
    """Add somebody within a command; Invalid field by field."""
    wrong = {
        **wrong_username(command, username),
        **wrong_values(command.directory, command.posts.known, username, values),
    }
    if wrong:
        raise Invalid(wrong)
    row = {"username": username, "active": True, **{name: values[name] for name in FIELDS}}
    people.add_people(command.connection, [row])
    command.renew_directory()
    command.note("directory", ADDED, {"people": [username], "values": dict(values)})
    tell(command, username, row["name"], {"added": (None, row["post"])})


def change_person(command: Command, username: str, values: Values) -> bool:
    """Change somebody within a command and return whether anything changed; NotFound, Invalid."""
    person = known(command, username)
    wrong = wrong_values(command.directory, command.posts.known, username, values)
    if wrong:
        raise Invalid(wrong)
    changed = differences(person, values)
    if not changed:
        return False
    keep(command, username, changed)
    command.renew_directory()
    tell(command, username, person.name, changed)
    return True


def keep(command: Command, username: str, changed: Changed) -> None:
    """Keep what differs about somebody, with its event."""
    people.change_person(command.connection, username, _side(changed, 1))
    details = {"person": username, "before": _side(changed, 0), "after": _side(changed, 1)}
    command.note("directory", CHANGED, details)


def differences(known_one: Person | Any, values: Values) -> dict[str, tuple[Any, Any]]:
    """Return what differs as {field: (before, after)}."""
    return {name: (getattr(known_one, name), new) for name, new in values.items() if getattr(known_one, name) != new}


def wrong_username(question: Question, username: str) -> dict[str, list[str]]:
    """Return what is wrong with the name of somebody new, {} for nothing."""
    if not _USERNAME.fullmatch(username):
        return {"username": ["The username must be 2 to 40 small letters, digits, dots and hyphens, a letter first."]}
    if username in question.directory.people:
        return {"username": [f"The username {username} is in the directory already."]}
    return {}


def wrong_values(found: Directory, posts: Collection[str], username: str, values: Values) -> dict[str, list[str]]:
    """Return what is wrong with what is to be kept about somebody by a directory and its posts, {} for nothing."""
    wrong: dict[str, list[str]] = {}
    if not 0 < len(str(values["name"] or "").strip()) <= LONGEST_NAME:
        wrong["name"] = [f"Enter the name, at most {LONGEST_NAME} characters."]
    if values["post"] not in posts:
        wrong["post"] = ["Choose a post that the policy knows."]
    if values["team"] is not None and values["team"] not in found.teams:
        wrong["team"] = [f"There is no team {values['team']} in the directory."]
    manager = values["line_manager"]
    if manager is not None and manager not in found.people:
        wrong["line_manager"] = [f"There is no person {manager} in the directory."]
    if manager == username:
        wrong["line_manager"] = ["Nobody is their own line manager."]
    if values["email"] is not None and not usable(values["email"]):
        wrong["email"] = ["Enter an e-mail address such as name@example.gov.uk, or leave it empty."]
    return wrong


def named(field: str) -> str:
    """Return what a field is called."""
    return WORDS.get(field, field.replace("_", " "))


def tell(command: Command, username: str, name: str, changed: Changed) -> None:
    """Tell whom directory_changes.dmn names of what has changed, one letter each."""
    said = "; ".join(_words(command, field, before, after) for field, (before, after) in changed.items())
    _send(command, username, name, said, _told(command, changed, username == command.actor))


def tell_of_many(command: Command, added: Sequence[tuple[str, str]], changed: Mapping[str, Changed]) -> None:
    """Tell of everybody that an import added, as (username, name), or changed: one letter to each reader."""
    asked = cache(lambda fields, own: _told(command, fields, own))
    told = set(asked((ADDED,), False)) if added else set()
    lines = [f"{name} ({username}) {ADDED}" for username, name in added]
    for username, fields in changed.items():
        found = asked(tuple(fields), username == command.actor)
        told |= found
        if found:
            said = "; ".join(_words(command, field, before, after) for field, (before, after) in fields.items())
            lines.append(f"{username}: {said}")
    more = f" – and {len(lines) - MOST_TOLD} more; see the changes of the directory" if len(lines) > MOST_TOLD else ""
    count = "1 person" if len(lines) == 1 else f"{len(lines)} people"
    _send(command, "import", f"{count}, by an import", " – ".join(lines[:MOST_TOLD]) + more, told)


def _told(command: Command, fields: Iterable[str], own: bool) -> set[tuple[str, str]]:
    """Return whom directory_changes.dmn names of some fields, as (notice, post)."""
    if TOLD_BY not in command.policy.decisions:
        return set()
    rows = (row for field in fields for row in command.collect(TOLD_BY, field=field, own=own))
    return {(str(row["notice"]), str(row["to"])) for row in rows}


def _send(command: Command, about: str, name: str, said: str, told: set[tuple[str, str]]) -> None:
    by = command.directory.people.get(command.actor)
    facts = {"person_name": name, "changed_by": command.actor if by is None else by.name, "change": said}
    for notice, to in sorted(told):
        notices.send(command, to, notice, {}, f"directory:{about}:{command.now.isoformat()}", **facts)


def _words(question: Question, field: str, before: Any, after: Any) -> str:
    if field == ADDED:
        return f"added, as {after}"
    return f"{named(field)}: {_shown(question, before)}, now {_shown(question, after)}"


def _shown(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    person = question.directory.people.get(value)
    return "nothing" if value is None else str(value) if person is None else person.name


def _side(changed: Changed, place: int) -> dict[str, Any]:
    return {name: pair[place] for name, pair in changed.items()}
