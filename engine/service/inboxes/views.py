"""The views of an inbox: whose open tasks somebody reaches today.

What others hold is seen as far as rights.dmn lets the reader see it, and never what concerns an audit of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from engine.domain.people import Place
from engine.service import restricted, rights
from engine.service.command import Question
from engine.service.rights import About
from engine.store import inboxes
from engine.store.inboxes import Narrowing, Way

ALL, MINE, POSTS, TEAM, COVERED, EVERYBODY = "", "mine", "posts", "team", "covered", "everybody"
SEE_OTHERS, SEE_ALL, SEE_CASE = "see others' work", "see everybody's work", "see case"
OTHERS: Final = (TEAM, EVERYBODY)


class Reach:
    """Whose tasks somebody reaches today, by view."""

    def __init__(self, question: Question, person: str) -> None:
        self._question = question
        self._person = person
        self._finders: Mapping[str, Callable[[], Sequence[Way]]] = {
            ALL: lambda: [*self._mine(), *self._posts(), *self._covered()],
            MINE: self._mine,
            POSTS: self._posts,
            TEAM: self._team,
            COVERED: self._covered,
            EVERYBODY: inboxes.everybodys,
        }

    def views(self) -> tuple[str, ...]:
        """Return the views that are offered: work of others only where there are teams, or a right, to see it."""
        others = bool(self._seen_processes)
        sees_all = others and self._may(SEE_ALL)
        offered = {TEAM: others and bool(self._teams), EVERYBODY: sees_all}
        return tuple(view for view in self._finders if offered.get(view, True))

    def count(self, view: str, narrowing: Narrowing) -> int:
        """Return how many tasks a view holds, at most MOST + 1."""
        return inboxes.count(self._question.connection, self._finders[view](), narrowing, self._seen(view))

    def page(self, view: str, narrowing: Narrowing, limit: int, offset: int) -> Sequence[Any]:
        """Return up to `limit` tasks of a view, earliest due first."""
        ways, seen = self._finders[view](), self._seen(view)
        return inboxes.page(self._question.connection, ways, limit, offset, narrowing, seen)

    @cached_property
    def covered(self) -> Mapping[Place, tuple[str, ...]]:
        """The duties that are theirs because somebody is away, with who is."""
        question = self._question
        return question.directory.covered(question.posts, self._person, question.today)

    @cached_property
    def duties(self) -> tuple[Place, ...]:
        """All that they answer for today."""
        return self._question.duties(self._person)

    @cached_property
    def away(self) -> tuple[str, ...]:
        """Who is away from the posts that they answer for."""
        directory, posts = self._question.directory, self._question.posts
        names = {name for place in self.duties for name in directory.appointed(posts, *place)}
        return tuple(sorted(name for name in names if directory.is_absent(name, self._question.today)))

    def _mine(self) -> list[Way]:
        return inboxes.named(self._person)

    def _posts(self) -> list[Way]:
        return inboxes.of_posts(place for place in self.duties if place not in self.covered)

    def _covered(self) -> list[Way]:
        others = [name for name in self.away if name != self._person]
        return [*inboxes.of_posts(self.covered), *inboxes.taken_by(self.duties, others)]

    def _team(self) -> list[Way]:
        directory = self._question.directory
        places = {(post, team) for post in self._question.posts.lanes for team in self._teams}
        theirs = sorted(places.difference(self.duties))
        about = None if self._may(SEE_CASE) else self._teams
        return inboxes.held_by_others(self._person, directory.members_of(self._teams), theirs, about)

    def _seen(self, view: str) -> Way | None:
        if view not in OTHERS:
            return None
        barred = restricted.barred(self._question, self._person, SEE_CASE)
        return inboxes.seen_by(self._person, self._seen_processes, barred)

    @cached_property
    def _teams(self) -> tuple[str, ...]:
        return self._question.directory.teams_of(self._person)

    @cached_property
    def _seen_processes(self) -> tuple[str, ...]:
        return tuple(process for process in self._question.policy.processes if self._may(SEE_OTHERS, process))

    def _may(self, doing: str, subject: str = "") -> bool:
        return rights.reason_against(self._question, self._person, doing, subject, About()) is None
