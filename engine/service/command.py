"""One open transaction with all that its work needs: the moment, the actor, the directory, the policy in force."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

from engine.bpmn.definitions import Deployment
from engine.bpmn.language.expressions import Language
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.runtime.passing_over import PassingOver
from engine.domain.calendar import WorkingCalendar, local_day
from engine.domain.eventlog import BEGINNING, Link
from engine.domain.people import Directory, PostBook
from engine.errors import NotNow
from engine.service.functions import functions_of
from engine.service.outgoing import records_of
from engine.service.tables import every, first
from engine.store import cases, events, incidents, outbox, outgoing, people, revisions
from engine.store import deployments as deployment_rows
from engine.store.database import Connection

CLOCK = "the clock"
Read = TypeVar("Read")


class Shelf(Protocol):
    """What the composition root keeps in memory between commands."""

    def deployment(self, connection: Connection, number: int) -> Deployment:
        """Return a deployment by number."""

    def directory(self, connection: Connection, revision: int) -> Directory:
        """Return the directory at a revision."""

    def number_in_force(self, connection: Connection, revision: int, now: datetime) -> int:
        """Return the number of the deployment in force."""

    def post_book(self, question: "Question") -> PostBook:
        """Return what the policy in force says about posts."""


@dataclass(frozen=True)
class Skips:
    """Steps of one instance that are left out once, by the ids of their elements, each with who asked and agreed."""

    instance: str = ""
    agreed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def passing_over(self) -> PassingOver:
        """What the runtime passes over, with what it came to so far."""
        return PassingOver(frozenset(self.agreed))


class Question:
    """One consistent view of the database and of the policy, at one moment."""

    def __init__(self, shelf: Shelf, connection: Connection, now: datetime, known: Mapping[str, int]) -> None:
        self._shelf = shelf
        self.connection = connection
        self.moment = Moment(now)
        self._revisions = known
        self._cases: dict[str, Any] = {}
        self._read: dict[tuple[object, ...], Any] = {}

    @property
    def now(self) -> datetime:
        """The moment of this command, UTC; while overdue timers are caught up it is their due moment."""
        return self.moment.now

    @property
    def today(self) -> date:
        """The day in Europe/London."""
        return local_day(self.moment.now)

    @cached_property
    def directory(self) -> Directory:
        """Everybody as the directory stands."""
        return self._shelf.directory(self.connection, self._revisions.get(people.REVISION, 0))

    @property
    def calendar(self) -> WorkingCalendar:
        """The council's working days."""
        return self.directory.calendar

    @cached_property
    def number_in_force(self) -> int:
        """The number of the deployment that new instances begin with; NotNow before the first."""
        revision = self._revisions.get(deployment_rows.REVISION, 0)
        return self._shelf.number_in_force(self.connection, revision, self.moment.now)

    @property
    def has_policy(self) -> bool:
        """Whether a policy is in force."""
        try:
            return self.number_in_force > 0
        except NotNow:
            return False

    @cached_property
    def policy(self) -> Deployment:
        """The deployment in force."""
        return self.deployment(self.number_in_force)

    def deployment(self, number: int) -> Deployment:
        """Return a deployment by number; NotFound."""
        return self._shelf.deployment(self.connection, number)

    def once(self, read: Callable[[Connection, str], Read], key: str) -> Read:
        """Return what a function of the store reads for a key, asked of the database once in this view: its rows cannot
        change meanwhile. A command reads anew, as it may have changed them.
        """
        asked = (read, key)
        if asked not in self._read:
            self._read[asked] = read(self.connection, key)
        return cast(Read, self._read[asked])

    def case(self, reference: str) -> Any:
        """Return the row of a case, None when it is unknown."""
        if reference not in self._cases:
            self._cases[reference] = cases.find(self.connection, reference)
        return self._cases[reference]

    def know_case(self, row: Any) -> None:
        """Keep the row of a case that was read together with something else."""
        self._cases[row.reference] = row

    def forget_case(self, reference: str) -> None:
        """Read the case again when it is next asked for."""
        self._cases.pop(reference, None)

    def functions(self, deployment: Deployment) -> Mapping[str, Callable[..., object]]:
        """Return the functions that owner text of `deployment` may call, at this moment."""
        return functions_of(self.moment, self.calendar, deployment)

    @cached_property
    def language(self) -> Language:
        """The owners' language of the policy in force, at this moment."""
        return self.policy.language(self.functions(self.policy))

    def decide(self, table: str, **facts: object) -> dict[str, Any]:
        """Return the answer of a table (hit policy FIRST or UNIQUE) of the policy in force, {} for no match."""
        return first(self.policy.decision(table), facts, self.language)

    def collect(self, table: str, **facts: object) -> list[dict[str, Any]]:
        """Return all answers of a table with hit policy COLLECT, in rule order."""
        return every(self.policy.decision(table), facts, self.language)

    @property
    def posts(self) -> PostBook:
        """What the policy in force says about posts and stand-ins."""
        return self._shelf.post_book(self)

    def holders(self, post: str, team: str | None) -> tuple[str, ...]:
        """Return who answers for a post today: its present holders, or their stand-ins."""
        return self.directory.holders(self.posts, post, team, self.today)

    def duties(self, username: str) -> tuple[tuple[str, str | None], ...]:
        """Return the (post, team) pairs that somebody answers for today."""
        return self.directory.duties(self.posts, username, self.today)


