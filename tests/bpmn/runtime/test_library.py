"""What we put into SpiffWorkflow: loops and joins that end, shared specs that stay as they are, and no clock."""

import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from engine.bpmn.runtime import stepper
from engine.errors import NotNow, StepFailed
from tests.factories.clockless import ClockReadError, no_clock
from tests.factories.constructs import CONSTRUCTS, VIEWED, construct
from tests.factories.diagrams import chain, end, flow, gateway, script, start, user
from tests.factories.drawings import OUR_PROCESSES, drawn, ours
from tests.factories.running import BEGIN, Played
from tests.factories.walks import Walk


def rounds(count: int, *inside: str, ways: tuple[str, ...]):
    return drawn(
        "rounds", start(), script("first", "n = 0"), gateway("again"), *inside, script("count", "n = n + 1"),
        gateway("enough", default="enough_to_again"), end(), chain("begun", "first", *ways, "count", "enough", "again"),
        flow("enough", "done", f"n >= {count}"),
    )  # fmt: skip


def test_a_loop_of_a_thousand_rounds_in_one_step_ends():
    played = Played(rounds(1_000, ways=("again",)))
    assert played.step.finished
    assert played.loaded().data["n"] == 1_000


def test_a_task_can_be_done_again_where_the_stock_library_loses_sight_of_it():
    played = Played(rounds(350, user("fetch"), ways=("again", "fetch")))
    for number in range(350):
        played.do("fetch", said=number)
    assert played.step.finished


def test_a_loop_without_a_rest_is_stopped():
    with pytest.raises(StepFailed, match="it runs on and on"):
        Played(rounds(10**9, ways=("again",)))


def test_parallel_branches_in_a_loop_are_joined_in_their_own_round():
    inside = (gateway("split", "parallel"), user("fetch"), user("carry"), user("look"), gateway("join", "parallel"))
    drawing = drawn(
        "rounds of branches", start(), gateway("again"), *inside, script("count", "n = n + 1"),
        gateway("enough", default="enough_to_again"), end(),
        chain("begun", "again", "split", "fetch", "join", "count", "enough", "again"),
        chain("split", "carry", "join"), chain("split", "look", "join"), flow("enough", "done", "n >= 6"),
    )  # fmt: skip
    chance, played, done = random.Random(1), Played(drawing), []
    while not played.step.finished:
        done.append(chance.choice(played.open))
        played.do(done[-1])
    assert [sorted(done[place : place + 3]) for place in range(0, len(done), 3)] == [["carry", "fetch", "look"]] * 6


def test_of_two_branches_the_one_that_ends_last_has_the_last_word_whatever_the_clock_says():
    drawing = drawn(
        "two words", start(), gateway("split", "parallel"), user("fetch"), user("carry"), gateway("join", "parallel"),
        end(), chain("begun", "split", "fetch", "join", "done"), chain("split", "carry", "join"),
    )  # fmt: skip
    for first, last in (("fetch", "carry"), ("carry", "fetch")):
        played = Played(drawing)
        played.do(first, said=first)
        played.now = BEGIN - timedelta(days=1)
        played.do(last, said=last)
        assert played.loaded().data["said"] == last


@pytest.mark.parametrize("name", [*CONSTRUCTS, *OUR_PROCESSES])
def test_no_run_ever_changes_the_shared_specs(name):
    drawing = construct(name) if name in CONSTRUCTS else ours(name)
    for seed in range(3):
        Walk(drawing, seed, serialized=False).go()
    assert all(definition.is_pristine for definition in drawing.deployment.processes.values())


def test_six_threads_share_one_deployment():
    drawings = [construct(name) for name in ("everything", "instances at once", "an event sub-process")]
    alone = [_played_through(drawing, seed) for drawing in drawings for seed in range(4)]
    with ThreadPoolExecutor(6) as pool:
        for _ in range(5):
            many = pool.map(_played_through, [one for one in drawings for _ in range(4)], [*range(4)] * 3)
            assert list(many) == alone
    assert all(drawing.deployment.definition("errand").is_pristine for drawing in drawings)


def _played_through(drawing, seed):
    chance, played, steps = random.Random(seed), Played(drawing), []
    while played.open and len(steps) < 12:
        if chance.random() < 0.2 and any(token in ("race", "alarm") for token in played.step.tokens):
            played.receive("recall", start="2026-12-15")
        element = chance.choice(played.open)
        played.do(element, said=chance.random(), **({"view": "seen"} if element in VIEWED else {}))
        steps.append(played.step)
    return [(step.passed, step.tokens, step.next_due, step.state) for step in steps]


@pytest.mark.parametrize(
    "name", ["timers on one task", "parallel branches", "a called process", "an event sub-process"]
)
def test_the_machine_has_no_clock(name):
    with no_clock():
        played = Played(construct(name))
        with pytest.raises(NotNow):
            played.receive("nothing")
        played.advance(BEGIN + timedelta(days=4))
        stepper.reckon_again(played.deployment, played.process, played.step.state, played.surroundings())
        played.advance(BEGIN + timedelta(days=40))
        while played.open:
            played.do(played.open[0], said="x", more=False)
    assert played.step.finished


def test_reading_the_clock_would_be_noticed():
    with no_clock(), pytest.raises(ClockReadError):
        time.time()
    assert time.time() > 0
    assert datetime.now().year > 2000  # noqa: DTZ005 - it only has to work again


def test_a_process_ends_although_its_end_is_still_to_come():
    drawing = drawn(
        "one way round", start(), gateway("again"), user("look"), gateway("enough", default="enough_to_again"), end(),
        chain("begun", "again", "look", "enough", "again"), flow("enough", "done", 'said == "enough"'),
    )  # fmt: skip
    played = Played(drawing)
    assert not played.do("look", said="more").finished
    assert played.do("look", said="enough").finished


def test_branches_run_in_the_order_they_are_drawn_whichever_task_was_created_first():
    played = Played(construct("branches that hear one message"), more=True)
    played.do("fetch", more=True)
    assert played.receive("recall").passed[:4] == ("late", "early", "tell_late", "tell_early")


def test_no_case_data_gets_into_the_logs_of_the_library(caplog):
    caplog.set_level(logging.DEBUG)
    Played(construct("timers on one task"), said="something about a child").do("work")
    assert "something about a child" not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("spiff")]
