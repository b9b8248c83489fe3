"""Work is moved back only to a task through which every way has led, over steps that may happen twice."""

import re

import pytest

from engine.bpmn.runtime.ways_back import tasks_before
from engine.service.registry import repeatable_operations
from engine.service.vocabulary import vocabulary
from tests.factories.council import ROOT
from tests.factories.diagrams import (
    MESSAGE,
    boundary,
    catch,
    chain,
    end,
    flow,
    gateway,
    message,
    script,
    service,
    start,
    timer,
    user,
)
from tests.factories.drawings import drawn, ours


def before(drawing, element, repeatable=()):
    specs = drawing.deployment.definition(drawing.process).spec.task_specs
    return tasks_before(specs, element, repeatable)


def way(*between, top=""):
    names = [one.split('id="', 1)[1].split('"', 1)[0] for one in between]
    return drawn(
        "way",
        start(),
        user("fetch"),
        *between,
        user("carry"),
        end(),
        chain("begun", "fetch", *names, "carry", "done"),
        top=top,
    )


def test_the_task_just_before_can_be_gone_back_to():
    assert before(way(), "carry") == ("fetch",)
    assert before(way(), "fetch") == ()
    assert before(way(script("note", "noted = True")), "carry") == ("fetch",)
    assert before(way(catch("pause", timer("working_days(1)"))), "carry") == ("fetch",)


def test_nothing_but_tasks_of_people_can_be_gone_back_from():
    drawing = way(catch("pause", timer("working_days(1)")))
    assert before(drawing, "pause") == before(drawing, "unknown") == ()


def test_an_operation_that_may_not_happen_twice_is_not_gone_back_over():
    drawing = way(service("tell", "notify", to='"Auditor"', notice='"assigned"'))
    assert before(drawing, "carry") == ()
    assert before(drawing, "carry", {"notify"}) == ("fetch",)


def test_a_message_that_has_come_is_not_waited_for_again():
    assert before(way(catch("told", message()), top=MESSAGE), "carry") == ()


def test_a_task_that_some_ways_leave_out_is_not_gone_back_to():
    drawing = drawn(
        "choice", start(), user("ask"), gateway("which", default="which_to_carry"), user("fetch"), user("carry"), end(),
        chain("begun", "ask", "which", "carry", "done"), flow("which", "fetch", 'said == "yes"'),
        flow("fetch", "carry"),
    )  # fmt: skip
    assert before(drawing, "carry") == ("ask",)


def test_a_loop_does_not_make_what_is_ahead_lie_behind():
    """From the second asking one could go “back” to the sign-off of the first round, past the asking: a gate."""
    drawing = drawn(
        "rounds", start(), gateway("again"), user("ask"), user("sign_off"), gateway("enough", default="enough_to_done"),
        end(), chain("begun", "again", "ask", "sign_off", "enough", "done"), flow("enough", "again", 'said == "no"'),
    )  # fmt: skip
    assert before(drawing, "ask") == ()
    assert before(drawing, "sign_off") == ("ask",)


def test_what_listens_at_the_edge_of_a_task_is_no_obstacle():
    drawing = drawn(
        "edges", start(), user("fetch"), boundary("late", "fetch", timer("working_days(1)"), interrupting=False),
        end("noted"), user("carry"), boundary("too_late", "carry", timer("working_days(1)")), end("left"), end(),
        chain("begun", "fetch", "carry", "done"), chain("late", "noted"), chain("too_late", "left"),
    )  # fmt: skip
    assert before(drawing, "carry") == ("fetch",)


def test_what_is_called_repeatable_is_an_operation_and_stands_in_the_handbook():
    assert repeatable_operations() < set(vocabulary().operations)
    handbook = (ROOT / "processes" / "README.md").read_text()
    told = handbook.split("only those that may happen twice:")[1].split(". Work is never")[0]
    assert set(re.findall(r"`(\w+)`", told)) == repeatable_operations()


@pytest.mark.parametrize(
    ("process", "element", "expected"),
    [
        ("policy_variation", "sign_off_variation", ("consider_variation",)),
        ("case_audit", "acknowledge_audit", ()),
        ("remedial_action", "complete_remedial_actions", ()),
        ("quality_assurance", "review_audit", ()),
        ("monthly_cycle", "confirm_auditor_capacity", ()),
    ],
)
def test_the_gates_of_the_manual_are_never_on_the_way(process, element, expected):
    assert before(ours(process), element, repeatable_operations()) == expected
