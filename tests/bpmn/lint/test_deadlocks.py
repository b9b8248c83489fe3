"""Parallel joins wait only for branches that are always taken, and loops rest somewhere."""

import pytest

from tests.factories.diagrams import (
    MESSAGE,
    boundary,
    chain,
    diagram,
    end,
    flow,
    gateway,
    message,
    on,
    script,
    start,
    subprocess,
    timer,
    user,
)
from tests.factories.policies import codes
from tests.factories.stock import complete, resting, stock, stock_library


def fork(kind: str, *parts: str, **attributes: str) -> bytes:
    return diagram(
        "errand", start(), script("weigh", "x = 1"), gateway("split", kind, **attributes), user("one"), user("two"),
        gateway("join", "parallel"), end(), chain("begun", "weigh", "split"), chain("one", "join", "done"),
        chain("two", "join"), *parts,
    )  # fmt: skip


def test_two_branches_of_a_parallel_gateway_join() -> None:
    assert codes(fork("parallel", flow("split", "one"), flow("split", "two"))) == {}


def test_a_join_after_a_choice_waits_for_ever() -> None:
    choice = flow("split", "one", "x > 0"), flow("split", "two")
    drawing = fork("exclusive", *choice, default="split_to_two")
    assert codes(drawing) == {"join": {"deadlock"}}
    with stock_library():
        workflow = stock(drawing)
        complete(workflow, "one")
        assert resting(workflow) == ["join"]


def test_a_join_waits_for_a_branch_that_may_leave() -> None:
    drawing = fork(
        "parallel", flow("split", "one"), flow("split", "two"),
        boundary("late", "two", timer("working_days(5)")), end("given_up"), chain("late", "given_up"),
    )  # fmt: skip
    assert codes(drawing) == {"join": {"deadlock"}}


def test_leaving_by_ending_everything_leaves_nobody_waiting() -> None:
    drawing = fork(
        "parallel", flow("split", "one"), flow("split", "two"), boundary("late", "two", timer("working_days(5)")),
        end("given_up", on("terminate")), chain("late", "given_up"),
    )  # fmt: skip
    assert codes(drawing) == {}


def test_a_choice_inside_a_branch_that_comes_together_before_the_join() -> None:
    drawing = diagram(
        "errand", start(), gateway("split", "parallel"), user("one"), user("two"), user("three"),
        gateway("choice", default="choice_to_two"), gateway("merge"), gateway("join", "parallel"), end(),
        chain("begun", "split", "one", "join", "done"), chain("split", "choice", "two", "merge", "join"),
        flow("choice", "three", "x > 1"), chain("three", "merge"),
    )  # fmt: skip
    assert codes(drawing) == {}


def test_a_loop_back_into_a_fork() -> None:
    drawing = diagram(
        "errand", start(), gateway("again"), gateway("split", "parallel"), user("one"), user("two"),
        gateway("join", "parallel"), gateway("enough", default="enough_to_done"), end(),
        chain("begun", "again", "split", "one", "join", "enough", "done"), chain("split", "two", "join"),
        flow("enough", "again", "x > 1"),
    )  # fmt: skip
    assert codes(drawing) == {}


def test_deadlocks_inside_a_sub_process() -> None:
    inside = subprocess(
        "inside", start("in"), gateway("split", default="split_to_one"), user("one"), user("two"),
        gateway("join", "parallel"), end("out"), chain("in", "split", "one", "join", "out"),
        flow("split", "two", "x > 1"), chain("two", "join"),
    )  # fmt: skip
    drawing = diagram("errand", start(), inside, end(), chain("begun", "inside", "done"))
    assert codes(drawing) == {"join": {"deadlock"}}


def test_a_branch_beside_the_main_way_does_not_count() -> None:
    drawing = diagram(
        "errand", start(), user("fetch"), boundary("soon", "fetch", timer("working_days(5)"), interrupting=False),
        user("chase"), gateway("join", "parallel"), end(), chain("begun", "fetch", "join", "done"),
        chain("soon", "chase", "join"),
    )  # fmt: skip
    assert codes(drawing) == {"join": {"deadlock"}}


@pytest.mark.parametrize("branches", [2, 40])
def test_many_parallel_reminders_are_judged_quickly(branches: int) -> None:
    names = [f"task_{number}" for number in range(branches)]
    parts = [
        user(name) + boundary(f"late_{name}", name, timer("working_days(5)"), interrupting=False)
        + end(f"end_{name}") + chain("split", name, "join") + chain(f"late_{name}", f"end_{name}")
        for name in names
    ]  # fmt: skip
    drawing = diagram(
        "errand", start(), gateway("split", "parallel"), gateway("join", "parallel"), end(), *parts,
        chain("begun", "split"), chain("join", "done"),
    )  # fmt: skip
    assert codes(drawing) == {}


def loop(middle: str) -> bytes:
    return diagram(
        "errand", start(), gateway("again"), middle, gateway("enough", default="enough_to_done"), end(),
        chain("begun", "again", "step", "enough", "done"), flow("enough", "again", "x < 3"), top=MESSAGE,
    )  # fmt: skip


def test_a_loop_of_automatic_steps_might_turn_for_ever() -> None:
    assert codes(loop(script("step", "x = 1"))) == {"enough": {"restless-loop"}}


@pytest.mark.parametrize(
    "middle",
    [user("step"), f'<bpmn:intermediateCatchEvent id="step">{message()}</bpmn:intermediateCatchEvent>'],
)
def test_a_loop_that_rests(middle: str) -> None:
    assert codes(loop(middle)) == {}
