"""Somebody leaves for good, at once or after their last day; or it was a mistake, or they come back (I-06).

What follows for open work is policy. Tasks of posts are with whoever holds or stands in for the post. Work that is one
person's by name gets the message that posts.dmn has for its lane, and goes on as its own diagram says: an audit, for
one, to the Administrator, who gives it to another auditor. A diagram of an older policy that does not wait for the
message keeps the work where it is, and the page of the leaver says so.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from engine.domain.people import Person
from engine.errors import Invalid, NotNow, StepFailed
from engine.service import instances
from engine.service.command import CLOCK, Command, Question
from engine.service.council import keeping, open_work
from engine.service.council.changes import tell
from engine.service.council.person import known
from engine.service.engine import Engine
from engine.service.overview import incidents
from engine.service.stepping import pass_on
from engine.store import instances as instance_rows
from engine.store import people, sign_ins, tasks

LEAVES, STAYS, LEFT, BACK = "leaves", "stays", "left", "came back"
FURTHEST: Final = timedelta(days=366)
"""A last day further ahead than a year is a slip of the pen."""
Answer = TypeVar("Answer")


def leave(engine: Engine, actor: str, username: str, last_day: date | None = None) -> int:
    """Record that somebody has left, or, with a `last_day`, that they will at its end; return how many tasks that they
    had taken went back to their posts.

    NotFound, NotAllowed; NotNow for who has left already, and for oneself; Invalid for a day before today or more than
    a year ahead.
    """

    def work(command: Command) -> int:
        keeping.require_change(command, keeping.PEOPLE)
        person = known(command, username)
        if username == actor:
            raise NotNow(doing="Recording that you leave", reason="somebody else who keeps the directory does it")
        if not person.active:
            raise NotNow(doing=f"Recording that {person.name} leaves", reason="it is recorded that they have left")
        if last_day is None:
            return depart(command, username)
        plan(command, username, last_day)
        return 0

    return _setting_aside(engine, lambda: engine.run(actor, work))


def stay(engine: Engine, actor: str, username: str) -> None:
    """Record that somebody does not leave after all; NotFound, NotAllowed, NotNow for who was not going to."""

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.PEOPLE)
        person = known(command, username)
        if person.last_day is None:
            raise NotNow(doing=f"Recording that {person.name} stays", reason="no last day of theirs is recorded")
        _change_day(command, person, None, STAYS)

    engine.run(actor, work)


def come_back(engine: Engine, actor: str, username: str) -> None:
    """Record that somebody who had left works here again, without a password; NotFound, NotAllowed, NotNow.

    What went to others meanwhile stays with them.
    """

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.PEOPLE)
        person = known(command, username)
        if person.active:
            raise NotNow(doing=f"Recording that {person.name} is back", reason="they have not left")
        people.change_person(command.connection, username, {"active": True, "password": None})
        command.note("directory", BACK, {"person": username})
        command.renew_directory()
        tell(command, username, person.name, {"active": (False, True)})

    engine.run(actor, work)


def plan(command: Command, username: str, last_day: date) -> None:
    """Record, within a command, that somebody leaves at the end of a day; NotFound, and Invalid as for `leave`."""
    if last_day < command.today:
        raise Invalid({"last_day": ["The last day must be today or later. Leave it empty for somebody who has left."]})
    if last_day > command.today + FURTHEST:
        raise Invalid({"last_day": ["The last day must be within a year from today."]})
    _change_day(command, known(command, username), last_day, LEAVES)


def _change_day(command: Command, person: Person, last_day: date | None, event: str) -> None:
    before, after = (None if day is None else day.isoformat() for day in (person.last_day, last_day))
    people.change_person(command.connection, person.username, {"last_day": last_day})
    command.note("directory", event, {"person": person.username, "before": before, "after": after})
    command.renew_directory()
    tell(command, person.username, person.name, {"last_day": (before, after)})


def depart(command: Command, username: str) -> int:
    """Let somebody have left, within a command: their sessions end, what they had taken goes back to its posts, and
    what is theirs by name goes on as the policy says. Return how many tasks went back; NotFound.
    """
    person = known(command, username)
    named = [row for row in tasks.open_with(command.connection, username) if row.post is None]
    given_back = open_work.give_back(command, username)
    gone = {"active": False, "in_audit_pool": False, "last_day": None}
    people.change_person(command.connection, username, gone)
    sign_ins.raise_epoch(command.connection, username)
    command.renew_directory()
    passed_on = [row.id for row in named if _passes_on(command, row)]
    counts = {"tasks_given_back": given_back, "passed_on": len(passed_on), "kept": len(named) - len(passed_on)}
    command.note("directory", LEFT, {"person": username, **counts})
    tell(command, username, person.name, {"active": (True, False)})
    return given_back


def depart_on_day(engine: Engine) -> bool:
    """Let whoever's last day has been over longest have left; False when nobody's is. The clock does it."""
    username = engine.ask(_first_gone)
    if username is None:
        return False
    _setting_aside(engine, lambda: engine.run(CLOCK, partial(_depart_if_gone, username)))
    return True


def _first_gone(question: Question) -> str | None:
    return next((name for last_day, name in question.directory.leaving if last_day < question.today), None)


def _depart_if_gone(username: str, command: Command) -> None:
    person = known(command, username)
    if person.active and person.last_day is not None and person.last_day < command.today:
        depart(command, username)


def _passes_on(command: Command, task: Any) -> bool:
    found = instances.load(command, task.instance)
    if found.status != instance_rows.RUNNING:
        return False
    try:
        # What was due there before comes first, so that no lateness goes unrecorded.
        instances.catch_up(command, found)
        gone_on = pass_on(command, task.id)
        command.settle()
    except StepFailed as failure:
        raise _StumbledError(found.id, failure) from failure
    return gone_on


class _StumbledError(Exception):
    """A diagram failed while what was somebody's by name was to go on."""

    def __init__(self, instance: str, failure: StepFailed) -> None:
        super().__init__(failure.sentence)
        self.instance = instance
        self.failure = failure


def _setting_aside(engine: Engine, work: Callable[[], Answer]) -> Answer:
    """Do `work`. A piece of somebody's work whose diagram fails is set aside as an incident and keeps nobody here; it
    goes on when the incident is mended.
    """
    while True:
        try:
            return work()
        except _StumbledError as stumble:
            incidents.stop(engine, stumble.instance, stumble.failure)
