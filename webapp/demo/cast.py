"""Whom one can be in the demonstration: everybody by what they do, with what waits for them and what to try first.

What to try stands in suggestions.csv, the most telling task first; posts.csv groups the posts, and says what somebody
may look at for whom nothing waits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from engine.domain.people import Person
from engine.service.engine import Engine
from engine.service.inboxes import waiting
from webapp.demo.tables import rows

OTHER: Final = {"group": "Others", "suggestion": "Look for a case under Find a case."}


@dataclass(frozen=True)
class Part:
    """Somebody one can be: how many tasks wait for them, and a sentence that says what to try first."""

    person: Person
    tasks: int
    suggestion: str


@dataclass(frozen=True)
class Group:
    """People who do the same kind of work, by its name."""

    name: str
    parts: tuple[Part, ...]


def groups(engine: Engine) -> tuple[Group, ...]:
    """Return everybody who may be chosen, in the order of posts.csv; a post that stands there not comes last."""
    posts = {row["post"]: row for row in rows("posts")}
    order = list(posts)
    everybody = sorted(waiting.for_everybody(engine), key=lambda one: _place(order, one.person.post))
    grouped = groupby(everybody, key=lambda one: str(posts.get(one.person.post, OTHER)["group"]))
    return tuple(Group(name, tuple(_parts(found, posts))) for name, found in grouped)


def _place(order: Sequence[str], post: str) -> int:
    return order.index(post) if post in order else len(order)


def _parts(found: Iterator[waiting.Waiting], posts: Mapping[str, Mapping[str, str | None]]) -> Iterator[Part]:
    by_task = {str(row["task"]): str(row["suggestion"]) for row in rows("suggestions")}
    for one in found:
        told = _told(one, by_task) or str(posts.get(one.person.post, OTHER)["suggestion"])
        yield Part(one.person, len(one.tasks), told)


def _told(one: waiting.Waiting, by_task: Mapping[str, str]) -> str | None:
    if not one.tasks:
        return None
    elements = {task.element for task in one.tasks}
    return next((text for task, text in by_task.items() if task in elements), f"{one.tasks[0].title}.")
