"""What a diagram names exists in the same snapshot; messages have a sender and a receiver."""

from engine.bpmn.lint.stories import story_tasks
from engine.bpmn.model import Model
from tests.factories.diagrams import (
    ERROR,
    MESSAGE,
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    error,
    message,
    script,
    service,
    start,
    subprocess,
    timer,
    user,
)
from tests.factories.policies import codes, model, problems


def calls(called: str, process: str = "errand") -> bytes:
    return diagram(
        process, start(), element("callActivity", "fetch", calledElement=called), end(),
        chain("begun", "fetch", "done"),
    )  # fmt: skip


def trip(*parts: str, first: str = "", top: str = "") -> Model:
    begin = start("left", first)
    walk = user("walk"), end("home"), chain("left", "walk", "home")
    return model(diagram("trip", begin, *walk, *parts, top=top), "processes/trip.bpmn")


def test_a_called_process_exists() -> None:
    assert codes(calls("trip"), trip()) == {}
    (problem,) = problems(calls("journey"), trip())
    assert problem.message == (
        "“Fetch” names the process “journey”, which does not exist. There are: errand, trip, visit."
    )


def test_a_process_does_not_call_itself_round_a_corner() -> None:
    back = model(calls("errand", process="trip"), "processes/trip.bpmn")
    assert codes(calls("trip"), back) == {"fetch": {"call-circle"}}
    assert codes(calls("errand")) == {"fetch": {"call-circle"}}


def test_a_called_process_hears_no_events_of_its_own() -> None:
    alarm = subprocess(
        "alarm", start("raised", message(), isInterrupting="false"), end("answered"), chain("raised", "answered"),
        triggeredByEvent="true",
    )  # fmt: skip
    assert codes(calls("trip"), trip(alarm, top=MESSAGE)) == {"fetch": {"called-events"}}
    assert codes(calls("trip"), trip(first=timer("working_days(1)"))) == {"fetch": {"called-events"}}


def test_an_error_is_caught_on_the_border_of_the_call() -> None:
    lost = diagram("trip", start("left"), user("walk"), end("lost", error()), chain("left", "walk", "lost"), top=ERROR)
    caller = diagram(
        "errand", start(), element("callActivity", "fetch", calledElement="trip"), end(), end("given_up"),
        boundary("found_lost", "fetch", error()), chain("begun", "fetch", "done"), chain("found_lost", "given_up"),
        top=ERROR,
    )  # fmt: skip
    assert [one.code for one in problems(lost, file="processes/trip.bpmn")] == ["uncaught"]
    assert problems(lost, model(caller), file="processes/trip.bpmn") == []


def sender(**to: str) -> bytes:
    task = service("fetch", "send_message", **to)
    return diagram("errand", start(), task, end(), chain("begun", "fetch", "done"))


def waiter(name: str = "recall") -> bytes:
    top = MESSAGE.replace('name="recall"', f'name="{name}"')
    return diagram("errand", start(), catch("wait", message()), end(), chain("begun", "wait", "done"), top=top)


def test_a_message_that_a_neighbour_sends_is_awaited() -> None:
    assert codes(waiter()) == {}


def test_a_message_that_nobody_sends() -> None:
    assert codes(waiter("farewell")) == {"wait": {"message-not-sent"}}


def test_a_receive_task_waits_for_a_message_too() -> None:
    waits = element("receiveTask", "wait", messageRef="message_recall")
    drawing = diagram("errand", start(), waits, end(), chain("begun", "wait", "done"), top=MESSAGE)
    assert codes(drawing) == {}
    assert codes(drawing.replace(b'name="recall"', b'name="farewell"')) == {"wait": {"message-not-sent"}}


def test_a_message_whose_name_is_computed_might_be_any() -> None:
    loud = diagram(
        "trip", start("left"), service("call", "send_message", message="chosen", to="friend"), end("home"),
        chain("left", "call", "home"),
    )  # fmt: skip
    assert codes(waiter("farewell"), model(loud, "processes/trip.bpmn")) == {}


def test_a_message_that_a_neighbour_awaits_is_sent() -> None:
    assert codes(sender(message='"recall"', process='"visit"')) == {}
    assert codes(sender(message='"recall"', to="friend")) == {}


def test_a_message_that_nobody_awaits() -> None:
    assert codes(sender(message='"farewell"', process='"visit"')) == {"fetch": {"message-not-caught"}}
    assert codes(sender(message='"recall" if x else "farewell"', to="y")) == {"fetch": {"message-not-caught"}}


def test_a_message_to_a_process_that_awaits_another() -> None:
    assert codes(sender(message='"recall"', process='"errand"')) == {"fetch": {"message-not-caught"}}


STORY = """Feature: Fetching
  Scenario: It rains
    Then Mo has the task "Fetch" for CF-1 due Mon 1 Mar 2027
    When Mo completes "Look out of the window" on Mon 1 Mar 2027
"""


def test_tasks_of_stories_are_drawn() -> None:
    drawn = model(diagram("errand", start(), user("fetch"), end(), chain("begun", "fetch", "done")))
    (problem,) = story_tasks({"processes/stories/01_fetch.feature": STORY}, "", [drawn])
    assert (problem.file, problem.element, problem.code) == (
        "processes/stories/01_fetch.feature",
        "line 4",
        "story-task",
    )
    assert "Look out of the window" in problem.message


def test_an_automatic_step_is_nobodys_task() -> None:
    drawn = model(diagram("errand", start(), script("fetch", "x = 1"), end(), chain("begun", "fetch", "done")))
    (problem,) = story_tasks({"processes/stories/01_fetch.feature": 'Then Mo has the task "Fetch"'}, "", [drawn])
    assert problem.element == "line 1"


def test_stories_of_tasks_that_are_not_drawn_yet_are_left_out() -> None:
    stories = {"processes/stories/01_fetch.feature": STORY, "processes/stories/02_rain.feature": STORY}
    left = list(story_tasks(stories, "# to be drawn\n\n01_fetch.feature\n", []))
    assert {problem.file for problem in left} == {"processes/stories/02_rain.feature"}


def test_a_story_left_out_by_a_wrong_name_is_told() -> None:
    (problem,) = story_tasks({}, "# to be drawn\n01_fech.feature\n", [])
    assert (problem.file, problem.element, problem.code) == (
        "processes/stories/not_yet.txt",
        "line 2",
        "unknown-story",
    )
