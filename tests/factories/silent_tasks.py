"""Tasks, flows, repetitions and data that SpiffWorkflow takes without complaint and does not carry out as drawn."""

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.exceptions import TaskNotFoundException, WorkflowException
from SpiffWorkflow.spiff.parser import SpiffBpmnParser

from engine.bpmn.specs import EndlessParse, at_most
from tests.factories import diagrams as draw
from tests.factories.diagrams import chain, diagram, element, end, flow, gateway, script, start, subprocess, user
from tests.factories.silence import Silent, errand, runs, stops
from tests.factories.stock import complete, ready, ring_all_timers, stock

LOOK = (start("in"), user("look"), end("out"), chain("in", "look", "out"))
DONE_WHEN = "<bpmn:completionCondition>n &gt;= 1</bpmn:completionCondition>"
OBJECT = '<bpmn:dataObject id="file"/><bpmn:dataObjectReference id="file_here" dataObjectRef="file"/>'
READS_OBJECT = element(
    "scriptTask",
    "read",
    "<bpmn:dataInputAssociation><bpmn:sourceRef>file_here</bpmn:sourceRef></bpmn:dataInputAssociation>",
    "<bpmn:script>x = 1</bpmn:script>",
)
OWNER = (
    "<bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>group:managers"
    "</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>"
)


def ends_with_last_writer(drawing: bytes) -> None:
    workflow = stock(drawing)
    for number in range(2):
        complete(workflow, "visit [child]", view=number)
    assert workflow.completed
    assert (workflow.data["seen"], workflow.data["view"]) == ([], 1)


def breaks_when_interrupted(drawing: bytes) -> None:
    workflow = stock(drawing)
    with pytest.raises(TaskNotFoundException):
        ring_all_timers(workflow)


def never_returns(drawing: bytes) -> None:
    with pytest.raises(EndlessParse), at_most(200_000):
        stock(drawing)


def read_as_parallel(drawing: bytes) -> None:
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(drawing)
    assert parser.get_subprocess_specs("errand")["bag"].parallel


def owner_dropped(workflow: BpmnWorkflow) -> bool:
    task = workflow.spec.task_specs["fetch"]
    return task.lane is None and not any("owner" in name.lower() for name in vars(task))


def ad_hoc(*inside: str, **attributes: str) -> bytes:
    children = element("adHocSubProcess", "bag", *inside, **attributes)
    return diagram(
        "errand", start(), script("count", "n = 0"), children, end(), chain("begun", "count", "bag", "done"), lanes={}
    )


def visits(collected: str) -> str:
    return draw.repeated(collected)


SILENT_TASKS = {
    "an ad-hoc sub-process breaks on its condition": Silent(
        ad_hoc(user("first"), user("second"), DONE_WHEN), "bag", "ad-hoc", stops(KeyError)
    ),
    "an ad-hoc sub-process without condition breaks at its first end": Silent(
        ad_hoc(user("first"), user("second")), "bag", "ad-hoc", stops(TypeError)
    ),
    "a sequential ad-hoc sub-process is read as parallel": Silent(
        ad_hoc(user("first"), user("second"), DONE_WHEN, ordering="Sequential"), "bag", "ad-hoc", read_as_parallel
    ),
    "an interrupted repeated sub-process breaks the process": Silent(
        errand(
            start(),
            script("list_children", "children = [1, 2]"),
            subprocess("inside", *LOOK, visits(draw.EACH_CHILD)),
            draw.boundary("late", "inside", draw.timer('"PT1H"', "timeDuration")),
            end(),
            end("given_up"),
            chain("begun", "list_children", "inside", "done"),
            chain("late", "given_up"),
        ),
        "late",
        "boundary-multiple",
        breaks_when_interrupted,
    ),
    "a script in another language is run as Python": Silent(
        errand(start(), script("fetch", "x = 1", scriptFormat="javascript"), end(), chain("begun", "fetch", "done")),
        "fetch",
        "script-language",
        runs(lambda workflow: workflow.completed and workflow.data["x"] == 1),
    ),
    "a condition on a flow that leaves a task is ignored": Silent(
        errand(
            start(),
            script("weigh", "x = 1"),
            user("fetch"),
            end(),
            flow("weigh", "fetch", "x > 9"),
            chain("begun", "weigh"),
            chain("fetch", "done"),
        ),
        "weigh_to_fetch",
        "condition-ignored",
        runs(lambda workflow: ready(workflow) == ["fetch"]),
    ),
    "an unconnected task is dropped": Silent(
        errand(start(), user("fetch"), user("forgotten"), end(), chain("begun", "fetch", "done")),
        "forgotten",
        "unreachable",
        runs(lambda workflow: "forgotten" not in workflow.spec.task_specs),
    ),
    "a condition that is no expression stops the process when it is reached": Silent(
        errand(
            start(),
            gateway("choice", default="choice_to_done"),
            user("fetch"),
            end(),
            chain("begun", "choice", "done"),
            flow("choice", "fetch", "${approved}"),
            chain("fetch", "done"),
        ),
        "choice_to_fetch",
        "expression",
        stops(WorkflowTaskException),
    ),
    "a script that is none stops the process when it is reached": Silent(
        errand(start(), script("fetch", "x = = 1"), end(), chain("begun", "fetch", "done")),
        "fetch",
        "expression",
        stops(WorkflowTaskException),
    ),
    "owners and assignees are dropped": Silent(
        diagram(
            "errand",
            start(),
            element("userTask", "fetch", OWNER, camunda__assignee="bob"),
            end(),
            chain("begun", "fetch", "done"),
            lanes={},
        ),
        "fetch",
        "owner-ignored",
        runs(owner_dropped),
    ),
    "repeated tasks without an output item overwrite each other": Silent(
        errand(
            start(),
            script("list_children", "children = [1, 2]"),
            user("visit", visits(draw.EACH_CHILD.replace('<bpmn:outputDataItem id="view"/>', ""))),
            end(),
            chain("begun", "list_children", "visit", "done"),
        ),
        "visit",
        "instances-result",
        ends_with_last_writer,
    ),
    "a data object two sub-processes down hangs the parser": Silent(
        errand(
            OBJECT,
            start(),
            subprocess(
                "outer",
                start("in"),
                subprocess(
                    "inner", start("deep_in"), READS_OBJECT, end("deep_out"), chain("deep_in", "read", "deep_out")
                ),
                end("out"),
                chain("in", "inner", "out"),
            ),
            end(),
            chain("begun", "outer", "done"),
        ),
        "file",
        "data-object",
        never_returns,
    ),
    "a decision without default stops when nothing is true": Silent(
        errand(
            start(),
            script("weigh", "x = 1"),
            gateway("choice"),
            user("fetch"),
            end(),
            chain("begun", "weigh", "choice"),
            flow("choice", "fetch", "x > 9"),
            flow("choice", "done", "x > 10"),
            chain("fetch", "done"),
        ),
        "choice",
        "default-flow",
        stops(WorkflowException),
    ),
}
