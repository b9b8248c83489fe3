"""Who answers for each post on a day, and who stands in: posts.dmn and stand_ins.dmn in words, with their gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.service.command import Question
from engine.service.council import keeping
from engine.service.engine import Engine
from engine.service.tables import first

ESTABLISHMENT = "establishment"


@dataclass(frozen=True)
class Link:
    """One step of a chain: a post and who is appointed to it, the present ones first."""

    post: str
    present: tuple[str, ...]
    away: tuple[str, ...]


@dataclass(frozen=True)
class Chain:
    """A post, for one team or for the whole council, with its stand-ins in order, and who answers for it on the day.

    `problems` say what is wrong with it.
    """

    post: str
    team: str | None
    links: tuple[Link, ...]
    today: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Post:
    """A post, who holds it, how many the policy has for it (None for no number), and whether each team says who answers
    for it; `problems` tell vacancies."""

    name: str
    holders: tuple[str, ...]
    wanted: int | None
    is_of_teams: bool
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Posts:
    """All posts with the chains of those that are not team by team; how many teams have a gap."""

    posts: tuple[tuple[Post, Chain | None], ...]
    teams_with_gaps: tuple[str, ...]
    day: date


def posts(engine: Engine, reader: str, day: date | None = None) -> Posts:
    """Return all posts with holders, vacancies (R-23) and stand-ins on a day, today for None. NotAllowed."""

    def work(question: Question) -> Posts:
        keeping.require(question, reader, keeping.LOOK)
        when = day or question.today
        found = tuple((one, _chain_of(question, one.name, when)) for one in all_posts(question))
        return Posts(found, tuple(teams_with_gaps(question, when)), when)

    return engine.ask(work)


def all_posts(question: Question) -> Iterator[Post]:
    """Yield all posts with holders and vacancies, in alphabetical order."""
    return (_post(question, name) for name in question.posts.known)


def chains_of_team(question: Question, team: str, day: date) -> tuple[Chain, ...]:
    """Return the chains of the posts that one answers for team by team."""
    names = [post for post in question.posts.known if question.posts.rule(post).holder == "team"]
    return tuple(chain(question, post, team, day) for post in names)


def teams_with_gaps(question: Question, day: date) -> Iterator[str]:
    """Yield the teams for which some post of theirs has a problem."""
    for team in question.directory.teams.values():
        if team.service_area is not None and any(one.problems for one in chains_of_team(question, team.name, day)):
            yield team.name


def chain(question: Question, post: str, team: str | None, day: date) -> Chain:
    """Return a post's chain on a day, and what is wrong with it."""
    links = tuple(_link(question, one, team, day) for one in (post, *question.posts.chain(post)))
    today = question.directory.holders(question.posts, post, team, day)
    return Chain(post, team, links, today, tuple(_problems(links)))


def _link(question: Question, post: str, team: str | None, day: date) -> Link:
    names = question.directory.appointed(question.posts, post, team)
    away = tuple(name for name in names if question.directory.is_absent(name, day))
    return Link(post, tuple(name for name in names if name not in away), away)


def _problems(links: tuple[Link, ...]) -> Iterator[str]:
    if not any(link.present for link in links):
        yield "Nobody of the whole chain is here. Work waits for whoever is back first."
    for link in links:
        if not link.present and not link.away:
            yield f"Nobody is appointed as {link.post}."


def _chain_of(question: Question, post: str, day: date) -> Chain | None:
    """Return the chain of a post of the whole council that is given work or stands in, None for any other."""
    is_whole = question.posts.rule(post).holder in ("post", "allocated")
    is_asked = post in question.posts.lanes or bool(question.posts.chain(post))
    return chain(question, post, None, day) if is_whole and is_asked else None


def _post(question: Question, name: str) -> Post:
    holders = question.directory.in_post(name)
    wanted = _wanted(question, name)
    is_of_teams = question.posts.rule(name).holder == "team"
    problems = tuple(_vacancies(len(holders), wanted, _is_needed(question, name)))
    return Post(name, holders, wanted, is_of_teams, problems)


def _is_needed(question: Question, post: str) -> bool:
    """Whether diagrams give work to a post, or it stands in for one of those."""
    book = question.posts
    return any(post in (lane, *book.chain(lane)) for lane in book.lanes)


def _vacancies(count: int, wanted: int | None, has_work: bool) -> Iterator[str]:
    if wanted is not None and count < wanted:
        yield f"{wanted - count} of {wanted} vacant"
    elif wanted is not None and count > wanted:
        yield f"{count - wanted} more than the {wanted} of the policy"
    elif wanted is None and count == 0 and has_work:
        yield "vacant"


def _wanted(question: Question, post: str) -> int | None:
    table: Any = question.policy.decisions.get(ESTABLISHMENT)
    answer = first(table, {"post": post}, question.language).get("holders") if table is not None else None
    return None if answer is None else int(str(answer))
