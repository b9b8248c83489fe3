"""Events are of kinds that are carried out, and refer to a message, error or escalation that exists."""

import pytest
from SpiffWorkflow.exceptions import WorkflowException

from tests.factories.diagrams import (
    ERROR,
    ESCALATION,
    MESSAGE,
    SIGNAL,
    before,
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    error,
    escalation,
    extensions,
    gateway,
    message,
    on,
    script,
    start,
    subprocess,
    throw,
    timer,
    user,
)
from tests.factories.policies import codes
from tests.factories.stock import complete, ready, send_message, stock, stock_library

EVERYTHING = MESSAGE + SIGNAL + ERROR + ESCALATION


def between(event: str, name: str = "event") -> bytes:
    return diagram("errand", start(), event, end(), chain("begun", name, "done"), top=EVERYTHING)


@pytest.mark.parametrize("event", [catch("event", message()), catch("event", timer("working_days(5)")), throw("event")])
def test_events_that_are_carried_out(event: str) -> None:
    assert codes(between(event)) == {}


REFUSED = {
    "link": (throw("event", on("link", name="x")), "link-event"),
    "signal caught": (catch("event", on("signal", signalRef="signal_recall")), "signal-event"),
    "signal thrown": (throw("event", on("signal", signalRef="signal_recall")), "signal-event"),
    "message thrown": (throw("event", message()), "message-throw"),
    "message sent": (element("sendTask", "event", messageRef="message_recall"), "message-throw"),
    "cancelling": (catch("event", on("cancel")), "cancel-event"),
    "compensation": (throw("event", on("compensate")), "compensation-event"),
    "condition": (
        catch("event", element("conditionalEventDefinition", "when", "<bpmn:condition>x</bpmn:condition>")),
        "conditional-event",
    ),
    "timer thrown": (throw("event", timer("working_days(5)")), "event-kind"),
    "nothing caught": (catch("event"), "no-event"),
    "two at once": (catch("event", message(), timer("working_days(5)")), "several-events"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_events_that_are_not(name: str) -> None:
    event, code = REFUSED[name]
    assert codes(between(event)) == {"event": {code}}


def test_a_signal_thrown_before_anybody_waits_is_lost() -> None:
    both = throw("call", on("signal", signalRef="signal_recall")) + catch(
        "hear", on("signal", signalRef="signal_recall")
    )
    drawing = diagram("errand", start(), both, end(), chain("begun", "call", "hear", "done"), top=SIGNAL)
    with stock_library():
        assert not stock(drawing).completed


@pytest.mark.parametrize("definition", ["<bpmn:messageEventDefinition/>", message().replace("recall", "other")])
def test_a_message_event_names_a_message(definition: str) -> None:
    assert codes(between(catch("event", definition))) == {"event": {"event-reference"}}


def test_a_receive_task_names_a_message() -> None:
    assert codes(between(element("receiveTask", "event", messageRef="message_recall"))) == {}
    assert codes(between(element("receiveTask", "event"))) == {"event": {"event-reference"}}


def test_two_errors_with_one_code() -> None:
    twice = ERROR + ERROR.replace("error_lost", "error_gone")
    drawing = diagram("errand", start(), end(), chain("begun", "done"), top=twice)
    assert codes(drawing) == {"error_gone": {"repeated-code"}}


def alarm(definition: str = message(), interrupting: str = "false") -> str:
    return subprocess(
        "alarm", start("raised", definition, isInterrupting=interrupting), user("answer"), end("answered"),
        chain("raised", "answer", "answered"), triggeredByEvent="true",
    )  # fmt: skip


def test_an_event_sub_process_is_started_by_a_message_beside_the_process() -> None:
    drawing = diagram("errand", start(), user("fetch"), end(), alarm(), chain("begun", "fetch", "done"), top=MESSAGE)
    assert codes(drawing) == {}


def lost_inside(definition: str = error()) -> str:
    return subprocess("inside", start("in"), user("look"), end("lost", definition), chain("in", "look", "lost"))


def test_an_error_caught_on_the_border_of_its_sub_process() -> None:
    drawing = diagram(
        "errand", start(), lost_inside(), boundary("found_lost", "inside", error()), end(), end("given_up"),
        chain("begun", "inside", "done"), chain("found_lost", "given_up"), top=EVERYTHING,
    )  # fmt: skip
    assert codes(drawing) == {}


def test_an_error_that_nothing_catches_ends_the_process_as_if_all_were_well() -> None:
    drawing = diagram("errand", start(), lost_inside(), end(), chain("begun", "inside", "done"), top=EVERYTHING)
    assert codes(drawing) == {"lost": {"uncaught"}}
    with stock_library():
        workflow = stock(drawing)
        complete(workflow, "look")
        assert workflow.completed and workflow.success


def test_an_escalation_of_another_code_is_not_caught() -> None:
    other = '<bpmn:escalation id="escalation_other" name="other" escalationCode="other"/>'
    caught = escalation().replace("late", "other")
    drawing = diagram(
        "errand", start(), lost_inside(definition=escalation()), boundary("heard", "inside", caught), end(),
        end("given_up"), chain("begun", "inside", "done"), chain("heard", "given_up"), top=EVERYTHING + other,
    )  # fmt: skip
    assert codes(drawing) == {"lost": {"uncaught"}}


def test_the_same_code_on_two_borders_fires_on_both() -> None:
    second = lost_inside().replace('"in"', '"in_b"').replace("inside", "beside").replace("look", "view")
    second = second.replace("lost", "gone").replace("error_gone", "error_lost").replace("in_to", "in_b_to")
    drawing = diagram(
        "errand", start(), lost_inside(), boundary("first", "inside", error()), second,
        boundary("second", "beside", error()), end(), end("given_up"),
        chain("begun", "inside", "beside", "done"), chain("first", "given_up"), chain("second", "given_up"),
        top=EVERYTHING,
    )  # fmt: skip
    assert codes(drawing) == {"second": {"rival-catchers"}}


def test_a_border_error_needs_an_activity_with_an_inside() -> None:
    drawing = diagram(
        "errand", start(), user("fetch"), boundary("found_lost", "fetch", error()), end(), end("given_up"),
        chain("begun", "fetch", "done"), chain("found_lost", "given_up"), top=EVERYTHING,
    )  # fmt: skip
    assert codes(drawing) == {"found_lost": {"boundary-host"}}


def test_a_non_interrupting_message_is_heard_only_once() -> None:
    drawing = diagram(
        "errand", start(), user("fetch"), boundary("heard", "fetch", message(), interrupting=False), user("react"),
        end(), end("reacted"), chain("begun", "fetch", "done"), chain("heard", "react", "reacted"), top=MESSAGE,
    )  # fmt: skip
    assert codes(drawing) == {"heard": {"message-once"}}
    with stock_library():
        workflow = stock(drawing)
        send_message(workflow)
        with pytest.raises(WorkflowException, match="not waiting"):
            send_message(workflow)
        assert ready(workflow) == ["fetch", "react"]


def test_an_interrupting_message_is_fine() -> None:
    drawing = diagram(
        "errand", start(), user("fetch"), boundary("heard", "fetch", message()), end(), end("left"),
        chain("begun", "fetch", "done"), chain("heard", "left"), top=MESSAGE,
    )  # fmt: skip
    assert codes(drawing) == {}


def test_a_task_that_never_waits_cannot_be_interrupted() -> None:
    drawing = diagram(
        "errand", start(), script("weigh", "x = 1"), boundary("late", "weigh", timer("working_days(5)")), end(),
        end("left"), chain("begun", "weigh", "done"), chain("late", "left"),
    )  # fmt: skip
    assert codes(drawing) == {"late": {"boundary-host"}}


def test_a_script_before_a_receive_task_runs_again_and_again() -> None:
    waits = element("receiveTask", "hear", extensions(before("since = now()")), messageRef="message_recall")
    parts = gateway("both", "parallel"), waits, user("one"), user("two")
    drawing = diagram(
        "errand", start(), *parts, end(), end("over"), chain("begun", "both", "hear", "done"),
        chain("both", "one", "two", "over"), top=MESSAGE,
    )  # fmt: skip
    assert codes(drawing) == {"hear": {"script-repeats"}}
    runs: list[str] = []
    with stock_library():
        workflow = stock(drawing, now=lambda: runs.append("ran"))
        complete(workflow, "one")
        complete(workflow, "two")
    assert len(runs) > 2
