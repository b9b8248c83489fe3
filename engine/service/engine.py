"""The composition root: database, clock and caches; the only way into a transaction.

`Engine.run` is one command: one transaction with everything it changes, and at most once for each idempotency
key. `Engine.ask` is a question over one consistent view. Tests, stories and simulations use the same root with
another database and another clock.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

import orjson

from engine.bpmn.definitions import Deployment, Vocabulary, deployment_of
from engine.domain.people import Directory
from engine.errors import AlreadyAnswered, NotNow, StepFailed
from engine.service.clock import Clock
from engine.service.command import Command, Question
from engine.service.posts import PolicyPosts
from engine.store import deployments, people, revisions
from engine.store.database import Connection, Database

Answer = TypeVar("Answer")


@dataclass
class _Kept:
    """What is held in memory between commands, each with the revision it was read at."""

    directory: tuple[int, Directory] | None = None
    in_force: tuple[int, list[tuple[datetime, int]]] | None = None
    deployments: dict[int, Deployment] = field(default_factory=dict)
    posts: dict[int, PolicyPosts] = field(default_factory=dict)


class Engine:
    """The running council: every use case takes one of these first."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self.database = database
        self.clock = clock
        self._vocabulary = vocabulary
        self._kept = _Kept()

    def run(
        self,
        actor: str,
        work: Callable[[Command], Answer],
        key: str | None = None,
        request: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Do `work` in one transaction and return its answer, which is plain JSON when a `key` is given.

        A key seen before returns the stored answer without doing anything; AlreadyAnswered when it came with
        another actor or `request`. Whatever `work` refuses is rolled back whole. A diagram that failed is
        kept as an incident, in a transaction of its own.
        """
        try:
            with self.database.transaction() as connection:
                command = self._command(connection, actor, key, request)
                repeated = command.repeated()
                if repeated is not None:
                    return cast(Answer, self._stored_answer(repeated, command))
                answer = work(command)
                command.finish(answer if key is not None else None)
                return answer
        except StepFailed as failure:
            self._keep_incident(actor, failure)
            raise

    def ask(self, work: Callable[[Question], Answer]) -> Answer:
        """Answer a question over one consistent view of the database."""
        with self.database.reading() as connection:
            return work(Question(self, connection, self.clock.now(), revisions.numbers(connection)))

    def deployment(self, connection: Connection, number: int) -> Deployment:
        """Return the deployment with this number, parsed once in this process; NotFound."""
        found = self._kept.deployments.get(number)
        if found is None:
            found = deployment_of(deployments.snapshot(connection, number), self._vocabulary)
            self._kept.deployments[number] = found
        return found

    def directory(self, connection: Connection, revision: int) -> Directory:
        """Return the directory at `revision`, read again only when it changed."""
        if self._kept.directory is None or self._kept.directory[0] != revision:
            self._kept.directory = (revision, people.directory(connection))
        return self._kept.directory[1]

    def number_in_force(self, connection: Connection, revision: int, now: datetime) -> int:
        """Return the number of the deployment in force at `now`; NotNow before the first deployment."""
        if self._kept.in_force is None or self._kept.in_force[0] != revision:
            rows = sorted((row.in_force_from, row.number) for row in deployments.every(connection))
            self._kept.in_force = (revision, rows)
        rows = self._kept.in_force[1]
        place = bisect_right(rows, now, key=lambda row: row[0])
        if place == 0:
            raise NotNow(doing="This", reason="no policy is deployed yet; run casefile deploy first")
        return rows[place - 1][1]

    def post_book(self, question: Question) -> PolicyPosts:
        """Return what the policy in force says about posts."""
        number = question.number_in_force
        if number not in self._kept.posts:
            self._kept.posts[number] = PolicyPosts(question.policy)
        return self._kept.posts[number]

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

    @staticmethod
    def _stored_answer(event: Any, command: Command) -> Any:
        if event.actor != command.actor or event.request_hash != command.request_hash:
            raise AlreadyAnswered
        return event.answer

    def _keep_incident(self, actor: str, failure: StepFailed) -> None:
        kept = failure.details.get("incident")
        if kept is not None:
            with self.database.transaction() as connection:
                Command(self, connection, self.clock.now(), revisions.numbers(connection), actor=actor).keep(kept)


def _hash(request: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(request, option=orjson.OPT_SORT_KEYS)).hexdigest()
