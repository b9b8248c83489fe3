"""Verifying the event log: every hash chain from its first event on, and every process instance's head (I-01).

A stream is the log of one process instance, of a case, of a period, or of the directory. The chain tells what was
changed, removed, inserted or moved inside it. That its end was cut off is told by the head which a process instance
keeps of its own stream, and for all streams by heads that were written down earlier and kept elsewhere.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from engine.domain.eventlog import Link, breaks
from engine.errors import Unreadable
from engine.service.engine import Engine
from engine.store import events, instances
from engine.store.database import Connection

_INSTANCE: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Head:
    """The end of a stream: the number of its last event, from 1, and that event's hash (SHA-256, hex)."""

    n: int
    hash: str


@dataclass
class Verified:
    """What a walk through the log found. `breaks` holds a sentence for each place where it does not hold."""

    events: int = 0
    breaks: list[str] = field(default_factory=list)
    heads: dict[str, Head] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is broken."""
        return not self.breaks


def verify(
    engine: Engine, noted: Mapping[str, Head] | None = None, told: Callable[[int], None] = lambda _events: None
) -> Verified:
    """Walk the whole log in one consistent view; `told` hears how many events were read, one by one.

    `noted` are heads that an earlier walk found and somebody kept where this program cannot write.
    """
    return engine.ask(lambda question: walk(question.connection, noted, told))


def walk(
    connection: Connection, noted: Mapping[str, Head] | None = None, told: Callable[[int], None] = lambda _events: None
) -> Verified:
    """Do what `verify` does, over an open connection."""
    return _Walk(connection, noted or {}, told).verified()


def number_of_events(engine: Engine) -> int:
    """Return how many events the log holds."""
    return engine.ask(lambda question: events.count(question.connection))


class _Walk:
    """One walk: the chains first, then what else knows where they end."""

    def __init__(self, connection: Connection, noted: Mapping[str, Head], told: Callable[[int], None]) -> None:
        self._connection = connection
        self._noted = noted
        self._missed = dict(noted)
        self._erased: set[Head] = set()
        self._told = told
        self._found = Verified()

    def verified(self) -> Verified:
        try:
            self._found.breaks.extend(breaks(self._links()))
        except Unreadable as refusal:
            self._found.breaks.append(refusal.sentence)
        self._compare_instances()
        self._compare_notes()
        return self._found

    def _links(self) -> Iterator[tuple[Link, str]]:
        for row in events.as_stored(self._connection):
            self._found.events += 1
            self._told(self._found.events)
            link = _link(row)
            if link is None:
                self._found.breaks.append(f"{row.stream}: event {row.n} cannot be read any more.")
                continue
            self._found.heads[link.stream] = Head(link.n, row.hash)
            if self._missed.get(link.stream) == Head(link.n, row.hash):
                del self._missed[link.stream]
            if link.is_erased:
                self._erased.add(Head(link.n, row.hash))
            yield link, row.hash

    def _compare_instances(self) -> None:
        known = set()
        for row in instances.heads(self._connection):
            known.add(row.id)
            found = self._found.heads.get(row.id, Head(0, ""))
            if found.n != row.events:
                self._tell(row.id, f"the log ends at event {found.n}, and its process instance counts {row.events}")
            elif found.hash != row.head:
                self._tell(row.id, "the last event is not the one that its process instance knows")
        for stream in self._found.heads:
            if stream not in known and _INSTANCE.fullmatch(stream):
                self._tell(stream, "there is no process instance that these events belong to")

    def _compare_notes(self) -> None:
        # The history of an erased case keeps its events under another name.
        for stream, head in self._missed.items():
            if head in self._erased:
                continue
            self._tell(stream, f"event {head.n} is not there as it was written down earlier")

    def _tell(self, stream: str, what: str) -> None:
        self._found.breaks.append(f"{stream}: {what}.")


def _link(row: Any) -> Link | None:
    """Return the event of a stored row, None when somebody made it unreadable."""
    texts = (row.stream, row.kind, row.actor, row.previous, row.hash)
    try:
        at, details = _moment(row.at), orjson.loads(row.details)
    except (ValueError, TypeError):
        return None
    if not isinstance(row.n, int) or not all(isinstance(one, str) for one in texts):
        return None
    return Link(row.stream, row.n, row.kind, row.actor, at, details, row.previous)


def _moment(stored: Any) -> datetime:
    moment = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
