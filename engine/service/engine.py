"""The composition root: database, clock and caches; the only way into a transaction.

`Engine.run` is one command: one transaction with everything it changes, and at most once for each idempotency
key. `Engine.ask` is a question over one consistent view. Tests, stories and simulations use the same root with
another database and another clock.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

import orjson

from engine.bpmn.definitions import Deployment, rebuilt
from engine.domain.people import Directory
from engine.errors import AlreadyAnswered, Busy, Invalid, NotNow, Refusal, StepFailed, TooLarge, Unstorable
from engine.service.clock import Clock
from engine.service.command import CLOCK, Command, Question
from engine.service.posts import PolicyPosts
from engine.store import deployments, events, people, revisions
from engine.store.database import Connection, Database

Answer = TypeVar("Answer")
TRIES_WHEN_BUSY = 3
LONGEST_KEY = 64


@dataclass
class Kept:
    """What is held in memory between commands, each with the revision it was read at."""

    directory: tuple[int, Directory] | None = None
    in_force: tuple[int, list[tuple[datetime, int]]] | None = None
    deployments: dict[int, Deployment] = field(default_factory=dict)
    posts: dict[int, PolicyPosts] = field(default_factory=dict)


class Engine:
    """The running council: every use case takes one of these first."""

    def __init__(self, database: Database, clock: Clock, kept: Kept | None = None) -> None:
        self.database = database
        self.clock = clock
        self.kept = kept if kept is not None else Kept()

    def run(
        self,
        actor: str,
        work: Callable[[Command], Answer],
        key: str | None = None,
        request: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Do `work` in one transaction and return its answer, which is plain JSON when a `key` is given.

        A key seen before returns the stored answer without doing anything; AlreadyAnswered when it came with
        another actor or `request`, TooLarge or Invalid when it is no key. Whatever `work` refuses is rolled back
        whole; when the database was Busy it is done again, at most three times in all. A diagram that failed is kept
        as an incident with its `request`, in a transaction of its own.
        """
        _check_key(key)
        try:
            return self._done(actor, work, key, request)
        except StepFailed as failure:
            if actor != CLOCK:
                self._keep_incident(actor, failure, request)
            raise
        except Refusal:
            # Somebody may have sent the same key at the same moment, and been first.
            event = None if key is None else self.ask(lambda question: events.by_command(question.connection, key))
            if event is None:
                raise
            return cast(Answer, _stored_answer(event, actor, request))

    def _done(
        self,
        actor: str,
        work: Callable[[Command], Answer],
        key: str | None,
        request: Mapping[str, Any] | None,
    ) -> Answer:
        for _ in range(TRIES_WHEN_BUSY - 1):
            try:
                return self._once(actor, work, key, request)
            except Busy:
                continue
        return self._once(actor, work, key, request)

    def _once(
        self,
        actor: str,
        work: Callable[[Command], Answer],
        key: str | None,
        request: Mapping[str, Any] | None,
    ) -> Answer:
        with self.database.transaction() as connection:
            command = self._command(connection, actor, key, request)
            repeated = command.repeated()
            if repeated is not None:
                return cast(Answer, _stored_answer(repeated, actor, request))
            answer = work(command)
            command.finish(answer if key is not None else None)
            return answer

    def ask(self, work: Callable[[Question], Answer]) -> Answer:
        """Answer a question over one consistent view of the database."""
        with self.database.reading() as connection:
            return work(self._question(connection))

    def deployment(self, connection: Connection, number: int) -> Deployment:
        """Return the deployment with this number, parsed once in this process; NotFound."""
        found = self.kept.deployments.get(number)
        if found is None:
            found = rebuilt(deployments.snapshot(connection, number))
            self.kept.deployments[number] = found
        return found

    def directory(self, connection: Connection, revision: int) -> Directory:
        """Return the directory at `revision`, read again only when it changed."""
        kept = self.kept.directory
        if kept is None or kept[0] != revision:
            kept = self.kept.directory = (revision, people.directory(connection))
        return kept[1]

    def number_in_force(self, connection: Connection, revision: int, now: datetime) -> int:
        """Return the number of the deployment in force at `now`; NotNow before the first deployment."""
        kept = self.kept.in_force
        if kept is None or kept[0] != revision:
            rows = sorted((row.in_force_from, row.number) for row in deployments.every(connection))
            kept = self.kept.in_force = (revision, rows)
        place = bisect_right(kept[1], now, key=lambda row: row[0])
        if place == 0:
            raise NotNow(doing="This", reason="no policy is deployed yet; run casefile deploy first")
        return kept[1][place - 1][1]

    def post_book(self, question: Question) -> PolicyPosts:
        """Return what the policy in force says about posts."""
        number = question.number_in_force
        if number not in self.kept.posts:
            self.kept.posts[number] = PolicyPosts(question.policy)
        return self.kept.posts[number]

    def _question(self, connection: Connection) -> Question:
        return Question(self, connection, self.clock.now(), revisions.numbers(connection))

    def _command(
        self, connection: Connection, actor: str, key: str | None, request: Mapping[str, Any] | None
    ) -> Command:
        request_hash = None if key is None else _hash(request or {})
        return Command(
            self,
            connection,
            self.clock.now(),
            revisions.numbers(connection),
            actor=actor,
            key=key,
            request_hash=request_hash,
        )

    def _keep_incident(self, actor: str, failure: StepFailed, request: Mapping[str, Any] | None) -> None:
        kept = failure.details.get("incident")
        if kept is not None:
            command = {**kept["command"], "actor": actor, "request": request}
            self.run(CLOCK, lambda keeping: keeping.keep({**kept, "command": command}))


class OneView(Engine):
    """The council as one page sees it: all its questions are asked of one view and one moment, until a command is run.

    It is used by one thread, and closed when the page is made.
    """

    def __init__(self, council: Engine) -> None:
        super().__init__(council.database, council.clock, council.kept)
        self._open = ExitStack()
        self._view: Question | None = None

    def ask(self, work: Callable[[Question], Answer]) -> Answer:
        """Answer a question over the view of the page. Whatever is raised closes it: its transaction may be broken."""
        try:
            if self._view is None:
                self._view = self._question(self._open.enter_context(self.database.reading()))
            return work(self._view)
        except BaseException:
            self.close()
            raise

    def run(
        self,
        actor: str,
        work: Callable[[Command], Answer],
        key: str | None = None,
        request: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Do `work` as every engine does; what is asked afterwards sees what it changed."""
        self.close()
        try:
            return super().run(actor, work, key, request)
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the view. The next question opens another."""
        self._view = None
        self._open.close()


def _check_key(key: str | None) -> None:
    if key is not None and len(key) > LONGEST_KEY:
        raise TooLarge(what="The key of this request", size=f"{len(key)} characters", limit=f"{LONGEST_KEY}")
    if key is not None and not (key.isascii() and key.isprintable() and key):
        raise Invalid({"key": ["Give the request a key of letters, digits and signs, another for each request."]})


def _stored_answer(event: Any, actor: str, request: Mapping[str, Any] | None) -> Any:
    if event.actor != actor or event.request_hash != _hash(request or {}):
        raise AlreadyAnswered
    return event.answer


def _hash(request: Mapping[str, Any]) -> str:
    try:
        return hashlib.sha256(orjson.dumps(request, option=orjson.OPT_SORT_KEYS)).hexdigest()
    except orjson.JSONEncodeError as error:
        raise Unstorable(reason="it is not made of text, numbers, lists and records") from error
