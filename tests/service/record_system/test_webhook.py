"""Records by webhook against a real server on the loopback address: signed, at least once, and known as one."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from engine.errors import NotSent, UnsuitableSetting
from engine.service.cases import actions
from engine.service.record_system.webhook import BACK_OFF, LEASE, Webhook, relay, signature, try_failed_again
from engine.store import outgoing
from tests.factories.council import REMEDY, SOMEBODY, Council, at
from tests.factories.loopback import Asked, serving

CASE, SECRET = "CF-20931", "a secret that nobody else knows at all"
ALWAYS = at(2026, 1, 1)


@dataclass
class Receiver:
    """The record system: keeps what it gets, and answers with the next of `answers`, or 204."""

    address: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [headers["Casefile-Id"] for headers, _ in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    def answer(asked: Asked) -> tuple[int, bytes]:
        found.got.append((dict(asked.headers), asked.body))
        return (found.answers.pop(0) if found.answers else 204), b""

    with serving(answer) as address:
        found.address = f"{address}/casefile?from=test"
        yield found


@pytest.fixture
def webhook(receiver: Receiver) -> Webhook:
    return Webhook(receiver.address, SECRET, ALWAYS)


@pytest.fixture
def remedied(council: Council) -> Council:
    """A council with five records that wait: two of others' work, a certificate, and two remedial actions of a case."""
    council.begin("lee", "case_closure", "CF-30510")
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return council


def statuses(council: Council) -> dict[str, int]:
    return council.ask(lambda question: outgoing.count_by_status(question.connection))


def later(council: Council, wait: timedelta) -> None:
    council.clock.move_to(council.clock.now() + wait)


def test_every_record_is_delivered_once_in_order_and_signed(remedied, receiver, webhook):
    assert relay(remedied.engine, webhook) == {"sent": 5}
    assert relay(remedied.engine, webhook) == {}
    assert len(set(receiver.ids())) == len(receiver.got) == 5
    for headers, body in receiver.got:
        signed = f"{headers['Casefile-Timestamp']}.".encode() + body
        expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert headers["Casefile-Signature"] == f"v1={expected}"
        assert headers["Casefile-Timestamp"] == str(int(remedied.clock.now().timestamp()))
    bodies = [json.loads(body) for _, body in receiver.got]
    assert [(one["kind"], one["case"]) for one in bodies[-3:]] == [
        ("closure_certificate", "CF-30510"), ("remedial_action", CASE), ("remedial_action", CASE),
    ]  # fmt: skip


def test_a_signature_changes_with_every_part():
    made = {
        signature(*given)
        for given in (("s", "1", b"x"), ("t", "1", b"x"), ("s", "2", b"x"), ("s", "1", b"y"), ("s", "1.", b"x"))
    }
    assert len(made) == 5


@pytest.mark.parametrize("answer", [500, 404, 301, 101])
def test_what_is_not_taken_is_tried_again_with_the_same_id(remedied, receiver, webhook, answer):
    receiver.answers = [answer]
    assert relay(remedied.engine, webhook) == {"waiting": 1, "sent": 4}
    first = receiver.ids()[0]
    assert relay(remedied.engine, webhook) == {}
    later(remedied, BACK_OFF[0])
    assert relay(remedied.engine, webhook) == {"sent": 1}
    assert receiver.ids()[-1] == first


def test_what_is_never_taken_fails_for_good_and_can_be_tried_afresh(remedied, receiver, webhook):
    receiver.answers = [503] * 25
    relay(remedied.engine, webhook)
    for wait in BACK_OFF:
        later(remedied, wait)
        relay(remedied.engine, webhook)
    assert statuses(remedied) == {"failed": 5}
    later(remedied, timedelta(days=1))
    assert relay(remedied.engine, webhook) == {}
    assert try_failed_again(remedied.engine, SOMEBODY) == 5
    assert relay(remedied.engine, webhook) == {"sent": 5}


def test_a_receiver_gets_nothing_that_was_made_before_its_day(remedied, receiver):
    later(remedied, timedelta(days=1))
    fresh = Webhook(receiver.address, SECRET, remedied.clock.now())
    assert relay(remedied.engine, fresh) == {}
    for action in remedied.actions(CASE):
        actions.sign_off(remedied.engine, "mo", action.id, "Done")
    remedied.complete("mo", REMEDY, CASE)
    relay(remedied.engine, fresh)
    assert receiver.got
    assert statuses(remedied)["waiting"] == 5


def test_a_receiver_that_is_not_there_loses_nothing(remedied, receiver, webhook):
    nowhere = Webhook("http://127.0.0.1:9/none", SECRET, ALWAYS, timeout=2)
    assert relay(remedied.engine, nowhere) == {"waiting": 5}
    later(remedied, BACK_OFF[0])
    assert relay(remedied.engine, webhook) == {"sent": 5}


def test_a_sender_that_dies_leaves_its_records_to_another(remedied, receiver, webhook, monkeypatch):
    def dies(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Webhook, "send", dies)
        with pytest.raises(KeyboardInterrupt):
            relay(remedied.engine, webhook)
    assert relay(remedied.engine, webhook) == {}
    later(remedied, LEASE)
    assert relay(remedied.engine, webhook) == {"sent": 5}


def test_no_body_has_what_anybody_wrote(remedied, receiver, webhook):
    relay(remedied.engine, webhook)
    assert all(b"Do the thing" not in body and b"Kim" not in body for _, body in receiver.got)


def test_when_told_to_stop_no_further_ones_are_begun(remedied, receiver, webhook):
    assert relay(remedied.engine, webhook, stopped=lambda: True) == {}
    assert receiver.got == []


@pytest.mark.parametrize(
    ("address", "secret", "said"),
    [
        ("records.example.gov.uk", SECRET, "write it like https://"),
        ("ftp://records.example.gov.uk", SECRET, "write it like https://"),
        ("https://[", SECRET, "write it like https://"),
        ("http://records.example.gov.uk/x", SECRET, "without encryption"),
        ("https://records.example.gov.uk/x", "guessed", "shorter than 32 characters"),
    ],
)
def test_an_address_or_secret_that_is_not_safe_is_refused(address, secret, said):
    with pytest.raises(UnsuitableSetting) as refused:
        Webhook(address, secret, ALWAYS)
    assert said in refused.value.sentence
    assert secret not in repr(refused.value)


def test_a_refusal_names_the_status_and_no_secret(receiver, webhook, remedied):
    receiver.answers = [418]
    with pytest.raises(NotSent) as refused:
        webhook.send("1", {"id": "1"}, remedied.clock.now())
    assert "418" in refused.value.sentence
    assert SECRET not in repr(webhook)
