"""Events that SpiffWorkflow takes without complaint and does not carry out as drawn."""

from collections.abc import Callable

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.exceptions import WorkflowException

from tests.factories import diagrams as draw
from tests.factories.diagrams import chain, end, on, script, start, subprocess, user
from tests.factories.silence import Proof, Silent, errand, runs, stops
from tests.factories.stock import complete, ready, resting, send_message, send_signal, stock

CONDITION = (
    "<bpmn:conditionalEventDefinition><bpmn:condition>flag == 1</bpmn:condition></bpmn:conditionalEventDefinition>"
)
LOOK = (start("in"), user("look"), end("out"), chain("in", "look", "out"))


def event_subprocess(definition: str, *, interrupting: str) -> bytes:
    alarm = subprocess(
        "alarm",
        start("raised", definition, isInterrupting=interrupting),
        user("answer_alarm"),
        end("answered"),
        chain("raised", "answer_alarm", "answered"),
        triggeredByEvent="true",
    )
    everything = draw.MESSAGE + draw.SIGNAL + draw.ERROR + draw.ESCALATION
    return errand(start(), user("fetch"), end(), alarm, chain("begun", "fetch", "done"), top=everything)


def goes_on_beside(send: Callable[[BpmnWorkflow], None]) -> Proof:
    def proof(drawing: bytes) -> None:
        workflow = stock(drawing)
        send(workflow)
        assert {"fetch", "answer_alarm"} <= set(ready(workflow))

    return proof


def never_heard(drawing: bytes) -> None:
    workflow = stock(drawing)
    with pytest.raises(WorkflowException):
        send_message(workflow)


def boundary_error_goes_on(drawing: bytes) -> None:
    workflow = stock(drawing)
    complete(workflow, "look")
    assert ready(workflow) == ["after", "rescue"]


def plain_boundary(definition: str, *, interrupting: bool) -> bytes:
    return errand(
        start(),
        script("prepare", "flag = 0"),
        user("fetch"),
        draw.boundary("watch", "fetch", definition, interrupting=interrupting),
        user("react"),
        end(),
        end("reacted"),
        chain("begun", "prepare", "fetch", "done"),
        chain("watch", "react", "reacted"),
    )


def condition_changes_unnoticed(drawing: bytes) -> None:
    workflow = stock(drawing)
    for task in workflow.get_tasks():
        task.data["flag"] = 1
    workflow.refresh_timers()
    workflow.do_engine_steps()
    assert ready(workflow) == ["fetch"]


SILENT_EVENTS = {
    "a compensation thrown does nothing": Silent(
        errand(start(), draw.throw("undo", on("compensate")), end(), chain("begun", "undo", "done")),
        "undo",
        "compensation-event",
        runs(lambda workflow: workflow.completed),
    ),
    "everything after a link is dropped": Silent(
        errand(
            start(),
            draw.throw("leave", on("link", name="over")),
            draw.catch("arrive", on("link", name="over", x="")).replace(' x=""', ""),
            user("fetch"),
            end(),
            chain("begun", "leave"),
            chain("arrive", "fetch", "done"),
        ),
        "leave",
        "link-event",
        runs(lambda workflow: "fetch" not in workflow.spec.task_specs),
    ),
    "a signal at the end is never sent": Silent(
        errand(start(), end("done", on("signal", signalRef="signal_recall")), chain("begun", "done"), top=draw.SIGNAL),
        "done",
        "signal-event",
        runs(lambda workflow: workflow.completed and workflow.get_events() == []),
    ),
    "a compensation at the end does nothing": Silent(
        errand(start(), end("done", on("compensate")), chain("begun", "done")),
        "done",
        "compensation-event",
        runs(lambda workflow: isinstance(workflow.spec.task_specs["done"].event_definition, NoneEventDefinition)),
    ),
    "an interrupting message sub-process does not interrupt": Silent(
        event_subprocess(draw.message(), interrupting="true"),
        "raised",
        "event-subprocess",
        goes_on_beside(send_message),
    ),
    "an interrupting signal sub-process does not interrupt": Silent(
        event_subprocess(on("signal", signalRef="signal_recall"), interrupting="true"),
        "raised",
        "event-subprocess",
        goes_on_beside(send_signal),
    ),
    "a timer sub-process starts at once and holds the process open": Silent(
        event_subprocess(draw.timer('"PT1H"', "timeDuration"), interrupting="true"),
        "raised",
        "event-subprocess",
        runs(lambda workflow: "raised" in resting(workflow) and "alarm" in resting(workflow)),
    ),
    "an error sub-process runs without an error": Silent(
        event_subprocess(draw.error(), interrupting="true"),
        "raised",
        "event-subprocess",
        runs(lambda workflow: ready(workflow) == ["answer_alarm", "fetch"]),
    ),
    "an escalation sub-process runs without an escalation": Silent(
        event_subprocess(draw.escalation(), interrupting="false"),
        "raised",
        "event-subprocess",
        runs(lambda workflow: ready(workflow) == ["answer_alarm", "fetch"]),
    ),
    "a compensation sub-process runs at once": Silent(
        event_subprocess(on("compensate"), interrupting="true"),
        "raised",
        "event-subprocess",
        runs(lambda workflow: ready(workflow) == ["answer_alarm", "fetch"]),
    ),
    "an event sub-process inside a sub-process is never started": Silent(
        errand(
            start(),
            subprocess(
                "inside",
                *LOOK,
                subprocess(
                    "alarm",
                    start("raised", draw.message(), isInterrupting="false"),
                    end("answered"),
                    chain("raised", "answered"),
                    triggeredByEvent="true",
                ),
            ),
            end(),
            chain("begun", "inside", "done"),
            top=draw.MESSAGE,
        ),
        "alarm",
        "event-subprocess",
        never_heard,
    ),
    "a duration without quotes stops the process when it is armed": Silent(
        errand(
            start(), draw.catch("pause", draw.timer("P20D", "timeDuration")), end(), chain("begun", "pause", "done")
        ),
        "pause",
        "timer-unquoted",
        stops(WorkflowTaskException),
    ),
    "a non-interrupting error goes both ways": Silent(
        errand(
            start(),
            subprocess("inside", start("in"), user("look"), end("lost", draw.error()), chain("in", "look", "lost")),
            draw.boundary("found_lost", "inside", draw.error(), interrupting=False),
            user("after"),
            user("rescue"),
            end(),
            end("rescued"),
            chain("begun", "inside", "after", "done"),
            chain("found_lost", "rescue", "rescued"),
            top=draw.ERROR,
        ),
        "found_lost",
        "error-goes-on",
        boundary_error_goes_on,
    ),
    "an interrupting condition is not looked at when it comes true": Silent(
        plain_boundary(CONDITION, interrupting=True), "watch", "conditional-event", condition_changes_unnoticed
    ),
    "a non-interrupting condition is not looked at when it comes true": Silent(
        plain_boundary(CONDITION, interrupting=False), "watch", "conditional-event", condition_changes_unnoticed
    ),
}
