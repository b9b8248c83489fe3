"""Letters by GOV.UK Notify, against a server on the loopback address that judges requests as Notify does."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.errors import NeverSent, NotSent, UnsuitableSetting
from engine.service.clock import VirtualClock
from engine.service.mail import mailroom
from engine.service.mail.mailroom import Letterhead, relay
from engine.service.mail.notify import NotifySender
from engine.store import outbox, people
from tests.factories.council import MORNING, Council
from tests.factories.loopback import Asked, serving

SERVICE, SECRET, TEMPLATE = (
    "26785a09-ab16-4eb0-8407-a37497a57506",
    "3d844edf-8d35-48ac-975b-e847b4f122b0",
    "f33517ff-2a88-4f6e-b855-c550268ce08a",
)
KEY = f"casefile-live-{SERVICE}-{SECRET}"
HEAD = Letterhead("casefile@council.example.org", "https://casefile.example.gov.uk", "Children’s Services")
EMAIL = "mo@council.example.org"
LETTER = {
    "dedup_key": "0123456789abcdef:assigned:mo",
    "person": "mo",
    "notice": "assigned",
    "case_ref": "CF-20931",
    "subject": "Audit assigned: CF-20931",
    "body": "Hello Mo,\n\nYou have been assigned an audit.\n\n{link}\n",
    "status": outbox.WAITING,
    "tries": 0,
}


@dataclass
class Notify:
    """What it took and what it was asked about, and the answers it gives to the next requests instead: a status and
    what is wrong.
    """

    clock: VirtualClock
    address: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    sought: list[str] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=list)

    def answer(self, asked: Asked) -> tuple[int, Any]:
        if self.answers:
            return self.answers.pop(0)
        claims = claims_of(asked.headers["Authorization"].removeprefix("Bearer "))
        if claims is None or claims["iss"] != SERVICE:
            return 403, wrong("Invalid token: API key not found")
        if abs(claims["iat"] - self.clock.now().timestamp()) > 30:
            return 403, wrong("Error: Your system clock must be accurate to within 30 seconds")
        parts = urlsplit(asked.path)
        if (asked.method, parts.path) == ("GET", "/v2/notifications"):
            return 200, {"notifications": self.found(parse_qs(parts.query)["reference"][0]), "links": {}}
        if (asked.method, parts.path) != ("POST", "/v2/notifications/email"):
            return 404, wrong("Not found")
        self.taken.append(json.loads(asked.body))
        return 201, {"id": "740e5834-3a29-46b4-9a6f-16142fde533a"}

    def found(self, reference: str) -> list[dict[str, Any]]:
        self.sought.append(reference)
        return [{"reference": reference, "status": "delivered"} for one in self.taken if one["reference"] == reference]


def wrong(message: str) -> dict[str, Any]:
    return {"errors": [{"error": "BadRequestError", "message": message}]}


def claims_of(token: str) -> Any:
    """The claims of a JSON Web Token that was signed with the secret, None of any other."""
    head, claims, signature = token.split(".")
    expected = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    if json.loads(decoded(head)) != {"typ": "JWT", "alg": "HS256"} or decoded(signature) != expected:
        return None
    return json.loads(decoded(claims))


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(MORNING)


@pytest.fixture
def notify(clock: VirtualClock) -> Iterator[Notify]:
    found = Notify(clock)

    with serving(found.answer) as found.address:
        yield found


@pytest.fixture
def sender(notify: Notify, clock: VirtualClock) -> NotifySender:
    return NotifySender(KEY, TEMPLATE, clock, notify.address, timeout=5)


@pytest.fixture
def house(council: Council, sender: NotifySender, notify: Notify) -> Council:
    """The council with one letter that waits for a reader with an address."""
    council.run(lambda command: people.change_person(command.connection, "mo", {"email": EMAIL}))
    relay(council.engine, sender, HEAD)
    notify.taken.clear()
    moments = {"created_at": council.clock.now(), "next_try": council.clock.now()}
    council.run(lambda command: command.post({**LETTER, **moments}))
    return council


def letter_of(council: Council) -> Any:
    return council.ask(lambda question: outbox.to_person(question.connection, "mo"))[-1]


def test_a_letter_goes_out_by_the_one_template_under_the_key_of_its_occasion(house, notify, sender):
    assert relay(house.engine, sender, HEAD) == {"sent": 1}
    assert notify.taken == [
        {
            "email_address": EMAIL,
            "template_id": TEMPLATE,
            "personalisation": {
                "subject": "Audit assigned: CF-20931",
                "body": mailroom.message_of(letter_of(house), EMAIL, HEAD).get_content(),
            },
            "reference": LETTER["dedup_key"],
        }
    ]
    assert "https://casefile.example.gov.uk/cases/CF-20931" in notify.taken[0]["personalisation"]["body"]
    assert (letter_of(house).status, letter_of(house).sent_at) == ("sent", house.clock.now())
    assert relay(house.engine, sender, HEAD) == {}


@pytest.mark.parametrize("status", [400, 404, 413, 422])
def test_a_letter_that_notify_will_never_take_fails_at_once_and_keeps_why(house, notify, sender, status):
    notify.answers = [(status, wrong("email_address Not a valid email address."))]
    assert relay(house.engine, sender, HEAD) == {"failed": 1}
    assert letter_of(house).error == f"GOV.UK Notify answered {status}: email_address Not a valid email address"
    assert [row.id for row in mailroom.failed(house.engine)] == [letter_of(house).id]


@pytest.mark.parametrize("status", [301, 401, 403, 408, 429, 500, 503])
def test_what_is_not_the_fault_of_the_letter_is_tried_again(house, notify, sender, status):
    notify.answers = [(status, b"<html>")]
    assert relay(house.engine, sender, HEAD) == {"waiting": 1}
    assert letter_of(house).error == f"GOV.UK Notify answered {status}"
    house.clock.move_to(house.clock.now() + timedelta(seconds=10))
    assert relay(house.engine, sender, HEAD) == {"sent": 1}
    assert (letter_of(house).error, len(notify.taken)) == (None, 1)


def test_a_failed_letter_goes_out_when_it_is_tried_again(house, notify, sender):
    notify.answers = [(400, wrong("Template not found"))]
    relay(house.engine, sender, HEAD)
    mailroom.try_failed_again(house.engine, "gail")
    assert relay(house.engine, sender, HEAD) == {"sent": 1}


def test_another_secret_and_a_wrong_clock_are_told(house, notify, sender, clock):
    stranger = replace(sender, key=KEY[:-1] + "1")
    assert relay(house.engine, stranger, HEAD) == {"waiting": 1}
    assert "Invalid token" in letter_of(house).error
    house.clock.move_to(house.clock.now() + timedelta(seconds=10))
    early = replace(sender, clock=VirtualClock(MORNING + timedelta(minutes=1)))
    assert relay(house.engine, early, HEAD) == {"waiting": 1}
    assert "within 30 seconds" in letter_of(house).error


def test_a_host_that_is_not_there_is_tried_again(house, sender):
    assert relay(house.engine, replace(sender, address="http://127.0.0.1:9"), HEAD) == {"waiting": 1}


def test_nothing_of_what_an_answer_says_breaks_the_record(notify, sender, house):
    message = mailroom.message_of(letter_of(house), EMAIL, HEAD)
    for said in (b"", b"[]", b'{"errors": 1}', b'{"errors": [1]}', b"\xff", b'{"errors": [{"message": null}]}'):
        notify.answers = [(500, said), (400, said)]
        with pytest.raises(NotSent, match="answered 500"):
            sender.send(message)
        with pytest.raises(NeverSent, match="answered 400"):
            sender.send(message)


@pytest.mark.parametrize(
    ("changes", "setting"),
    [
        ({"key": SECRET}, "CASEFILE_NOTIFY_KEY"),
        ({"key": ""}, "CASEFILE_NOTIFY_KEY"),
        ({"template": "assigned"}, "CASEFILE_NOTIFY_TEMPLATE"),
        ({"template": ""}, "CASEFILE_NOTIFY_TEMPLATE"),
        ({"address": "http://api.example.org"}, "CASEFILE_NOTIFY_ADDRESS"),
        ({"address": "notify"}, "CASEFILE_NOTIFY_ADDRESS"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_without_telling_the_key(sender, changes, setting):
    with pytest.raises(UnsuitableSetting, match=setting) as refused:
        replace(sender, **changes)
    assert SECRET not in refused.value.sentence


def test_a_key_is_not_shown(sender):
    assert SECRET not in repr(sender)


# A letter of which nobody knows what became


class Killed(BaseException):
    """The process ends here."""


class Dying(NotifySender):
    """Dies when Notify has a letter, before that is on record."""

    def send(self, message: EmailMessage) -> None:
        super().send(message)
        raise Killed


@pytest.fixture
def abandoned(house, notify, clock) -> Council:
    """The council with a letter that Notify has, as nobody knows, and whose lease has run out."""
    with pytest.raises(Killed):
        relay(house.engine, Dying(KEY, TEMPLATE, clock, notify.address, timeout=5), HEAD)
    house.clock.move_to(house.clock.now() + mailroom.LEASE)
    clock.move_to(house.clock.now())
    return house


def test_a_letter_that_notify_has_goes_out_no_second_time(abandoned, notify, sender):
    assert letter_of(abandoned).status == "waiting"
    assert relay(abandoned.engine, sender, HEAD) == {"sent": 1}
    assert notify.sought == [LETTER["dedup_key"]]
    assert len(notify.taken) == 1
    assert letter_of(abandoned).status == "sent"


def test_a_letter_that_never_reached_notify_goes_out_when_it_is_tried_again(abandoned, notify, sender):
    notify.taken.clear()
    assert relay(abandoned.engine, sender, HEAD) == {"sent": 1}
    assert len(notify.taken) == 1


@pytest.mark.parametrize(
    "answer", [(503, b""), (403, wrong("Invalid token")), (200, b"[]"), (200, b"\xff"), (200, b"{}")]
)
def test_nothing_goes_out_while_notify_does_not_say_whether_it_has_a_letter(abandoned, notify, sender, answer):
    notify.answers = [answer]
    assert relay(abandoned.engine, sender, HEAD) == {"waiting": 1}
    assert letter_of(abandoned).error.startswith(f"GOV.UK Notify answered {answer[0]}")
    assert len(notify.taken) == 1


def test_a_letter_tried_for_the_first_time_is_not_asked_about(house, notify, sender):
    relay(house.engine, sender, HEAD)
    assert notify.sought == []


def test_a_failed_letter_that_notify_has_after_all_goes_out_no_second_time(abandoned, notify, sender):
    notify.answers = [(503, b"")] * (mailroom.MOST_TRIES - 1)
    while notify.answers:
        relay(abandoned.engine, sender, HEAD)
        abandoned.clock.move_to(abandoned.clock.now() + mailroom.LEASE)
    assert letter_of(abandoned).status == "failed"
    mailroom.try_failed_again(abandoned.engine, "gail")
    late = replace(sender, clock=abandoned.clock)
    notify.clock.move_to(abandoned.clock.now())
    assert relay(abandoned.engine, late, HEAD) == {"sent": 1}
    assert len(notify.taken) == 1
