"""People, posts, teams and absences, and the working calendar they share: one immutable snapshot.

Tasks belong to posts; who holds a post today, or stands in for an absent holder, is looked up when asked
(manual section 10, requirements I-06 and DEC-8), so transfers and leavers need no sweep through the instances.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from engine.domain.calendar import WorkingCalendar

Place = tuple[str, str | None]
"""A post, and the team for which somebody answers (None for a post of the whole council)."""

# Posts that one answers for team by team: that of the team itself, and that of a case whose own holder is vacant.
_OF_TEAMS = ("team", "case")


@dataclass(frozen=True)
class Person:
    """Somebody of the council. `post` is the name of the post in words, `cleared` for restricted records; `last_day` is
    the day after which they leave, None for somebody of whom none is known, or who has left.
    """

    username: str
    name: str
    post: str
    team: str | None
    line_manager: str | None
    in_audit_pool: bool
    cleared: bool = False
    email: str | None = None
    active: bool = True
    last_day: date | None = None


@dataclass(frozen=True)
class Team:
    """A team and the usernames that answer for it; `service_area` is the stratum of its cases."""

    name: str
    service_area: str | None
    practice_manager: str | None
    service_manager: str | None
    head_of_service: str | None


@dataclass(frozen=True)
class Absence:
    """Somebody is away from `first_day` to `last_day`, both included."""

    person: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class PostRule:
    """How a lane finds its holder: `holder` is the kind of look-up, `source` the field or variable it reads; `message`
    is what work that is somebody's by name in this lane gets when they have left, None for nothing.
    """

    holder: str
    source: str
    message: str | None = None


class PostBook(Protocol):
    """What policy says about posts. `lanes` are the posts that hold tasks."""

    @property
    def lanes(self) -> Sequence[str]:
        """The lanes of all diagrams."""

    @property
    def known(self) -> Sequence[str]:
        """The posts that somebody may be given."""

    def rule(self, post: str) -> PostRule:
        """Return how a post finds its holder."""

    def chain(self, post: str) -> Sequence[str]:
        """Return the stand-in posts in order."""


@dataclass(frozen=True)
class Directory:
    """Everybody at one revision."""

    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    absences: Sequence[Absence]
    closure_days: frozenset[date] = field(default_factory=frozenset)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The council's working days."""
        return WorkingCalendar(closure_days=self.closure_days)

    @cached_property
    def _absences_of(self) -> Mapping[str, list[Absence]]:
        found: dict[str, list[Absence]] = {}
        for absence in self.absences:
            found.setdefault(absence.person, []).append(absence)
        return found

    @cached_property
    def _by_post(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for person in self.people.values():
            if person.active:
                found.setdefault(person.post, []).append(person.username)
        return {post: tuple(names) for post, names in found.items()}

    def has_left(self, username: str) -> bool:
        """Tell whether somebody who is known here no longer works here."""
        person = self.people.get(username)
        return person is not None and not person.active

    @cached_property
    def leaving(self) -> tuple[tuple[date, str], ...]:
        """Return (last day, username) of those who still work here and will leave, the earliest first."""
        found = ((one.last_day, one.username) for one in self.people.values() if one.active)
        return tuple(sorted((day, name) for day, name in found if day is not None))

    def is_absent(self, username: str, day: date) -> bool:
        """Tell whether a person is away on `day`, or has left."""
        person = self.people.get(username)
        if person is None or not person.active:
            return True
        return any(one.first_day <= day <= one.last_day for one in self._absences_of.get(username, ()))

    def away_until(self, username: str, day: date) -> date | None:
        """Return the last day of the absence in which `day` falls, None when there is none."""
        found = (one.last_day for one in self._absences_of.get(username, ()) if one.first_day <= day <= one.last_day)
        return max(found, default=None)

    def absences_of(self, username: str, since: date) -> tuple[Absence, ...]:
        """Return somebody's absences that end on `since` or later, the earliest first."""
        found = (one for one in self._absences_of.get(username, ()) if one.last_day >= since)
        return tuple(sorted(found, key=lambda one: (one.first_day, one.last_day)))

    def absent_share(self, username: str, first_day: date, last_day: date) -> float:
        """Return the share (0 to 1) of the working days after `first_day` up to `last_day` that somebody is away."""
        days = [day for day in self._days(first_day, last_day) if self.calendar.is_working_day(day)]
        return sum(self.is_absent(username, day) for day in days) / len(days) if days else 0.0

    @staticmethod
    def _days(first_day: date, last_day: date) -> Iterable[date]:
        return (date.fromordinal(n) for n in range(first_day.toordinal() + 1, last_day.toordinal() + 1))

    def in_post(self, post: str) -> tuple[str, ...]:
        """Return the usernames of all who hold `post`, in directory order."""
        return self._by_post.get(post, ())

    def holders(self, book: "PostBook", post: str, team: str | None, day: date) -> tuple[str, ...]:
        """Return who answers for `post` on `day`: its present holders, or the first present stand-ins.

        When nobody of the whole chain is present it is the first of the chain who have not left, then those who hold
        one of its posts elsewhere, so that a task never falls out of every inbox.
        """
        chain = (post, *book.chain(post))
        for candidate in chain:
            present = tuple(name for name in self.appointed(book, candidate, team) if not self.is_absent(name, day))
            if present:
                return present
        absent = (self.appointed(book, candidate, team) for candidate in chain)
        elsewhere = (self.in_post(candidate) for candidate in chain)
        return next(filter(None, (*absent, *elsewhere)), ())

    def appointed(self, book: "PostBook", post: str, team: str | None) -> tuple[str, ...]:
        """Return who is appointed to `post` for a team, present or away, and nobody who stands in."""
        rule = book.rule(post)
        if rule.holder == "case":
            return ()
        if rule.holder != "team":
            return self.in_post(rule.source if rule.holder == "post" else post)
        home = self.teams.get(team) if team is not None else None
        if home is None:
            return self.in_post(post)
        holder = self.people.get(str(getattr(home, rule.source)))
        return (holder.username,) if holder is not None and holder.active else ()

    def duties(self, book: "PostBook", username: str, day: date) -> tuple[Place, ...]:
        """Return the (post, team) pairs that `username` answers for on `day`, as holder or as stand-in."""
        return tuple(place for place in self._places(book) if username in self.holders(book, *place, day))

    def _places(self, book: "PostBook") -> Iterable[Place]:
        for post in book.lanes:
            for team in (*self.teams, None) if book.rule(post).holder in _OF_TEAMS else (None,):
                yield post, team

    def held(self, book: "PostBook", username: str) -> tuple[Place, ...]:
        """Return the posts, with their teams, to which `username` is appointed, whether present or away."""
        return tuple(place for place in self._places(book) if username in self.appointed(book, *place))

    def covered(self, book: "PostBook", username: str, day: date) -> Mapping[Place, tuple[str, ...]]:
        """Return the duties that `username` has on `day` only as a stand-in, each with who is away.

        Nobody is away from a post that is vacant.
        """
        found = {place: self.appointed(book, *place) for place in self.duties(book, username, day)}
        return {place: names for place, names in found.items() if username not in names}

    def teams_of(self, username: str) -> tuple[str, ...]:
        """Return the teams that somebody belongs to or answers for, in directory order."""
        person = self.people.get(username)
        home = person.team if person is not None else None
        return tuple(
            one.name
            for one in self.teams.values()
            if one.name == home or username in (one.practice_manager, one.service_manager, one.head_of_service)
        )

    def members_of(self, teams: Iterable[str]) -> tuple[str, ...]:
        """Return the usernames of all active people who belong to one of `teams`, in directory order."""
        wanted = set(teams)
        return tuple(one.username for one in self.people.values() if one.active and one.team in wanted)
