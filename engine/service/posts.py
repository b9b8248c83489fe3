"""What one deployment says about posts: how a lane finds its holder (posts.dmn) and who stands in (stand_ins.dmn)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from engine.bpmn.definitions import Deployment
from engine.bpmn.phrases import quoted_texts
from engine.domain.people import PostRule
from engine.service.command import Question
from engine.service.tables import every, first

POSTS = "posts"
STAND_INS = "stand_ins"
NAMING_POSTS = (POSTS, STAND_INS, "audit_pool", "establishment")


class PolicyPosts:
    """The posts of a deployment. Each table is asked once a post and the answer kept."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._language = deployment.language({})
        self._rules: dict[str, PostRule] = {}
        self._chains: dict[str, tuple[str, ...]] = {}

    @cached_property
    def lanes(self) -> tuple[str, ...]:
        """The lanes of all diagrams, in alphabetical order."""
        definitions = self._deployment.processes.values()
        return tuple(
            sorted({facts.lane for one in definitions for facts in one.elements.values() if facts.lane is not None})
        )

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The posts that somebody may be given, in alphabetical order: lanes, and those of the tables that name posts.

        Left out are names of lanes that mean a person of the process, and other names for a post.
        """
        tables = (self._deployment.decisions.get(name) for name in NAMING_POSTS)
        cells = (rule.inputs[0] for table in tables if table is not None for rule in table.rules)
        named = {name for cell in cells for name in quoted_texts(cell)}
        return tuple(sorted(name for name in named.union(self.lanes) if self._is_held(name)))

    def _is_held(self, name: str) -> bool:
        rule = self.rule(name)
        return rule.holder != "variable" and (rule.holder != "post" or rule.source == name)

    def rule(self, post: str) -> PostRule:
        """Return how a post finds its holder; a post that the table does not know is held by who has it."""
        if post not in self._rules:
            row = first(self._deployment.decision(POSTS), {"lane": post}, self._language)
            holder, source = row.get("holder"), row.get("source")
            message = _text(row.get("message"))
            found = PostRule("post", post) if holder is None else PostRule(str(holder), str(source), message)
            self._rules[post] = found
        return self._rules[post]

    def chain(self, post: str) -> Sequence[str]:
        """Return the stand-in posts of `post` in order."""
        if post not in self._chains:
            rows = every(self._deployment.decision(STAND_INS), {"post": post}, self._language)
            ordered = sorted(rows, key=lambda row: int(str(row["order"])))
            self._chains[post] = tuple(str(row["stand_in"]) for row in ordered)
        return self._chains[post]


def place(question: Question, lane: str, data: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Return (post, team, assignee) of a task in `lane` with process data `data`.

    Who was allocated and has left is nobody any more, and so is the person of a case who has left: the post has it.
    """
    rule = question.posts.rule(lane)
    if rule.holder == "variable":
        return None, None, _text(data.get(rule.source))
    if rule.holder == "allocated":
        return lane, None, _still_here(question, data.get(rule.source))
    row = question.case(str(data["case"])) if data.get("case") is not None else None
    team = row.team if row is not None and row.team in question.directory.teams else None
    if rule.holder == "case" and (person := _still_here(question, getattr(row, rule.source, None))) is not None:
        return None, None, person
    return lane, team if rule.holder in ("case", "team") else None, None


def people_at(question: Question, post: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the usernames that `post` or lane means for a case today, stand-ins included."""
    lane, team, assignee = place(question, post, data)
    if assignee is not None:
        return (assignee,)
    return question.holders(lane, team) if lane is not None else ()


def task_holders(question: Question, task: Any) -> tuple[str, ...]:
    """Return who has a task today: the named person, or who answers for its post."""
    if task.assignee is not None:
        return (task.assignee,)
    return question.holders(task.post, task.team) if task.post is not None else ()


def _still_here(question: Question, value: object) -> str | None:
    username = _text(value)
    return None if username is None or question.directory.has_left(username) else username


def _text(value: object) -> str | None:
    return None if value is None else str(value)
