"""Every element lies on a way from the start to an end, and ways split and merge only at gateways."""

from tests.factories.diagrams import (
    boundary,
    chain,
    diagram,
    end,
    flow,
    gateway,
    script,
    start,
    subprocess,
    timer,
    user,
)
from tests.factories.policies import codes

SOON = timer("working_days(5)")


def test_a_loop_through_gateways_with_a_boundary_timer_is_sound() -> None:
    drawing = diagram(
        "errand",
        start(),
        gateway("again"),
        user("fetch"),
        boundary("late", "fetch", SOON, interrupting=False),
        end("reminded"),
        gateway("enough", default="enough_to_done"),
        end(),
        chain("begun", "again", "fetch", "enough", "done"),
        flow("enough", "again", "grade < 3"),
        chain("late", "reminded"),
    )
    assert codes(drawing) == {}


def test_nodes_of_a_sub_process_are_reached_through_it() -> None:
    drawing = diagram(
        "errand",
        start(),
        subprocess("inside", start("in"), user("look"), user("lost"), end("out"), chain("in", "look", "out")),
        end(),
        chain("begun", "inside", "done"),
    )
    assert codes(drawing) == {"lost": {"unreachable", "no-way-out"}}


def test_a_boundary_event_without_its_activity_is_never_reached() -> None:
    drawing = diagram(
        "errand",
        start(),
        user("fetch"),
        boundary("late", "nowhere", SOON),
        end("given_up"),
        end(),
        chain("begun", "fetch", "done"),
        chain("late", "given_up"),
    )
    assert codes(drawing) == {"late": {"unreachable", "boundary-host"}, "given_up": {"unreachable"}}


def test_a_task_that_leads_nowhere() -> None:
    drawing = diagram("errand", start(), user("fetch"), end(), chain("begun", "fetch"))
    assert codes(drawing) == {"begun": {"no-way-out"}, "fetch": {"no-way-out"}, "done": {"unreachable"}}


def test_a_task_that_only_a_boundary_event_leads_out_of() -> None:
    drawing = diagram("errand", start(), user("fetch"), boundary("late", "fetch", SOON), end(),
                      chain("begun", "fetch"), chain("late", "done"))  # fmt: skip
    assert codes(drawing) == {"begun": {"no-way-out"}, "fetch": {"no-way-out"}}


def test_a_process_has_one_start_and_an_end() -> None:
    drawing = diagram("errand", start(), start("also_begun"), user("fetch"), flow("begun", "fetch"))
    assert codes(drawing)["errand"] == {"one-start", "no-end"}


def test_a_sub_process_has_one_start_and_an_end() -> None:
    drawing = diagram("errand", start(), subprocess("inside", user("look")), end(), chain("begun", "inside", "done"))
    assert codes(drawing)["inside"] == {"one-start", "no-end"}


def test_a_process_is_executable() -> None:
    drawing = diagram("errand", start(), end(), chain("begun", "done"), executable="false")
    assert codes(drawing) == {"errand": {"not-executable"}}


def test_a_file_draws_one_process() -> None:
    second = b'<bpmn:process id="second" isExecutable="true"/></bpmn:definitions>'
    drawing = diagram("errand", start(), end(), chain("begun", "done")).replace(b"</bpmn:definitions>", second)
    assert "one-process" in codes(drawing)[""]


def test_tasks_neither_split_nor_merge() -> None:
    drawing = diagram(
        "errand",
        start(),
        gateway("choice", default="choice_to_fetch"),
        script("note", "x = 1"),
        user("fetch"),
        end(),
        end("left"),
        chain("begun", "choice", "fetch", "done"),
        flow("choice", "note", "grade > 1"),
        chain("note", "fetch", "left"),
    )
    assert codes(drawing) == {"fetch": {"implicit-merge", "implicit-split"}}


def test_end_events_may_be_entered_by_several_flows() -> None:
    drawing = diagram(
        "errand",
        start(),
        gateway("choice", default="choice_to_done"),
        user("fetch"),
        end(),
        chain("begun", "choice", "done"),
        flow("choice", "fetch", "grade > 1"),
        chain("fetch", "done"),
    )
    assert codes(drawing) == {}


def test_flows_run_from_start_to_end() -> None:
    drawing = diagram(
        "errand", start(), user("fetch"), end(), user("more"), end("really_done"),
        chain("begun", "fetch", "done", "more", "really_done"),
    )  # fmt: skip
    assert codes(drawing) == {"done": {"flow-direction"}}


def test_flows_are_connected_at_both_ends() -> None:
    drawing = diagram("errand", start(), user("fetch"), end(), chain("begun", "fetch", "done"), flow("fetch", "gone"))
    assert "loose-flow" in codes(drawing)["fetch_to_gone"]


def test_flows_do_not_cross_the_border_of_a_sub_process() -> None:
    drawing = diagram(
        "errand",
        start(),
        subprocess("inside", start("in"), user("look"), end("out"), chain("in", "look", "out")),
        end(),
        chain("begun", "inside", "done"),
        flow("begun", "look"),
    )
    assert codes(drawing)["begun_to_look"] == {"flow-crosses"}
