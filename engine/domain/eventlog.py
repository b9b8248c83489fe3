"""The hash chain of the event log: what is written once cannot be changed unseen (manual requirement I-01).

What retention erases leaves a tombstone: an event of the kind ERASED, which names each stream whose details were erased
with a fingerprint of what is left there (R-05). Details that are gone without one are a break of the log.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

BEGINNING = ""
ERASED = "erased"
STREAMS = "streams"


@dataclass(frozen=True)
class Link:
    """One event of a stream: its place, its content and the hash of all that went before."""

    stream: str
    n: int
    kind: str
    actor: str
    at: datetime
    details: Mapping[str, Any]
    previous: str

    @property
    def is_erased(self) -> bool:
        """Whether a marker stands in the place of its details, so that its hash cannot be reckoned again."""
        return isinstance(self.details, dict) and self.details.keys() == {ERASED}

    @property
    def hash(self) -> str:
        """SHA-256 over the previous hash and the canonical JSON of this event, in hex."""
        content = {
            "stream": self.stream,
            "n": self.n,
            "kind": self.kind,
            "actor": self.actor,
            "at": self.at.astimezone(UTC).isoformat(),
            "details": self.details,
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(f"{self.previous}|{text}".encode()).hexdigest()


def marker(review: str) -> dict[str, Any]:
    """Return what stands in the place of details that the retention review `review` erased."""
    return {ERASED: review}


def fingerprint(remains: Sequence[tuple[Link, str]]) -> str:
    """Return SHA-256, in hex, over what is left of the erased events of a stream, given with their stored hashes."""
    lines = [_remains(link, stored) for link, stored in remains]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _remains(link: Link, stored: str) -> str:
    kept = [link.stream, link.n, link.kind, link.actor, link.at.astimezone(UTC).isoformat(), stored]
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def breaks(links: Iterable[tuple[Link, str]]) -> list[str]:
    """Return a sentence for each place where the chains do not hold.

    `links` are events with their stored hashes, stream by stream and in order. Found are changed, deleted,
    inserted, reordered and swapped events, and details that are gone without a tombstone, or other than one says; a
    stream cut off at its end is found against its instance's head.
    """
    found: list[str] = []
    graves = _Graves()
    stream, n, head = "", 0, BEGINNING
    for link, stored in links:
        if link.stream != stream:
            stream, n, head = link.stream, 0, BEGINNING
        n += 1
        if link.n != n:
            found.append(f"{stream}: event {n} is missing or out of order.")
            n = link.n
        if link.previous != head:
            found.append(f"{stream}: event {link.n} does not follow the one before it.")
        if not link.is_erased and link.hash != stored:
            found.append(f"{stream}: event {link.n} was changed after it was written.")
        graves.see(link, stored)
        head = stored
    return found + graves.breaks()


class _Graves:
    """What was erased, and what tombstones say of it; the last tombstone of a stream counts."""

    def __init__(self) -> None:
        self._erased: dict[str, list[tuple[Link, str]]] = {}
        self._told: dict[str, str] = {}

    def see(self, link: Link, stored: str) -> None:
        if link.is_erased:
            self._erased.setdefault(link.stream, []).append((link, stored))
        elif link.kind == ERASED and isinstance(link.details, dict):
            told = link.details.get(STREAMS)
            self._told.update(told if isinstance(told, dict) else {})

    def breaks(self) -> list[str]:
        found = []
        for stream in sorted(self._erased.keys() | self._told.keys()):
            remains = self._erased.get(stream, [])
            if stream not in self._told:
                found.append(f"{stream}: event {remains[0][0].n} lost its details, and no tombstone tells of it.")
            elif fingerprint(remains) != self._told[stream]:
                found.append(f"{stream}: what is left of its erased events is not what the tombstone tells.")
        return found
