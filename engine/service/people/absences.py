"""Being away: what people record about themselves, and who stands in meanwhile by stand_ins.dmn (DEC-8, I-06)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from engine.domain.people import Absence, Directory
from engine.errors import Invalid, NotFound, NotNow
from engine.service.cases import actions
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.people import directory
from engine.service.people.directory import MOST_DAYS
from engine.store import absences

STREAM: Final = "directory"
FIRST, LAST = "first_day", "last_day"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class StandIn:
    """Who answers for a post of somebody who is away, by name; nobody when the work waits."""

    post: str
    team: str | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class OwnAbsence:
    """An absence that has not ended, and who stands in on its first day that is still to come."""

    number: int
    first_day: date
    last_day: date
    has_begun: bool
    stand_ins: tuple[StandIn, ...]


def of_person(engine: Engine, person: str) -> tuple[OwnAbsence, ...]:
    """Return the absences of `person` that have not ended, the earliest first."""

    def work(question: Question) -> tuple[OwnAbsence, ...]:
        return tuple(_shown(question, row) for row in absences.since(question.connection, person, question.today))

    return engine.ask(work)


def stand_ins(engine: Engine, person: str) -> tuple[StandIn, ...]:
    """Return who would stand in for `person` today, post by post; none for who holds no post with a stand-in."""
    return engine.ask(lambda question: stand_ins_on(question, person, question.today))


def stand_ins_on(question: Question, person: str, day: date) -> tuple[StandIn, ...]:
    """Return who stands in for `person` on a day when they are away, post by post, whether that is recorded or not."""
    without = _without(question.directory, person, day)
    found = []
    for post, team in without.held(question.posts, person):
        if not _is_own_name(question, post, team):
            continue
        names = [name for name in without.holders(question.posts, post, team, day) if name != person]
        found.append(StandIn(post, team, _names(without, names)))
    return tuple(found)


def record(engine: Engine, person: str, first_day: date, last_day: date) -> None:
    """Record that `person` is going to be away, both days included; who gets work because of it is told.

    Invalid for days that are past, in the wrong order, more than a year apart or recorded already; NotFound.
    """

    def work(command: Command) -> None:
        if person not in command.directory.people:
            raise NotFound(what=f"person {person}")
        if first_day < command.today:
            raise Invalid({FIRST: ["The first day must be today or later."]})
        _refuse_days(command, person, first_day, last_day)
        directory.add_absences(command, [Absence(person, first_day, last_day)])

    engine.run(person, work)


def change(engine: Engine, person: str, number: int, first_day: date, last_day: date) -> None:
    """Change the days of an absence of `person`; one that has begun keeps its first day and may end yesterday.

    NotFound for an absence that is not theirs or has ended; Invalid as in `record`.
    """

    def work(command: Command) -> None:
        row = _own(command, person, number)
        begun = row.first_day < command.today
        if begun and first_day != row.first_day:
            raise Invalid({FIRST: ["The absence has begun. Only its last day can change."]})
        if not begun and first_day < command.today:
            raise Invalid({FIRST: ["The first day must be today or later."]})
        _refuse_days(command, person, first_day, last_day, but=number, since=command.today - DAY * begun)
        absences.change(command.connection, number, first_day, last_day)
        before, after = _days(row.first_day, row.last_day), _days(first_day, last_day)
        _noted(command, "absence changed", {"person": person, "before": before, "after": after}, person)

    engine.run(person, work)


def cancel(engine: Engine, person: str, number: int) -> None:
    """Cancel an absence of `person` that begins today or later; NotFound, NotNow for one that began before."""

    def work(command: Command) -> None:
        row = _own(command, person, number)
        if row.first_day < command.today:
            raise NotNow(doing="Cancelling this absence", reason="it has begun; change its last day instead")
        absences.drop(command.connection, number)
        told = directory.told_of(Absence(person, row.first_day, row.last_day))
        _noted(command, "absence withdrawn", told, person)

    engine.run(person, work)


def _noted(command: Command, kind: str, details: dict[str, Any], person: str) -> None:
    command.renew_directory()
    command.note(STREAM, kind, details)
    actions.tell_of_absence(command, person)


def _own(command: Command, person: str, number: int) -> Any:
    for row in absences.since(command.connection, person, command.today):
        if row.id == number:
            return row
    raise NotFound(what="absence of yours that has not ended with this number")


def _refuse_days(
    command: Command, person: str, first_day: date, last_day: date, but: int = 0, since: date | None = None
) -> None:
    if last_day < first_day:
        raise Invalid({LAST: ["The last day of the absence must be its first day or later."]})
    if last_day < (since or command.today):
        raise Invalid({LAST: ["The last day must not be past."]})
    if (last_day - first_day).days >= MOST_DAYS:
        raise Invalid({LAST: [f"An absence is at most {MOST_DAYS} days long."]})
    others = [row for row in absences.since(command.connection, person, first_day) if row.id != but]
    if any(row.first_day <= last_day for row in others):
        raise Invalid({FIRST: ["You have recorded an absence for some of these days. Change that one."]})


def _shown(question: Question, row: Any) -> OwnAbsence:
    day = max(row.first_day, question.today)
    found = stand_ins_on(question, row.person, day)
    return OwnAbsence(row.id, row.first_day, row.last_day, row.first_day < question.today, found)


def _is_own_name(question: Question, post: str, team: str | None) -> bool:
    """Whether a place is what its holders call their post, and neither another lane of theirs nor one of no team."""
    rule = question.posts.rule(post)
    return team is not None if rule.holder == "team" else rule.source == post or rule.holder != "post"


def _without(known: Directory, person: str, day: date) -> Directory:
    """Return the directory as if somebody were away on `day`."""
    return replace(known, absences=(*known.absences, Absence(person, day, day)))


def _names(known: Directory, usernames: Sequence[str]) -> tuple[str, ...]:
    return tuple(known.people[one].name for one in usernames)


def _days(first_day: date, last_day: date) -> dict[str, str]:
    return {FIRST: first_day.isoformat(), LAST: last_day.isoformat()}
