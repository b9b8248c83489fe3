"""Phrases about the council, its calendar and the passing of time."""

from datetime import date

from engine.domain.calendar import local_day
from engine.service.council import leavers
from engine.service.people import directory
from engine.service.rehearsal.acting import expect_same
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table
from engine.service.rehearsal.stage import STORY, Stage


@say("the demonstration council")
def the_council(stage: Stage, _table: Table | None) -> None:
    """Bring in the people, teams and cases of the demonstration council."""
    stage.set_up_council()


@say("the audit pool has {number} members")
def the_pool_has(stage: Stage, _table: Table | None, number: int) -> None:
    """Let further specialists join the audit pool, or the last members leave it."""
    people = stage.ask(lambda question: question.directory.people)
    pool = [name for name, person in people.items() if person.in_audit_pool]
    directory.leave_pool(stage.engine, STORY, pool[number:])
    post = people[pool[-1]].post if pool else "Specialist"
    new = [
        {
            "username": f"specialist{n}",
            "name": f"Specialist {n}",
            "post": post,
            "team": None,
            "line_manager": None,
            "in_audit_pool": True,
            "cleared": False,
            "email": None,
            "active": True,
            "trained_on": local_day(stage.clock.now()).isoformat(),
        }
        for n in range(1, number - len(pool) + 1)
    ]
    directory.add_council(stage.engine, STORY, new, [])


@say("the council is closed from {day} to {day}", "the council is closed on {day}")
def the_council_is_closed(stage: Stage, _table: Table | None, first: date, last: date | None = None) -> None:
    """Record closure days."""
    directory.close_council(stage.engine, STORY, first, last or first, "closed in a story")


@say("{person} is away from {day} to {day}", "{person} is away on {day}")
def is_away(stage: Stage, _table: Table | None, name: str, first: date, last: date | None = None) -> None:
    """Record an absence."""
    directory.record_absence(stage.engine, STORY, stage.person(name), first, last or first)


@say("{person}, who is cleared for restricted records, joins the audit pool")
def joins_cleared(stage: Stage, _table: Table | None, name: str) -> None:
    """Let a cleared specialist join the council and its audit pool."""
    people = stage.ask(lambda question: question.directory.people)
    post = next(person.post for person in people.values() if person.in_audit_pool and person.team is None)
    row = {"username": name.lower(), "name": name, "post": post, "team": None, "line_manager": None, "email": None}
    trained = local_day(stage.clock.now()).isoformat()
    rest = {"in_audit_pool": True, "cleared": True, "active": True, "trained_on": trained}
    directory.add_council(stage.engine, STORY, [{**row, **rest}], [])


@say("{person} leaves the council on {when}")
def leaves(stage: Stage, _table: Table | None, name: str, when: Moment) -> None:
    """Record that somebody has left."""
    stage.move_to(when)
    username = stage.person(name)
    stage.engine.run(STORY, lambda command: leavers.depart(command, username))


@say("{person} is to leave the council after {day}, as recorded on {when}")
def is_to_leave(stage: Stage, _table: Table | None, name: str, last_day: date, when: Moment) -> None:
    """Record somebody's last day."""
    stage.move_to(when)
    username = stage.person(name)
    stage.engine.run(STORY, lambda command: leavers.plan(command, username, last_day))


@say("{person} stays with the council after all, as recorded by {person} on {when}")
def stays(stage: Stage, _table: Table | None, name: str, keeper: str, when: Moment) -> None:
    """Record that somebody does not leave after all."""
    stage.move_to(when)
    leavers.stay(stage.engine, stage.person(keeper), stage.person(name))


@say("{person} leaves the audit pool on {when}")
def leaves_the_pool(stage: Stage, _table: Table | None, name: str, when: Moment) -> None:
    """Record that somebody is no longer a member of the audit pool."""
    stage.move_to(when)
    directory.leave_pool(stage.engine, STORY, [stage.person(name)])


@say("the post {quoted} is held by {people}", "the post {quoted} is held by {person}")
def post_is_held_by(stage: Stage, _table: Table | None, post: str, names: str | tuple[str, ...]) -> None:
    """Compare who holds a post today."""
    wanted = {names} if isinstance(names, str) else set(names)
    people = stage.ask(lambda question: question.directory.people)
    found = {person.name for person in people.values() if person.active and person.post == post}
    expect_same(sorted(found), sorted(wanted), f"The post “{post}” is held by a list that")


@say("it is {when}")
def it_is(stage: Stage, _table: Table | None, when: Moment) -> None:
    """Let time pass."""
    stage.move_to(when)
