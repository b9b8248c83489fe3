"""casefile serve, work and demo: what runs until it is told to stop, and then stops cleanly."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from urllib.request import urlopen

import pytest

from engine.errors import UnsuitableSetting
from engine.service.clock import ClockWatch
from engine.service.composition import open_ready_council
from engine.service.people import accounts
from engine.store import outbox
from tests.factories.terminal import ROOT, Terminal
from webapp.commands import work
from webapp.commands.settings import Settings
from webapp.demo import council, past

KEY = "a secret key of thirty-two characters and more"
LONGEST = 60


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path, CASEFILE_SECRET_KEY=KEY, CASEFILE_HOSTS="127.0.0.1")


@pytest.fixture
def ready(here: Terminal) -> Terminal:
    """A terminal at a database with the policy in force."""
    assert here("db", "upgrade").code == here("deploy", ROOT).code == 0
    return here


@pytest.fixture
def running() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that are ended when the test is over, whatever became of it."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for one in started:
        one.kill()
        one.communicate(timeout=LONGEST)


@pytest.fixture
def port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def until(process: subprocess.Popen[str], words: str) -> list[str]:
    """Read what a process prints until it prints these words."""
    assert process.stdout is not None
    read: list[str] = []
    for line in process.stdout:
        read.append(line)
        if words in line:
            return read
    raise AssertionError(f"it ended without {words!r}: {read} {process.communicate(timeout=LONGEST)[1]}")


def page(port: str, path: str = "/sign-in") -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=LONGEST) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_work_ends_cleanly_when_it_is_told_to(ready: Terminal, running, number: signal.Signals) -> None:
    process = ready.start("work")
    running.append(process)
    assert any("letters are written into var/mail" in line for line in until(process, "Working."))
    process.send_signal(number)
    rest, told = process.communicate(timeout=LONGEST)
    assert (rest, told, process.returncode) == ("Stopped.\n", "", 0)


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("CASEFILE_SMTP", "smtp://me:secret@host", "a password would travel without encryption"),
        ("CASEFILE_SMTP", "mail.example.org", "write it like smtp+starttls://"),
        ("CASEFILE_NOTIFY_KEY", "my secret", "it is no API key of GOV.UK Notify"),
        ("CASEFILE_MAIL_FROM", "Casefile <a@b>", "it is not one e-mail address"),
    ],
)
def test_work_does_not_begin_with_settings_that_cannot_be_meant(
    ready: Terminal, setting: str, value: str, told: str
) -> None:
    ready.settings[setting] = value
    answer = ready("work")
    assert answer.code == 1
    assert f"The setting {setting} cannot be used: {told}" in answer.beside
    assert "secret" not in answer.beside


def test_mail_takes_one_way() -> None:
    both = {"CASEFILE_SMTP": "smtps://mail.example.org", "CASEFILE_NOTIFY_KEY": "key"}
    with pytest.raises(UnsuitableSetting, match="keep the one that mail shall take"):
        Settings.read(both).sender()


def test_serve_answers_and_ends_cleanly(ready: Terminal, running, port: str) -> None:
    process = ready.start("serve", "--port", port)
    running.append(process)
    until(process, f"Serving on http://127.0.0.1:{port}/")
    assert "password" in page(port)
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=LONGEST)
    assert (rest, process.returncode) == ("Stopped.\n", 0)


def test_serve_says_so_when_no_policy_is_in_force(here: Terminal, running, port: str) -> None:
    assert here("db", "upgrade").code == 0
    process = here.start("serve", "--port", port)
    running.append(process)
    until(process, "Serving on")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=LONGEST)
    assert told == "No policy is in force yet: casefile deploy puts one there.\n"


@pytest.mark.parametrize(
    ("setting", "value"), [("CASEFILE_SECRET_KEY", ""), ("CASEFILE_SECRET_KEY", "short"), ("CASEFILE_HOSTS", "")]
)
def test_serve_does_not_begin_with_unsafe_settings(ready: Terminal, setting: str, value: str) -> None:
    ready.settings[setting] = value
    answer = ready("serve")
    assert answer.code == 1
    assert answer.beside.startswith(f"Error: Casefile does not start: {setting} ")


def test_a_port_that_is_taken_is_told_in_a_sentence(ready: Terminal, running) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = ready.start("serve", "--port", str(taken.getsockname()[1]))
        running.append(process)
        _, told = process.communicate(timeout=LONGEST)
    assert (process.returncode, told) == (1, "Error: Address already in use.\n")


# demo


@pytest.fixture
def shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration without its past, which tests/webapp/demo proves."""
    monkeypatch.setattr(past, "live", lambda engine, *_rest: council.load(engine))


def people(path: Path) -> list[str]:
    engine = open_ready_council(f"sqlite:///{path}")
    try:
        return [person.username for person in accounts.everybody(engine)]
    finally:
        engine.database.close()


def change(path: Path, work: Callable[..., object]) -> None:
    engine = open_ready_council(f"sqlite:///{path}")
    engine.run("a test", work)
    engine.database.close()


def test_the_demonstration_is_set_up_once_and_kept(here: Terminal, shorter: None) -> None:
    path = here.folder / "var" / "demo.db"
    first = here("demo", "--no-serve")
    assert (first.code, first.text.splitlines()[-1]) == (0, "The demonstration council is in var/demo.db.")
    assert {"kim", "mo", "gail"} <= set(people(path))
    change(path, lambda command: command.note("a test", "was here", {}))
    assert "Setting up" not in here("demo", "--no-serve").text
    here.settings["CASEFILE_DATABASE"] = f"sqlite:///{path}"
    events = here("verify-log", "--json").json["streams"]
    assert "Setting up" in here("demo", "--no-serve", "--fresh").text
    assert here("verify-log", "--json").json["streams"] == events - 1


def test_a_demonstration_that_could_not_be_finished_is_not_left_behind(
    here: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(*_given: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(past, "live", breaks_off)
    answer = here("demo", "--no-serve")
    assert (answer.code, answer.beside) == (1, "Error: No space left on device.\n")
    assert list((here.folder / "var").iterdir()) == []


def test_the_demonstration_shows_its_address_and_who_has_work_and_posts_its_letters(
    here: Terminal, running, port: str
) -> None:
    process = here.start("demo", "--days", "14", "--port", port)
    running.append(process)
    told = until(process, "Ctrl+C stops it.")
    assert f"Open http://127.0.0.1:{port}/ and choose who to sign in as. There is work for:\n" in told
    assert any(line.strip().startswith("Gail") for line in told)
    posted = (here.folder / "var" / "mail").glob
    assert any("Hal" in page(port) and list(posted("*.eml")) for _ in range(500))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=LONGEST)
    assert process.returncode == 0
    here.settings["CASEFILE_DATABASE"] = f"sqlite:///{here.folder}/var/demo.db"
    letters = here("mail", "--json").json["letters"]
    assert letters.keys() <= {outbox.SENT, outbox.WAITING}
    assert len(list(posted("*.eml"))) == letters[outbox.SENT] > 0


def test_nothing_more_is_done_once_the_clock_has_leapt() -> None:
    moments = iter([datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)])
    watch = ClockWatch(SimpleNamespace(now=lambda: next(moments)), lambda: 0.0)
    done, leaps, stop = [], [], Event()
    work.unless_leapt(watch, leaps, stop, lambda: done.append("due work"))
    assert (done, stop.is_set()) == ([], True)
    assert "moved forward by 10,800 seconds" in leaps[0].sentence
    assert "start the work again" in leaps[0].sentence