class Command(Question):
    """A question that may also write. Events and letters are gathered and written when it finishes.

    `answers` are those submitted by this command; service operations turn them into records. `skips` are the steps of
    an instance that this command leaves out.
    """

    def __init__(
        self,
        shelf: Shelf,
        connection: Connection,
        now: datetime,
        known: Mapping[str, int],
        *,
        actor: str,
        key: str | None = None,
        request_hash: str | None = None,
    ) -> None:
        super().__init__(shelf, connection, now, known)
        self.actor = actor
        self.key = key
        self.request_hash = request_hash
        self.answers: Mapping[str, Any] = {}
        self.skips = Skips()
        self._follow_ups: deque[Callable[[], object]] = deque()
        self._events: list[dict[str, Any]] = []
        self._letters: list[dict[str, Any]] = []

    def once(self, read: Callable[[Connection, str], Read], key: str) -> Read:
        """Return what a function of the store reads for a key at this point of the command."""
        return read(self.connection, key)

    def repeated(self) -> Any | None:
        """Return the event that a command with the same key left before, None when this is the first."""
        return None if self.key is None else events.by_command(self.connection, self.key)

    def later(self, work: Callable[[], object]) -> None:
        """Do `work` in this transaction after the step that runs now is saved."""
        self._follow_ups.append(work)

    def renew_directory(self) -> None:
        """Read the directory again after this command changed it."""
        self._revisions = revisions.numbers(self.connection)
        vars(self).pop("directory", None)

    def settle(self) -> None:
        """Do all that was put off, and what that puts off, in order."""
        while self._follow_ups:
            self._follow_ups.popleft()()

    def record(
        self, stream: str, n: int, head: str, kind: str, details: Mapping[str, Any], actor: str | None = None
    ) -> str:
        """Add event `n` to a stream whose last hash is `head`; return its hash."""
        link = Link(stream, n, kind, actor or self.actor, self.moment.now.astimezone(UTC), details, head)
        self._events.append(
            {
                "stream": link.stream,
                "n": link.n,
                "kind": link.kind,
                "actor": link.actor,
                "at": link.at,
                "details": dict(details),
                "previous": link.previous,
                "hash": link.hash,
                "command_key": None,
                "request_hash": None,
                "answer": None,
            }
        )
        return link.hash

    def note(self, stream: str, kind: str, details: Mapping[str, Any]) -> None:
        """Add an event to a stream that belongs to no instance, such as a case or the directory."""
        pending = next((one for one in reversed(self._events) if one["stream"] == stream), None)
        if pending is not None:
            n, head = pending["n"], pending["hash"]
        else:
            events.hold(self.connection, stream)
            last = events.last_of_stream(self.connection, stream)
            n, head = (last.n, last.hash) if last is not None else (0, BEGINNING)
        self.record(stream, n + 1, head, kind, details)

    def post(self, letter: dict[str, Any]) -> None:
        """Put a letter into the outbox of this transaction; the second with the same dedup key is dropped."""
        if all(one["dedup_key"] != letter["dedup_key"] for one in self._letters):
            self._letters.append(letter)

    @property
    def addressees(self) -> tuple[str, ...]:
        """Return the usernames of those to whom this transaction has written so far, in the order of its letters."""
        return tuple(dict.fromkeys(str(one["person"]) for one in self._letters))

    def finish(self, answer: Any) -> None:
        """Do what was put off, then write events and letters; the first event carries the idempotency key."""
        self.settle()
        if self.key is not None:
            if not self._events:
                self.note("commands", "answered", {})
            self._events[0].update(command_key=self.key, request_hash=self.request_hash, answer=answer)
        if self._events:
            events.append(self.connection, self._events)
            outgoing.add(self.connection, list(records_of(self._decide_in_force, self._events)))
        outbox.add(self.connection, self._letters)

    def _decide_in_force(self, table: str, **facts: object) -> Mapping[str, Any]:
        """Return the answer of a table that the policy in force need not have, {} without one."""
        return self.decide(table, **facts) if table in self.policy.decisions else {}

    def keep(self, incident: Mapping[str, Any]) -> Any:
        """Keep an incident about a step that failed and was rolled back; return its row (id, attempts)."""
        row = incidents.keep(self.connection, {**incident, "at": self.moment.now})
        details = {"instance": incident["instance"], "element": incident["element"], "attempt": row.attempts}
        self.note(f"incident {row.id}", "failed", details)
        return row
