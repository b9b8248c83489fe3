"""The teams: who answers for each, and what a change of that does on the same day (I-06, R-55)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine.domain.people import Person, Team
from engine.errors import Invalid, NotFound
from engine.service.command import Command, Question
from engine.service.council import changes, cover, keeping
from engine.service.council.cover import Chain
from engine.service.engine import Engine
from engine.store import people, tasks

PAGE: Final = 50
FIELDS: Final = ("service_area", *people.LEADS)
LONGEST_NAME: Final = 100
STRATA: Final = "strata"


@dataclass(frozen=True)
class TeamLine:
    """A team in the list, how many people it has, and what is wrong with its chains."""

    team: Team
    size: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class TeamsPage:
    """A page of the teams, how many there are in all, and whether the reader may add one."""

    lines: tuple[TeamLine, ...]
    total: int
    may_change: bool


@dataclass(frozen=True)
class TeamPage:
    """One team with its people, the chains of its posts on a day, and the open tasks of each post."""

    team: Team
    people: tuple[Person, ...]
    chains: tuple[Chain, ...]
    open_tasks: Mapping[str, int]
    day: date
    may_change: bool


def every(engine: Engine, reader: str, page: int = 1) -> TeamsPage:
    """Return a page of the teams by name. NotAllowed."""

    def work(question: Question) -> TeamsPage:
        keeping.require(question, reader, keeping.LOOK)
        found = tuple(question.directory.teams.values())
        shown = found[(page - 1) * PAGE : page * PAGE]
        sizes = Counter(one.team for one in question.directory.people.values() if one.active)
        may_change = keeping.may(question, reader, keeping.CHANGE, keeping.TEAMS)
        return TeamsPage(tuple(_line(question, one, sizes[one.name]) for one in shown), len(found), may_change)

    return engine.ask(work)


def page(engine: Engine, reader: str, name: str, day: date | None = None) -> TeamPage:
    """Return one team on a day, today for None. NotFound, NotAllowed."""

    def work(question: Question) -> TeamPage:
        keeping.require(question, reader, keeping.LOOK)
        team, when = known(question, name), day or question.today
        chains = cover.chains_of_team(question, name, when)
        counted = tasks.count_of_posts(question.connection, [(one.post, name) for one in chains])
        return TeamPage(
            team,
            tuple(one for one in question.directory.people.values() if one.active and one.team == name),
            chains,
            {post: count for (post, _), count in counted.items()},
            when,
            keeping.may(question, reader, keeping.CHANGE, keeping.TEAMS),
        )

    return engine.ask(work)


def choices(engine: Engine, reader: str, name: str | None) -> tuple[Team | None, tuple[Person, ...]]:
    """Return a team, None for a new one, and who can be chosen to answer for it. NotFound, NotAllowed."""

    def work(question: Question) -> tuple[Team | None, tuple[Person, ...]]:
        keeping.require(question, reader, keeping.CHANGE, keeping.TEAMS)
        team = known(question, name) if name is not None else None
        return team, tuple(one for one in question.directory.people.values() if one.active)

    return engine.ask(work)


def add(engine: Engine, actor: str, name: str, values: Mapping[str, str | None]) -> None:
    """Add a team by FIELDS, None for nothing. NotAllowed, Invalid field by field."""

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.TEAMS)
        add_team(command, name, values)

    engine.run(actor, work)


def change(engine: Engine, actor: str, name: str, values: Mapping[str, str | None]) -> int:
    """Change FIELDS of a team and return how many open tasks are with somebody else from now on.

    Nothing of the work itself is touched: its tasks follow the post (I-06). NotFound, NotAllowed, Invalid.
    """

    def work(command: Command) -> int:
        keeping.require_change(command, keeping.TEAMS)
        return change_team(command, name, values)

    return engine.run(actor, work)


def add_team(command: Command, name: str, values: Mapping[str, str | None]) -> None:
    """Add a team within a command; Invalid."""
    wrong = {**wrong_name(command, name), **wrong_values(command, values)}
    if wrong:
        raise Invalid(wrong)
    keep_new(command, {name: values})


def keep_new(command: Command, found: Mapping[str, Mapping[str, str | None]]) -> None:
    """Keep new teams, of which there is one or more, by name, each with its event."""
    people.add_teams(command.connection, [{"name": name, **values} for name, values in found.items()])
    command.renew_directory()
    for name, values in found.items():
        command.note("directory", "team added", {"team": name, "values": dict(values)})


def change_team(command: Command, name: str, values: Mapping[str, str | None]) -> int:
    """Change a team within a command; return how many open tasks are with somebody else. NotFound, Invalid."""
    team = known(command, name)
    wrong = wrong_values(command, values)
    if wrong:
        raise Invalid(wrong)
    changed = changes.differences(team, values)
    return keep(command, {name: changed}) if changed else 0


def keep(command: Command, changed: Mapping[str, changes.Changed]) -> int:
    """Keep what differs about teams, by name, each with its event; return how many open tasks are with others now."""
    before = {name: _with_whom(command, name) for name in changed}
    for name, fields in changed.items():
        people.change_team(command.connection, name, _side(fields, 1))
    command.renew_directory()
    passed = {name: _passed(command, name, before[name]) for name in changed}
    for name, fields in changed.items():
        details = {"before": _side(fields, 0), "after": _side(fields, 1), "tasks_passed": passed[name]}
        command.note("directory", "team changed", {"team": name, **details})
        changes.tell(command, name, name, fields)
    return sum(passed.values())


def known(question: Question, name: str) -> Team:
    """Return a team; NotFound."""
    team = question.directory.teams.get(name)
    if team is None:
        raise NotFound(what=f"team {name}")
    return team


def wrong_name(question: Question, name: str) -> dict[str, list[str]]:
    """Return what is wrong with the name of a new team, {} for nothing."""
    if not 0 < len(name) <= LONGEST_NAME or "/" in name or not name.isprintable():
        return {"name": [f"Enter the team's name, at most {LONGEST_NAME} characters and without “/”."]}
    if name in question.directory.teams:
        return {"name": [f"The team {name} is in the directory already."]}
    return {}


def wrong_values(question: Question, values: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Return what is wrong with what is to be kept about a team, {} for nothing."""
    wrong: dict[str, list[str]] = {}
    for lead in people.LEADS:
        person = question.directory.people.get(values[lead] or "")
        if values[lead] is not None and (person is None or not person.active):
            wrong[lead] = [f"There is no person {values[lead]} who works here."]
    area = values["service_area"]
    if area is not None and question.decide(STRATA, service_area=area).get("known") is not True:
        wrong["service_area"] = [f"The policy samples no service area called {area}."]
    return wrong


def _line(question: Question, team: Team, size: int) -> TeamLine:
    chains = cover.chains_of_team(question, team.name, question.today) if team.service_area is not None else ()
    return TeamLine(team, size, tuple(dict.fromkeys(said for one in chains for said in one.problems)))


def _side(changed: changes.Changed, place: int) -> dict[str, Any]:
    return {field: pair[place] for field, pair in changed.items()}


def _with_whom(question: Question, team: str) -> dict[str, tuple[str, ...]]:
    posts = [post for post in question.posts.lanes if question.posts.rule(post).holder in ("team", "case")]
    return {post: question.holders(post, team) for post in posts}


def _passed(question: Question, team: str, before: Mapping[str, tuple[str, ...]]) -> int:
    counted: Any = tasks.count_of_posts(question.connection, [(post, team) for post in before])
    after = _with_whom(question, team)
    return sum(count for (post, _), count in counted.items() if after[post] != before[post])
