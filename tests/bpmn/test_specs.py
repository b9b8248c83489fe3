"""Diagrams as SpiffWorkflow runs them: restored, pre-wired, shared and never changed by a run."""

import logging
import subprocess as processes
import sys
from pathlib import Path

import orjson
import pytest
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG

from engine.bpmn.definitions import forget
from engine.bpmn.runtime.stepper import begin, receive
from engine.bpmn.runtime.stepper import complete as do
from engine.bpmn.specs import EndlessParse, at_most, signature, specs_of
from engine.domain.problems import Problem
from tests.factories.diagrams import (
    EACH_CHILD,
    MESSAGE,
    chain,
    diagram,
    element,
    end,
    message,
    on,
    repeated,
    rule,
    script,
    service,
    start,
    subprocess,
    user,
)
from tests.factories.policies import model
from tests.factories.snapshots import around, deployed, errand, table, workflow_of
from tests.factories.stock import complete, parsed, ready, resting, send_message, stock_library, workflow_on
from tests.factories.timing import least_seconds

ROOT = Path(__file__).parents[3]
REGISTRY = BpmnWorkflowSerializer.configure(DEFAULT_CONFIG)
ALARM = subprocess(
    "alarm",
    start("raised", message(), isInterrupting="false"),
    user("answer"),
    end("answered"),
    chain("raised", "answer", "answered"),
    triggeredByEvent="true",
)
WITH_ALARM = diagram(
    "errand", start(), user("fetch"), user("bring"), end(), ALARM, chain("begun", "fetch", "bring", "done"), top=MESSAGE
)


def test_the_stock_parser_lets_an_alarm_rewire_the_process_for_everybody_else() -> None:
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(WITH_ALARM)
    spec, others = parser.get_spec("errand"), parser.get_subprocess_specs("errand")
    with stock_library():
        send_message(workflow_on(spec, others))
        assert resting(workflow_on(spec, others)) == ["alarm", "fetch", "raised"]


def test_an_alarm_is_raised_again_and_again_without_changing_the_shared_specs() -> None:
    definition = deployed(WITH_ALARM).definition("errand")
    with stock_library():
        first = workflow_of(definition)
        send_message(first)
        send_message(first)
        assert ready(first) == ["answer", "answer", "fetch"]
        assert ready(workflow_of(definition)) == ["fetch"]
        for name in ("answer", "fetch", "answer", "bring"):
            complete(first, name)
        assert first.completed
    assert definition.is_pristine


def test_a_process_whose_alarm_is_never_raised_ends() -> None:
    with stock_library():
        workflow = workflow_of(deployed(WITH_ALARM).definition("errand"))
        complete(workflow, "fetch")
        complete(workflow, "bring")
        assert workflow.completed


def test_an_instance_with_an_alarm_is_saved_and_goes_on() -> None:
    deployment = deployed(WITH_ALARM)
    step = begin(deployment, "errand", {}, around())
    step = receive(deployment, "errand", step.state, "recall", {}, around())
    for name in ("answer", "fetch", "bring"):
        key = next(task.key for task in step.tasks if task.facts.id == name)
        step = do(deployment, "errand", step.state, key, {}, around())
    assert step.finished
    assert deployment.definition("errand").is_pristine


def test_a_run_that_rewires_the_shared_specs_is_noticed_and_they_are_built_anew() -> None:
    deployment = deployed(WITH_ALARM)
    definition = deployment.definition("errand")
    definition.spec.task_specs["fetch"]._outputs.append("done")
    assert not definition.is_pristine
    forget(deployment)
    assert deployed(WITH_ALARM).definition("errand").is_pristine


def test_signatures_are_cheap() -> None:
    specs = deployed(WITH_ALARM).definition("errand").specs
    assert least_seconds(lambda: [signature(specs) for _ in range(1_000)]) < 0.05


def test_repeated_tasks_saved_on_the_way_finish_on_the_shared_specs() -> None:
    drawing = errand(
        script("list_children", "children = [1, 2]"), user("visit", repeated(EACH_CHILD)),
        chain("begun", "list_children", "visit", "hear"),
    )  # fmt: skip
    with stock_library():
        workflow = workflow_of(deployed(drawing).definition("errand"))
        for number in (7, 8):
            complete(workflow, "visit [child]", view=number)
        send_message(workflow)
        assert workflow.completed
        assert workflow.data["seen"] == [7, 8]


def test_business_rules_are_answered_by_our_tables() -> None:
    drawing = errand(rule("look", "weather"), user("fetch"), chain("begun", "look", "fetch", "hear"))
    with stock_library():
        workflow = workflow_of(deployed(drawing).definition("errand"), sky="grey")
        assert workflow.get_next_task(spec_name="fetch").data["umbrella"] is True


