"""Gateways decide completely, and conditions stand where they are heeded."""

import pytest

from tests.factories.diagrams import (
    MESSAGE,
    catch,
    chain,
    diagram,
    element,
    end,
    flow,
    gateway,
    message,
    script,
    start,
    timer,
    user,
)
from tests.factories.policies import codes
from tests.factories.stock import ready, stock, stock_library


def choice(*parts: str, **attributes: str) -> bytes:
    return diagram(
        "errand", start(), gateway("choice", **attributes), user("fetch"), end(),
        chain("begun", "choice"), chain("fetch", "done"), *parts,
    )  # fmt: skip


def test_a_default_flow_and_conditions_on_the_others() -> None:
    assert codes(choice(flow("choice", "fetch", "grade > 1"), flow("choice", "done"), default="choice_to_done")) == {}


def test_a_missing_default_flow() -> None:
    drawing = choice(flow("choice", "fetch", "grade > 1"), flow("choice", "done", "grade < 1"))
    assert codes(drawing) == {"choice": {"default-flow"}}


def test_a_default_flow_that_leaves_another_node() -> None:
    drawing = choice(flow("choice", "fetch", "a > 1"), flow("choice", "done", "a < 1"), default="fetch_to_done")
    assert codes(drawing) == {"choice": {"default-flow"}}


def test_a_condition_on_the_default_flow_is_never_read() -> None:
    drawing = choice(flow("choice", "fetch", "a > 1"), flow("choice", "done", "False"), default="choice_to_done")
    assert codes(drawing) == {"choice_to_done": {"default-condition"}}


def test_a_flow_without_condition() -> None:
    drawing = choice(flow("choice", "fetch"), flow("choice", "done"), default="choice_to_done")
    assert codes(drawing) == {"choice_to_fetch": {"no-condition"}}


def test_the_only_flow_of_a_gateway_has_no_condition() -> None:
    drawing = choice(flow("choice", "fetch", "1 > 2"))
    assert codes(drawing) == {"choice_to_fetch": {"lonely-condition"}}
    with stock_library(), pytest.raises(Exception, match="No conditions satisfied"):
        stock(drawing)


def test_a_condition_behind_a_parallel_gateway_is_ignored() -> None:
    drawing = diagram(
        "errand", start(), script("weigh", "x = 1"), gateway("both", "parallel"), user("one"), user("two"),
        gateway("joined", "parallel"), end(), chain("begun", "weigh", "both", "one", "joined", "done"),
        flow("both", "two", "x > 9"), flow("two", "joined"),
    )  # fmt: skip
    assert codes(drawing) == {"both_to_two": {"condition-ignored"}}
    with stock_library():
        assert ready(stock(drawing)) == ["one", "two"]


def waiting(*events: str) -> bytes:
    names = ("first", "second")
    return diagram(
        "errand", start(), gateway("race", "eventBased"), *events, end(), end("also_done"), chain("begun", "race"),
        *(flow("race", name) for name in names), chain("first", "done"), chain("second", "also_done"), top=MESSAGE,
    )  # fmt: skip


def test_an_event_gateway_waits_for_a_message_or_one_timer() -> None:
    assert codes(waiting(catch("first", message()), catch("second", timer("working_days(5)")))) == {}


def test_two_timers_behind_an_event_gateway_share_one_due_time() -> None:
    hour, month = timer('"PT1H"', "timeDuration"), timer('"P30D"', "timeDuration")
    drawing = waiting(catch("first", hour), catch("second", month))
    assert codes(drawing) == {"race": {"two-timers"}}
    with stock_library():
        race = next(task for task in stock(drawing).get_tasks() if task.task_spec.name == "race")
        assert isinstance(race.internal_data["event_value"], str)


def test_only_events_follow_an_event_gateway() -> None:
    assert codes(waiting(catch("first", message()), user("second"))) == {"second": {"event-gateway"}}


def test_an_event_gateway_with_one_event() -> None:
    drawing = diagram(
        "errand", start(), gateway("race", "eventBased"), catch("first", message()), end(),
        chain("begun", "race", "first", "done"), top=MESSAGE,
    )  # fmt: skip
    assert codes(drawing) == {"race": {"event-gateway"}}


@pytest.mark.parametrize(("kind", "code"), [("inclusive", "inclusive-gateway"), ("complex", "complex-gateway")])
def test_inclusive_and_complex_gateways_are_refused(kind: str, code: str) -> None:
    drawing = diagram("errand", start(), element(f"{kind}Gateway", "choice"), end(), chain("begun", "choice", "done"))
    assert codes(drawing) == {"choice": {code}}
