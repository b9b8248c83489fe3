"""Records go out by webhook, each at least once, signed so that the receiver knows who sent them and when.

The body is one record as JSON. `Casefile-Signature` is "v1=" and the hexadecimal HMAC-SHA256, under the shared secret,
of the timestamp in `Casefile-Timestamp` (Unix seconds), a full stop and the body (RFC 2104). `Casefile-Id` is the same
whenever a record is sent again, so that the receiver takes it once.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import orjson

from engine.errors import NotSent, UnsuitableSetting
from engine.service.command import Command
from engine.service.engine import Engine
from engine.service.mail.posting import check_address, post
from engine.service.outgoing import message_of
from engine.store import outgoing

SENDER: Final = "the webhook"
ADDRESS, SECRET, SINCE = "CASEFILE_WEBHOOK", "CASEFILE_WEBHOOK_SECRET", "CASEFILE_WEBHOOK_SINCE"
SHORTEST_SECRET: Final = 32
BACK_OFF: Final = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
MOST_TRIES: Final = len(BACK_OFF) + 1
LEASE: Final = timedelta(minutes=5)
AT_ONCE: Final = 10


@dataclass(frozen=True)
class Webhook:
    """Where records go, the secret they are signed with, and the moment from which on records are posted: those made
    earlier stand in exports only, so that a new receiver is not flooded. `timeout` is in seconds.

    UnsuitableSetting for an address that is none or would travel without encryption, and for a short secret.
    """

    address: str
    secret: str = field(repr=False)
    since: datetime
    timeout: float = 10

    def __post_init__(self) -> None:
        """Refuse what could not be used safely."""
        check_address(ADDRESS, self.address, "https://records.example.gov.uk/casefile")
        if len(self.secret) < SHORTEST_SECRET:
            raise UnsuitableSetting(setting=SECRET, reason=f"it is shorter than {SHORTEST_SECRET} characters")

    def send(self, key: str, message: Mapping[str, Any], now: datetime) -> None:
        """Send one record; NotSent unless the receiver answers with a status from 200 to 299."""
        body, timestamp = orjson.dumps(message), str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Casefile-Id": key,
            "Casefile-Timestamp": timestamp,
            "Casefile-Signature": f"v1={signature(self.secret, timestamp, body)}",
        }
        status, _ = post(self.address, body, headers, self.timeout)
        if not 200 <= status < 300:
            raise NotSent(reason=f"the receiver answered {status}")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the hexadecimal HMAC-SHA256 of the timestamp, a full stop and the body (RFC 2104)."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def relay(engine: Engine, webhook: Webhook, stopped: Callable[[], bool] = lambda: False) -> Mapping[str, int]:
    """Try every record that is due, oldest first; return how many were sent, failed for good, or wait again.

    A record that is not taken is tried again after 10 seconds, 1 and 10 minutes and an hour, and has then failed: it is
    kept, and stands in exports. When `stopped` says so, no further ones are begun.
    """
    done: Counter[str] = Counter()
    while not stopped() and (claimed := engine.run(SENDER, partial(_claim, webhook.since))):
        done.update(_deliver(engine, webhook, row) for row in claimed)
    return done


def try_failed_again(engine: Engine, actor: str) -> int:
    """Let every record that could not be delivered be tried afresh; return how many there are."""

    def work(command: Command) -> int:
        found = outgoing.wait_again(command.connection, command.now)
        if found:
            command.note("records", "tried again", {"count": found})
        return found

    return engine.run(actor, work)


def counts(engine: Engine) -> dict[str, int]:
    """Return how many records there are of each status."""
    return engine.ask(lambda question: outgoing.count_by_status(question.connection))


def failed(engine: Engine) -> list[Any]:
    """Return the records that could not be delivered, each with its `error`, oldest first."""
    return engine.ask(lambda question: outgoing.failed(question.connection))


def _claim(since: datetime, command: Command) -> list[Any]:
    return outgoing.claim(command.connection, command.now, command.now + LEASE, AT_ONCE, since)


def _deliver(engine: Engine, webhook: Webhook, row: Any) -> str:
    try:
        webhook.send(row.key, message_of(row), engine.clock.now())
    except NotSent as refusal:
        reason = str(refusal.details["reason"])
        return engine.run(SENDER, lambda command: _put_off(command, row, reason))
    return engine.run(SENDER, lambda command: _mark_sent(command, row))


def _mark_sent(command: Command, row: Any) -> str:
    values = {"sent_at": command.now, "next_try": None, "error": None}
    outgoing.settle(command.connection, row.id, row.tries + 1, outgoing.SENT, values)
    return outgoing.SENT


def _put_off(command: Command, row: Any, reason: str) -> str:
    tried = row.tries + 1
    again = command.now + BACK_OFF[min(row.tries, len(BACK_OFF) - 1)] if tried < MOST_TRIES else None
    status = outgoing.FAILED if again is None else outgoing.WAITING
    outgoing.settle(command.connection, row.id, tried, status, {"next_try": again, "error": reason})
    return status