def test_a_shorter_answer_leaves_nothing_of_a_longer_one() -> None:
    hints = table("weather", "sky", "hint", {'"grey"': '"umbrella"', "": '"coat"'}, "COLLECT")
    drawing = errand(
        rule("look", "weather"), script("clear_up", 'sky = "blue"'), rule("look_again", "weather"), user("fetch"),
        chain("begun", "look", "clear_up", "look_again", "fetch", "hear"),
    )  # fmt: skip
    with stock_library():
        workflow = workflow_of(deployed(drawing, {"processes/weather.dmn": hints}).definition("errand"), sky="grey")
        assert workflow.get_next_task(spec_name="look").data["hint"] == ["umbrella", "coat"]
        assert workflow.get_next_task(spec_name="fetch").data["hint"] == ["coat"]


def test_called_processes_come_with_their_caller() -> None:
    called = diagram("trip", start("left"), user("walk"), end("home"), chain("left", "walk", "home"))
    drawing = errand(element("callActivity", "go", calledElement="trip"), chain("begun", "go", "hear"))
    definition = deployed(drawing, {"processes/trip.bpmn": called}).definition("errand")
    assert definition.subprocess_specs.keys() == {"trip"}
    with stock_library():
        assert ready(workflow_of(definition)) == ["walk"]


def test_sub_processes_of_the_same_name_in_different_files_do_not_meet() -> None:
    def with_inside(process: str, task: str) -> bytes:
        inside = subprocess("inside", start("in"), user(task), end("out"), chain("in", task, "out"))
        return diagram(process, start("left"), inside, end("home"), chain("left", "inside", "home"))

    others = {"processes/walk.bpmn": with_inside("walk", "climb"), "processes/swim.bpmn": with_inside("swim", "dive")}
    deployment = deployed(errand(chain("begun", "hear")), others)
    with stock_library():
        assert ready(workflow_of(deployment.definition("walk"))) == ["climb"]
        assert ready(workflow_of(deployment.definition("swim"))) == ["dive"]


def test_a_comment_beside_a_script_disturbs_the_stock_parser_and_not_ours() -> None:
    explained = script("weigh", "x = 1").replace("<bpmn:script>", "<!-- why --><bpmn:script>")
    drawing = errand(explained, chain("begun", "weigh", "hear"))
    with pytest.raises(ValidationException):
        parsed(drawing)
    assert deployed(drawing).definition("errand").spec.task_specs["weigh"].script == "x = 1"


def test_specs_are_plain_json_underneath() -> None:
    drawing = errand(service("tell", "notify", to='"Auditor"', notice='"assigned"'), chain("begun", "tell", "hear"))
    stored = orjson.dumps(REGISTRY.convert(deployed(drawing).definition("errand").spec))
    assert REGISTRY.restore(orjson.loads(stored)).name == "errand"


def test_parsing_that_never_ends_is_given_up_after_a_number_of_calls() -> None:
    def for_ever() -> None:
        while True:
            len("")

    with pytest.raises(EndlessParse), at_most(1_000):
        for_ever()


def test_work_within_the_number_of_calls_is_not_disturbed() -> None:
    with at_most(1_000):
        assert sum(map(len, ["a"] * 100)) == 100
    assert sys.getprofile() is None


@pytest.mark.parametrize(
    "drawing",
    [
        diagram("errand", start(), user("fetch"), chain("begun", "fetch", "gone")),
        diagram("errand", user("fetch"), end(), chain("fetch", "done")),
        diagram("errand", start(), element("callActivity", "go", calledElement="nowhere"), chain("begun", "go")),
        diagram("errand", start(), service("go", "x").replace("serviceTaskOperator", "nothing"), chain("begun", "go")),
        diagram("errand", start(), rule("go", "nothing"), end(), chain("begun", "go", "done")),
        diagram("errand", start(), end("done", on("message", messageRef="x")), chain("begun", "done")),
    ],
)
def test_whatever_the_parser_raises_becomes_a_problem(drawing: bytes) -> None:
    one = model(drawing)
    problem = specs_of(one, {"errand": one}, {})
    assert isinstance(problem, Problem)
    assert (problem.file, problem.code) == ("processes/errand.bpmn", "parser")


def test_a_diagram_of_three_hundred_nodes_is_parsed() -> None:
    names = [f"step_{number}" for number in range(297)]
    drawing = errand(*(user(name) for name in names), chain("begun", *names, "hear"))
    assert len(deployed(drawing).definition("errand").elements) == 300


def test_the_rules_are_about_one_version_of_the_library() -> None:
    other = "import SpiffWorkflow; SpiffWorkflow.__version__ = '3.3.0'; import engine.bpmn.specs"
    ran = processes.run([sys.executable, "-c", other], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "ImportError" in ran.stderr


@pytest.mark.parametrize("name", ["spiff", "spiff.task", "spiff.workflow", "spiff.data", "spiff.dmn"])
def test_no_case_data_reaches_a_log(name: str) -> None:
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)
