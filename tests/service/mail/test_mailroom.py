"""Letters go out at least once and are known as one by their Message-ID; none is lost, whatever fails when."""

import re
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import example, given
from hypothesis import strategies as st

from engine.domain.calendar import LONDON
from engine.errors import NotSent, UnsuitableSetting
from engine.service.mail import mailroom
from engine.service.mail.mailroom import LEASE, Letterhead, message_id, message_of, relay
from engine.service.mail.senders import FolderSender, SmtpSender, sender_at
from engine.store import outbox, people
from tests.factories.council import Council

HEAD = Letterhead("casefile@council.example.org")
EMAIL = "mo@council.example.org"
OTHER_READER = "kim"


class Post:
    """What the receiving mail server got; `replies` are given to the next letters instead of taking them."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.envelopes: list[Any] = []
        self.sessions: set[tuple[str, int]] = set()
        self.replies: list[str] = []

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.sessions.add(session.peer)
        if self.replies:
            return self.replies.pop(0)
        self.envelopes.append(envelope)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.SMTP))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def post() -> Iterator[Post]:
    post = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    post.port = port  # type: ignore[attr-defined]
    yield post
    server.stop()


@pytest.fixture
def smtp(post: Post) -> SmtpSender:
    return SmtpSender("127.0.0.1", post.port, timeout=5)  # type: ignore[attr-defined]


@pytest.fixture
def house(council: Council) -> Council:
    """The council with one reader who has an address, and nothing left to post but what a test writes."""
    council.run(lambda command: people.change_person(command.connection, "mo", {"email": EMAIL}))
    relay(council.engine, Nowhere(), HEAD)
    return council


@pytest.fixture
def elsewhere(house: Council) -> Iterator[Council]:
    """The same council as another process sees it."""
    other = house.again()
    yield other
    other.database.close()


class Nowhere:
    def send(self, message: EmailMessage) -> None:
        """Take the letter and forget it."""

    def has_taken(self, message: EmailMessage) -> bool:
        return False

    def close(self) -> None:
        """Hold nothing."""


class Doing:
    """Sends through another sender and then does something, such as dying."""

    def __init__(self, sender: Any, afterwards: Callable[[], None]) -> None:
        self._sender, self._afterwards = sender, afterwards

    def send(self, message: EmailMessage) -> None:
        self._sender.send(message)
        self._afterwards()

    def has_taken(self, message: EmailMessage) -> bool:
        return self._sender.has_taken(message)

    def close(self) -> None:
        self._sender.close()


class Killed(BaseException):
    """The process ends here."""


def die() -> None:
    raise Killed


def write(council: Council, key: str = "occasion", person: str = "mo", **changes: Any) -> None:
    letter = {
        "dedup_key": f"{key}:assigned:{person}",
        "person": person,
        "notice": "assigned",
        "case_ref": "CF-20931",
        "subject": "Audit assigned: CF-20931",
        "body": "Hello Mo,\n\nYou have been assigned an audit.\n",
        "created_at": council.clock.now(),
        "status": outbox.WAITING,
        "tries": 0,
        "next_try": council.clock.now(),
    }
    council.run(lambda command: command.post({**letter, **changes}))


def letter_of(council: Council, person: str = "mo") -> Any:
    return council.ask(lambda question: outbox.to_person(question.connection, person))[-1]


def pass_by(council: Council, time: timedelta) -> None:
    council.clock.move_to(council.clock.now() + time)


def test_a_letter_goes_to_its_reader_alone_and_only_once(house: Council, post: Post, smtp: SmtpSender) -> None:
    write(house, person=OTHER_READER)
    write(house)
    assert relay(house.engine, smtp, HEAD) == {outbox.SENT: 1, outbox.INBOX_ONLY: 1}
    assert relay(house.engine, smtp, HEAD) == {}
    (sent,) = post.taken
    assert (sent["To"], sent["From"], sent["Subject"]) == (EMAIL, HEAD.sender, "Audit assigned: CF-20931")
    assert sent["Message-ID"] == message_id("occasion:assigned:mo", HEAD.sender)
    assert sent.get_content().replace("\r\n", "\n") == "Hello Mo,\n\nYou have been assigned an audit.\n"
    assert post.envelopes[0].rcpt_tos == [EMAIL]
    assert (letter_of(house).status, letter_of(house).sent_at) == (outbox.SENT, house.clock.now())


def test_a_reader_without_an_address_finds_the_letter_in_the_inbox_only(house: Council) -> None:
    write(house, person=OTHER_READER)
    relay(house.engine, Nowhere(), HEAD)
    assert (letter_of(house, OTHER_READER).status, letter_of(house, OTHER_READER).tries) == (outbox.INBOX_ONLY, 1)
    assert mailroom.failed(house.engine) == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mo",
        "mo@council.example.org, everybody@elsewhere.example.org",
        "mo@council.example.org\r\nBcc: everybody@elsewhere.example.org",
        "mo@council.example.org\n",
        "Mo <mo@council.example.org>",
        "mo@council.example.org> ORCPT=rfc822;x",
        "mö@council.example.org",
    ],
)
def test_an_address_that_is_not_one_mailbox_gets_nothing(house: Council, address: str) -> None:
    house.run(lambda command: people.change_person(command.connection, "mo", {"email": address}))
    write(house)
    assert relay(house.engine, Nowhere(), HEAD) == {outbox.INBOX_ONLY: 1}


def test_somebody_who_has_left_gets_no_mail(house: Council) -> None:
    house.run(lambda command: people.change_person(command.connection, "mo", {"active": False}))
    write(house)
    assert relay(house.engine, Nowhere(), HEAD) == {outbox.INBOX_ONLY: 1}


def test_a_crash_between_sending_and_marking_repeats_the_letter_under_the_same_name(
    house: Council, elsewhere: Council, post: Post, smtp: SmtpSender
) -> None:
    write(house)
    with pytest.raises(Killed):
        relay(house.engine, Doing(smtp, die), HEAD)
    assert letter_of(house).status == outbox.WAITING
    pass_by(house, LEASE - timedelta(seconds=1))
    assert relay(elsewhere.engine, smtp, HEAD) == {}
    pass_by(house, timedelta(seconds=1))
    assert relay(elsewhere.engine, smtp, HEAD) == {outbox.SENT: 1}
    assert len(post.taken) == 2
    assert len({sent["Message-ID"] for sent in post.taken}) == 1


def test_a_crash_before_sending_loses_nothing(house: Council, post: Post, smtp: SmtpSender) -> None:
    write(house)
    with pytest.raises(Killed):
        relay(house.engine, Doing(Nowhere(), die), HEAD)
    pass_by(house, LEASE)
    assert relay(house.engine, smtp, HEAD) == {outbox.SENT: 1}
    assert len(post.taken) == 1


def test_a_letter_that_kills_whoever_sends_it_fails_in_the_end(house: Council, smtp: SmtpSender, post: Post) -> None:
    write(house)
    for _ in range(mailroom.MOST_TRIES):
        with pytest.raises(Killed):
            relay(house.engine, Doing(Nowhere(), die), HEAD)
        pass_by(house, LEASE)
    write(house, "another occasion")
    assert relay(house.engine, smtp, HEAD) == {outbox.FAILED: 1, outbox.SENT: 1}
    assert [letter.error for letter in mailroom.failed(house.engine)] == [
        "It was never reported back what became of it."
    ]


def test_a_server_that_is_down_is_tried_again_after_10_seconds_1_minute_and_10_minutes(house: Council) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        down = SmtpSender("127.0.0.1", nobody.getsockname()[1], timeout=5)
        write(house)
        for wait in (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10)):
            assert relay(house.engine, down, HEAD) == {outbox.WAITING: 1}
            pass_by(house, wait - timedelta(seconds=1))
            assert relay(house.engine, down, HEAD) == {}
            pass_by(house, timedelta(seconds=1))
        assert relay(house.engine, down, HEAD) == {outbox.FAILED: 1}
        pass_by(house, timedelta(days=30))
        assert relay(house.engine, down, HEAD) == {}
    (kept,) = mailroom.failed(house.engine)
    assert (kept.dedup_key, kept.tries) == ("occasion:assigned:mo", 4)
    assert "refused" in kept.error


def test_letters_that_failed_can_be_tried_again(house: Council, post: Post, smtp: SmtpSender) -> None:
    write(house, status=outbox.FAILED, tries=4, next_try=None, error="the server was down")
    write(house, "sent before", status=outbox.SENT, next_try=None)
    assert mailroom.try_failed_again(house.engine, "gail") == 1
    assert relay(house.engine, smtp, HEAD) == {outbox.SENT: 1}
    assert mailroom.failed(house.engine) == []
    assert mailroom.try_failed_again(house.engine, "gail") == 0


@pytest.mark.parametrize("reply", ["451 try later", "550 no such mailbox", "421 closing"])
def test_a_letter_that_the_server_refuses_waits_with_the_reason(
    house: Council, post: Post, smtp: SmtpSender, reply: str
) -> None:
    write(house)
    write(house, "later", created_at=house.clock.now() + timedelta(seconds=1))
    post.replies = [reply]
    assert relay(house.engine, smtp, HEAD) == {outbox.WAITING: 1, outbox.SENT: 1}
    waiting = house.ask(lambda question: outbox.to_person(question.connection, "mo"))[-2]
    assert (waiting.status, waiting.next_try) == (outbox.WAITING, house.clock.now() + timedelta(seconds=10))
    assert reply[4:] in waiting.error
    pass_by(house, timedelta(seconds=10))
    assert relay(house.engine, smtp, HEAD) == {outbox.SENT: 1}
    assert letter_of(house).error is None


def test_two_mailrooms_never_send_the_same_letter(
    house: Council, elsewhere: Council, post: Post, smtp: SmtpSender
) -> None:
    for number in range(25):
        write(house, f"occasion {number}")
    relay(house.engine, Doing(smtp, lambda: relay(elsewhere.engine, smtp, HEAD) and None), HEAD)
    assert len(post.taken) == len({sent["Message-ID"] for sent in post.taken}) == 25
    assert mailroom.counts(house.engine)[outbox.SENT] == 25


def test_who_reports_too_late_changes_nothing(house: Council, elsewhere: Council, post: Post, smtp: SmtpSender) -> None:
    def overtaken() -> None:
        pass_by(house, LEASE)
        relay(elsewhere.engine, smtp, HEAD)
        raise NotSent(reason="the line went dead")

    write(house)
    relay(house.engine, Doing(Nowhere(), overtaken), HEAD)
    assert (letter_of(house).status, letter_of(house).error) == (outbox.SENT, None)
    assert len(post.taken) == 1


def test_one_connection_carries_many_letters(house: Council, post: Post, smtp: SmtpSender) -> None:
    for number in range(12):
        write(house, f"occasion {number}")
    assert relay(house.engine, smtp, HEAD) == {outbox.SENT: 12}
    assert len(post.sessions) == 1


def test_nothing_is_sent_in_clear_to_a_server_that_cannot_encrypt(house: Council, post: Post) -> None:
    write(house)
    insisting = SmtpSender("127.0.0.1", post.port, "smtp+starttls", timeout=5)  # type: ignore[attr-defined]
    assert relay(house.engine, insisting, HEAD) == {outbox.WAITING: 1}
    assert "STARTTLS" in letter_of(house).error
    assert post.taken == []


# What an e-mail says

ODD = st.text() | st.sampled_from(
    [
        "x\r\nBcc: all@elsewhere.example.org",
        "x\n\nsecond body",
        "\u2028Bcc: a@b.c",
        "\x00",
        "=?utf-8?q?x=0ABcc:_a?=",
        "",
    ]
)
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def letter(subject: str = "A letter", body: str = "Its text", key: str = "key") -> Any:
    written = datetime(2026, 12, 1, 9, tzinfo=LONDON)
    about = {"case_ref": "CF-20931", "page": None}
    return SimpleNamespace(subject=subject, body=body, dedup_key=key, created_at=written, **about)


@example("=??Q?=0ABcc:_all", "", "key")
@given(ODD, ODD, ODD)
def test_no_text_of_a_letter_becomes_a_header(subject: str, body: str, key: str) -> None:
    content = message_of(letter(subject, body, key), EMAIL, HEAD).as_bytes()
    read = message_from_bytes(content, policy=policy.SMTP)
    assert [name for name in read if name != "MIME-Version"] == HEADERS[:-1]
    assert (read["To"], read["Message-ID"]) == (EMAIL, message_id(key, HEAD.sender))
    assert not re.search(r"[\r\n]", read["Subject"])
    assert not re.search(rb"(?mi)^bcc", content.split(b"\r\n\r\n")[0])


@given(st.lists(st.text(max_size=256), min_size=2, max_size=6, unique=True))
def test_two_letters_never_share_a_message_id(keys: list[str]) -> None:
    encodable = [key for key in keys if key.isprintable()]
    assert len({message_id(key, HEAD.sender) for key in encodable}) == len(encodable)


def test_an_email_leads_to_the_case_and_names_the_council() -> None:
    head = Letterhead(HEAD.sender, "https://casefile.example.org/", "Northshire")
    body = "Hello {you}\n\nOpen it: {link}\n{council}\n"
    text = message_of(letter(body=body), EMAIL, head).get_content()
    assert text.splitlines() == [
        "Hello {you}",
        "",
        "Open it: https://casefile.example.org/cases/CF-20931",
        "Northshire",
    ]
    assert message_of(letter(body=body), EMAIL, HEAD).get_content().splitlines() == ["Hello {you}", ""]


def test_an_email_about_no_case_leads_to_the_first_page() -> None:
    for pages in ("https://casefile.example.org", "https://casefile.example.org/"):
        assert Letterhead(HEAD.sender, pages).link(None) == "https://casefile.example.org/"
    assert Letterhead(HEAD.sender).link("CF-1") == ""


def test_an_email_about_a_page_leads_to_it() -> None:
    head = Letterhead(HEAD.sender, "https://casefile.example.org/")
    assert (
        head.link(None, "/compliance-lists/North%20CIN") == "https://casefile.example.org/compliance-lists/North%20CIN"
    )
    assert Letterhead(HEAD.sender).link(None, "/compliance-lists/North%20CIN") == ""


# Senders


def test_the_demonstration_writes_letters_into_a_folder_one_file_each(house: Council, tmp_path) -> None:
    folder = FolderSender(tmp_path / "mail")
    write(house)
    with pytest.raises(Killed):
        relay(house.engine, Doing(folder, die), HEAD)
    pass_by(house, LEASE)
    write(house, "another occasion")
    assert relay(house.engine, folder, HEAD) == {outbox.SENT: 2}
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    found = {message_from_bytes(path.read_bytes())["Message-ID"] for path in files}
    assert found == {message_id(f"{key}:assigned:mo", HEAD.sender) for key in ("occasion", "another occasion")}


def test_a_folder_that_cannot_be_written_puts_the_letter_off(house: Council, tmp_path) -> None:
    (tmp_path / "mail").write_text("a file is in the way")
    write(house)
    assert relay(house.engine, FolderSender(tmp_path / "mail"), HEAD) == {outbox.WAITING: 1}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.org", SmtpSender("mail.example.org", 25)),
        ("smtp://mail.example.org:2525", SmtpSender("mail.example.org", 2525)),
        (
            "smtp+starttls://me:p%40ss@mail.example.org",
            SmtpSender("mail.example.org", 587, "smtp+starttls", "me", "p@ss"),
        ),
        ("smtps://me:x@mail.example.org", SmtpSender("mail.example.org", 465, "smtps", "me", "x")),
    ],
)
def test_a_mail_server_is_named_by_its_address(address: str, expected: SmtpSender, tmp_path) -> None:
    assert sender_at(address, tmp_path) == expected


def test_without_a_mail_server_letters_go_into_a_folder(tmp_path) -> None:
    assert sender_at("", tmp_path) == FolderSender(tmp_path)


@pytest.mark.parametrize(
    "address", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:99999", "smtp://me:secret@host"]
)
def test_a_mail_server_that_cannot_be_meant_is_refused_without_telling_the_password(address: str, tmp_path) -> None:
    with pytest.raises(UnsuitableSetting, match="CASEFILE_SMTP") as refused:
        sender_at(address, tmp_path)
    assert "secret" not in refused.value.sentence


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(SmtpSender("host", 25, "smtps", "me", "secret"))
