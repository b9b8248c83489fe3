"""What somebody's leaving or change of post does to their open work: how much there is, and who has it then (I-06)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.domain.people import Directory, Person
from engine.service.command import Command, Question
from engine.store import tasks


@dataclass(frozen=True)
class Passing:
    """Open tasks of one post, for one team or for none: how many, and the usernames of who has them afterwards."""

    post: str
    team: str | None
    count: int
    to: tuple[str, ...]


@dataclass(frozen=True)
class OpenWork:
    """Open tasks that pass on with the post, and those that are one person's by name (rows)."""

    passing: tuple[Passing, ...]
    named: tuple[Any, ...]

    @property
    def total(self) -> int:
        """How many tasks there are in all."""
        return sum(one.count for one in self.passing) + len(self.named)


def of_leaver(question: Question, username: str) -> OpenWork:
    """Return what would become of somebody's open tasks if they left today."""
    after = without(question.directory, username)
    rows = tasks.open_with(question.connection, username)
    counted = tasks.count_of_posts(question.connection, question.duties(username))
    for row in rows:
        if row.post is not None:
            counted[row.post, row.team] = counted.get((row.post, row.team), 0) + 1
    passing = (
        Passing(post, team, count, after.holders(question.posts, post, team, question.today))
        for (post, team), count in sorted(counted.items(), key=lambda one: (one[0][0], one[0][1] or ""))
    )
    return OpenWork(tuple(passing), tuple(row for row in rows if row.post is None))


def give_back(command: Command, username: str) -> int:
    """Give the tasks of posts that a leaver had taken back to their posts; return how many."""
    rows = [row for row in tasks.open_with(command.connection, username) if row.post is not None]
    for row in rows:
        tasks.assign(command.connection, row.id, None)
    return len(rows)


def without(directory: Directory, username: str) -> Directory:
    """Return the directory as it is when somebody has left."""
    gone = dict(_left(directory.people, username))
    return Directory(gone, directory.teams, directory.absences, directory.closure_days)


def _left(people: Mapping[str, Person], username: str) -> Iterator[tuple[str, Person]]:
    for name, person in people.items():
        yield name, replace(person, active=False) if name == username else person
