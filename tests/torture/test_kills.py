"""Killed at any moment, again and again: nothing is half done, lost, or done twice (I-01)."""

import os
import random
import select
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.service.command import Command
from engine.service.mail import mailroom
from engine.store import outbox, people
from engine.store.database import Database
from engine.store.schema.execution import outbox as letters
from tests.factories.council import Council, fill
from tests.factories.databases import Shelf
from tests.factories.postgresql import Server
from tests.factories.share import share
from tests.factories.soundness import unsound
from tests.factories.victim import HEAD, Notebook, Worker, effects
from tests.service.monthly import draw

SEED = int(os.environ.get("CASEFILE_KILL_SEED", random.randrange(2**32)))
KILLS = {"sqlite": share(150), "postgresql": share(80)}
STOPS = share(20)
MOST_STATEMENTS = 600
MOST_ROUNDS = 30
WORK = ("case_audit", "quality_assurance", "remedial_action")
ENDLESS = 60
"""Seconds after which a process that does nothing any more is taken for stuck."""


@pytest.fixture
def prepared(shelf: Shelf, backend: str) -> Iterator[str]:
    """The URL of a council whose November sample waits to be released, and whose people have addresses."""
    with shelf.copy(backend, "council") as url:
        _prepare(url)
        yield url


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A PostgreSQL server that nobody else uses."""
    server = Server(own=True)
    yield server
    server.stop()


def _prepare(url: str) -> None:
    council = Council(Database(url))
    draw(council)
    council.run(lambda command: [_with_address(command, name) for name in command.directory.people])
    council.close()


def _with_address(command: Command, username: str) -> None:
    people.change_person(command.connection, username, {"email": f"{username}@example.gov.uk"})


def killed(worker_of: Callable[[], Worker], statements: int, end: Callable[[], None] = lambda: None) -> None:
    """Let a process of its own work, and `end` what it works with and kill it when it has come to so many
    statements and commits.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _work(worker_of, writing)
    os.close(writing)
    try:
        for _ in range(statements):
            ready, _, _ = select.select([reading], [], [], ENDLESS)
            assert ready, "the process does nothing any more"
            assert os.read(reading, 1), "the process ended by itself"
        end()
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(reading)


def _work(worker_of: Callable[[], Worker], writing: int) -> None:
    """Never returns: what the tests would tidy up belongs to their own process."""
    try:
        worker = worker_of()
        worker.watch(lambda: os.write(writing, b"."))
        worker.live()
    finally:
        os._exit(1)


def live_and_die(url: str, notebook: Notebook, name: str, deaths: int, end: Callable[[], None] = lambda: None) -> None:
    """Kill so many processes, judge what each left, and let all work go on to its end."""
    print(f"CASEFILE_KILL_SEED={SEED}")
    chance = random.Random(f"{SEED} {name}")
    for number in range(deaths):
        seed = f"{SEED} {name} {number}"
        killed(lambda seed=seed: Worker(url, notebook, random.Random(seed)), chance.randint(1, MOST_STATEMENTS), end)
        worker = Worker(url, notebook, random.Random(f"{seed} again"))
        judge(worker)
        worker.council.close()
    worker = Worker(url, notebook, chance)
    finish(worker)
    judge(worker)
    worker.council.close()
    assert len(notebook.lines("answered")) > deaths / 3, "hardly anything was done between the kills"


def judge(worker: Worker) -> None:
    """Everything holds after a kill, and a command that was answered changes nothing when it is given again."""
    council = worker.council
    assert unsound(council) == []
    answers = worker.answers()
    for key, answer in answers.items():
        assert effects(council, key).answer == answer
    if answers:
        key = worker.chance.choice(sorted(answers))
        before = council.dump()
        (again,) = [one for one in worker.notebook.lines("given") if one["key"] == key]
        assert worker.give(again) == answers[key]
        assert council.dump() == before
    _judge_letters(worker)


def _judge_letters(worker: Worker) -> None:
    """A letter that is marked as sent went out; one that went out twice was claimed twice and has one name."""
    went = worker.notebook.sent
    for row in worker.council.ask(lambda question: list(question.connection.execute(letters.select()))):
        times = went[mailroom.message_id(row.dedup_key, HEAD.sender)]
        assert times <= row.tries
        assert times > 0 or row.status != outbox.SENT


def finish(worker: Worker) -> None:
    """All work goes on to its end, and every letter is told what became of it."""
    worker.repeat_last()
    for _ in range(MOST_ROUNDS):
        rows = [row for row in worker.open_tasks() if row.process in WORK]
        if not rows:
            break
        for action in worker.open_actions():
            worker.sign_off_one(action)
        for row in rows:
            worker.try_to_complete(row)
        worker.pass_time()
        worker.post()
    assert rows == [], sorted({(row.title, row.case_ref) for row in rows})
    while mailroom.counts(worker.council.engine).get(outbox.WAITING):
        worker.council.pass_to(worker.council.clock.now() + mailroom.LEASE)
        worker.post()
    assert worker.council.incidents() == []


@pytest.mark.torture
def test_a_process_that_is_killed_at_any_moment_leaves_nothing_half_done(prepared: str, backend: str, tmp_path: Path):
    live_and_die(prepared, Notebook(tmp_path), backend, KILLS[backend])


@pytest.mark.torture
def test_a_database_server_that_stops_at_any_moment_leaves_nothing_half_done(server: Server, tmp_path: Path):
    url = server.create("council")
    database = Database(url)
    database.create_tables()
    fill(database)
    database.close()
    _prepare(url)
    live_and_die(url, Notebook(tmp_path), "server", STOPS, server.crash)
