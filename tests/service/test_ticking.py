"""Ticking: every loop runs at once and again, fails alone, and comes to rest when it is told to."""

import re
import threading
from itertools import count
from pathlib import Path

import pytest

import engine
from engine.errors import Busy
from engine.service import clockwork
from engine.service.ticking import Loop, keep_ticking, sentence_of
from tests.factories.council import Council, at

OFTEN = 0.01
LONGEST = 30


def nobody(_name: str, error: Exception) -> None:
    raise AssertionError("no loop was to fail") from error


def after(runs: int, stop: threading.Event) -> Loop:
    """A loop that ends the ticking when it has run so many times."""
    numbers = count(1)
    return Loop("the counting", OFTEN, lambda: stop.set() if next(numbers) == runs else None)


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


def test_every_loop_runs_at_once_and_then_again(stop: threading.Event) -> None:
    ran: list[str] = []
    often = Loop("often", OFTEN, lambda: ran.append("often"))
    seldom = Loop("seldom", 86_400, lambda: ran.append("seldom"))
    keep_ticking([often, seldom, after(5, stop)], stop, nobody)
    assert ran.count("seldom") == 1
    assert ran.count("often") > 1


def test_a_loop_that_fails_is_told_of_and_tried_again_while_the_others_go_on(stop: threading.Event) -> None:
    told: list[tuple[str, str]] = []

    def fails() -> None:
        raise Busy

    keep_ticking(
        [Loop("mail", OFTEN, fails), after(5, stop)], stop, lambda name, error: told.append((name, sentence_of(error)))
    )
    assert set(told) == {("mail", Busy().sentence)}
    assert len(told) > 1


def test_a_loop_never_runs_beside_itself(stop: threading.Event) -> None:
    inside = threading.Semaphore(1)
    others_went_on = threading.Event()
    crowded: list[bool] = []

    def slow() -> None:
        crowded.append(not inside.acquire(blocking=False))
        others_went_on.wait(LONGEST)
        inside.release()

    numbers = count(1)
    quick = Loop("quick", OFTEN, lambda: others_went_on.set() if next(numbers) == 5 else None)
    keep_ticking([Loop("slow", OFTEN, slow), quick, after(8, stop)], stop, nobody)
    assert not any(crowded)


def test_ticking_ends_when_the_loop_that_runs_has_ended(stop: threading.Event) -> None:
    ended: list[bool] = []

    def asked_to_stop_while_it_works() -> None:
        stop.set()
        threading.Event().wait(OFTEN)
        ended.append(True)

    keep_ticking([Loop("work", 86_400, asked_to_stop_while_it_works)], stop, nobody)
    assert ended == [True]


def test_what_is_due_is_done(council: Council, stop: threading.Event) -> None:
    task = council.assign("CF-20931", "kim") and council.task("Audit the case record", "CF-20931")
    council.clock.move_to(at(2027, 2, 1))

    def once() -> None:
        clockwork.tick(council.engine)
        stop.set()

    keep_ticking([Loop("clock", 86_400, once)], stop, nobody)
    assert clockwork.next_moment(council.engine) > council.clock.now()
    assert task.due < council.clock.now()


def test_the_message_of_an_unexpected_error_is_not_told() -> None:
    assert sentence_of(ValueError("words about a child")) == "It failed unexpectedly (ValueError)."


def test_no_other_module_knows_the_scheduler() -> None:
    root = Path(engine.__file__).parents[1]
    files = [
        path
        for room in ("engine", "webapp")
        for path in (root / room).rglob("*.py")
        if "node_modules" not in path.parts
    ]
    assert [path.name for path in files if re.search(r"^\s*(import|from) apscheduler", path.read_text(), re.M)] == [
        "ticking.py"
    ]
