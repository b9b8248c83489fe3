"""The hash chain of the event log: what is written once cannot be changed unseen (manual requirement I-01)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

BEGINNING = ""


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


def breaks(links: Iterable[tuple[Link, str]]) -> list[str]:
    """Return a sentence for each place where the chains do not hold.

    `links` are events with their stored hashes, stream by stream and in order. Found are changed, deleted,
    inserted, reordered and swapped events; a stream cut off at its end is found against its instance's head.
    """
    found: list[str] = []
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
        if link.hash != stored:
            found.append(f"{stream}: event {link.n} was changed after it was written.")
        head = stored
    return found
