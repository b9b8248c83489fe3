"""The mailroom: letters of the outbox go out as e-mail, each at least once.

A letter is claimed with a lease in one transaction, sent outside any, and marked in another. Whoever dies in between
leaves a letter whose lease runs out, and it is sent again: the Message-ID is made from its occasion, reader and notice,
so that the receiver knows the second one as the first. A sender that keeps a record is asked first whether it has a
letter that was tried before, and a letter that it has goes out no second time. A letter without a usable address stays
in the inbox only.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final
from urllib.parse import quote

from engine.bpmn.notices import delivered
from engine.errors import NeverSent, NotSent
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.mail.senders import MailSender
from engine.store import outbox

MAILROOM: Final = "the mailroom"
BACK_OFF: Final = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
MOST_TRIES: Final = len(BACK_OFF) + 1
LEASE: Final = timedelta(minutes=10)
AT_ONCE: Final = 10
LONGEST_NAME: Final = 400

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
# A Message-ID that is folded is one that some receivers read as another; 998 is the longest line (RFC 5322).
_UNFOLDED: Final = SMTP.clone(max_line_length=998)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True)
class Letterhead:
    """What every e-mail carries: the address it comes from, the address of the pages and the council's name ("" to
    leave either out).
    """

    sender: str
    pages: str = ""
    council: str = ""

    def link(self, case: str | None, page: str | None = None) -> str:
        """Return the address of a page below that of all pages, else of the page of a case, else of the first page; ""
        when the pages have none.
        """
        if not self.pages:
            return ""
        if case is None and page is None:
            return f"{self.pages.rstrip('/')}/"
        below = page if page is not None else f"/cases/{quote(str(case), safe='')}"
        return f"{self.pages.rstrip('/')}{below}"


@dataclass(frozen=True)
class _Claim:
    """Letters to be sent now with their readers' addresses, and what became of the others."""

    letters: list[tuple[Any, str]]
    others: Counter[str]


def relay(
    engine: Engine, sender: MailSender, head: Letterhead, stopped: Callable[[], bool] = lambda: False
) -> Mapping[str, int]:
    """Try every letter that is due; return how many were sent, failed for good, wait again or have no address.

    A letter that is not taken is tried again after 10 seconds, 1 minute and 10 minutes, and has then failed, as has one
    that will never be taken as it is: it is kept and listed, and `try_failed_again` lets it wait once more. When
    `stopped` says so, no further ones are begun.
    """
    done: Counter[str] = Counter()
    try:
        while not stopped() and ((claim := engine.run(MAILROOM, _claim)).letters or claim.others):
            done.update(claim.others)
            done.update(_post(engine, sender, head, letter, address) for letter, address in claim.letters)
    finally:
        sender.close()
    return done


def failed(engine: Engine) -> list[Any]:
    """Return the letters that could not be sent, oldest first, each with its `error`."""
    return engine.ask(lambda question: outbox.failed(question.connection))


def try_failed_again(engine: Engine, actor: str) -> int:
    """Let every letter that could not be sent be tried afresh; return how many there are."""

    def work(command: Command) -> int:
        found = outbox.wait_again(command.connection, command.now)
        if found:
            command.note("letters", "tried again", {"count": found})
        return found

    return engine.run(actor, work)


def counts(engine: Engine) -> Mapping[str, int]:
    """Return how many letters there are of each status."""
    return engine.ask(lambda question: outbox.count_by_status(question.connection))


def message_of(letter: Any, address: str, head: Letterhead) -> EmailMessage:
    """Return the e-mail of a letter (subject, body, case_ref, page, dedup_key, created_at) to one usable address.

    No text of the letter can become a header of its own.
    """
    message = EmailMessage(policy=_UNFOLDED)
    message["From"] = head.sender
    message["To"] = address
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = letter.created_at
    message["Message-ID"] = message_id(letter.dedup_key, head.sender)
    message["Auto-Submitted"] = "auto-generated"
    text = delivered(letter.body, {"link": head.link(letter.case_ref, letter.page), "council": head.council})
    message.set_content(text.encode(errors="replace").decode())
    return message


def message_id(dedup_key: str, sender: str) -> str:
    """Return the Message-ID for a letter's key: always the same one, and another for every other key (RFC 5322)."""
    name = quote(dedup_key, safe="").replace(".", "%2E")
    if len(name) > LONGEST_NAME:
        name = hashlib.sha256(name.encode()).hexdigest()
    return f"<casefile.{name}@{sender.rpartition('@')[2]}>"


def usable(address: str | None) -> bool:
    """Whether a letter can be sent to this address: exactly one mailbox, in ASCII."""
    return address is not None and _ADDRESS.fullmatch(address) is not None


def _one_line(text: str) -> str:
    # The library decodes what looks like an encoded word, and =0A in one becomes a line of its own.
    return " ".join(_UNPRINTABLE.sub(" ", text).replace("=?", "= ?").split())


def _claim(command: Command) -> _Claim:
    letters: list[tuple[Any, str]] = []
    others: Counter[str] = Counter()
    for letter in outbox.claim(command.connection, command.now, command.now + LEASE, AT_ONCE):
        address = _address(command, letter.person)
        if address is None:
            outbox.settle(command.connection, letter.id, outbox.INBOX_ONLY, {"next_try": None})
            others[outbox.INBOX_ONLY] += 1
        elif letter.tries >= MOST_TRIES:
            # Whoever claimed it last never came back to say what became of it.
            values = {"next_try": None, "error": letter.error or "It was never reported back what became of it."}
            outbox.settle(command.connection, letter.id, outbox.FAILED, values)
            others[outbox.FAILED] += 1
        else:
            letters.append((letter, address))
    return _Claim(letters, others)


def _address(question: Question, username: str) -> str | None:
    person = question.directory.people.get(username)
    return person.email if person is not None and person.active and usable(person.email) else None


def _post(engine: Engine, sender: MailSender, head: Letterhead, letter: Any, address: str) -> str:
    message = message_of(letter, address, head)
    try:
        if not (_was_tried(letter) and sender.has_taken(message)):
            sender.send(message)
    except NotSent as refusal:
        reason, again = str(refusal.details["reason"]), not isinstance(refusal, NeverSent)
        return engine.run(MAILROOM, lambda command: _put_off(command, letter, reason, again))
    return engine.run(MAILROOM, lambda command: _mark_sent(command, letter))


def _was_tried(letter: Any) -> bool:
    # Tries are counted afresh for a letter that had failed; what became of the last one stays.
    return letter.tries > 0 or letter.error is not None


def _mark_sent(command: Command, letter: Any) -> str:
    values = {"sent_at": command.now, "next_try": None, "error": None}
    outbox.settle(command.connection, letter.id, outbox.SENT, values)
    return outbox.SENT


def _put_off(command: Command, letter: Any, reason: str, again: bool) -> str:
    tried = letter.tries + 1
    at = command.now + BACK_OFF[letter.tries] if again and tried < MOST_TRIES else None
    status = outbox.FAILED if at is None else outbox.WAITING
    outbox.settle(command.connection, letter.id, status, {"next_try": at, "error": reason}, tried)
    return status
