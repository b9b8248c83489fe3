"""Tasks say what is to be done, by whom, with which form and which service operation."""

import pytest

from tests.factories.diagrams import (
    before,
    chain,
    diagram,
    element,
    end,
    extensions,
    operator,
    rule,
    script,
    service,
    start,
    user,
)
from tests.factories.policies import codes, problems
from tests.factories.stock import parsed, stock, stock_library


def one(task: str, name: str = "fetch", **lanes: list[str]) -> bytes:
    named = {key.replace("_", " "): nodes for key, nodes in lanes.items()}
    return diagram("errand", start(), task, end(), chain("begun", name, "done"), lanes=named or None)


@pytest.mark.parametrize(
    "task",
    [
        user("fetch", due='deadline("audit", start)', deadline="audit"),
        element("manualTask", "fetch"),
        script("fetch", "x = 1"),
        rule("fetch", "weather"),
        service("fetch", "notify", to='"Auditor"', notice='"assigned"'),
        service("fetch", "record_audit", result="audit_outcome"),
        service("fetch", "start_process", result="concern", process='"visit"', case="case"),
    ],
)
def test_complete_tasks(task: str) -> None:
    assert codes(one(task)) == {}


INCOMPLETE = {
    "untyped": (element("task", "fetch"), "untyped-task"),
    "no form": (element("userTask", "fetch"), "no-form"),
    "unknown form": (user("fetch").replace("answer.json", "reply.json"), "unknown-form"),
    "no script": (element("scriptTask", "fetch"), "no-script"),
    "a foreign script": (script("fetch", "x = 1", scriptFormat="groovy"), "script-language"),
    "no table": (element("businessRuleTask", "fetch"), "no-decision"),
    "unknown table": (rule("fetch", "horoscope"), "unknown-decision"),
    "no process called": (element("callActivity", "fetch"), "no-process"),
    "unknown process called": (element("callActivity", "fetch", calledElement="holiday"), "unknown-process"),
    "no operation": (element("serviceTask", "fetch"), "no-operator"),
    "unknown operation": (service("fetch", "order_pizza"), "unknown-operation"),
    "missing parameter": (service("fetch", "notify", to='"Auditor"'), "missing-parameter"),
    "unknown parameter": (service("fetch", "record_audit", loudly="True"), "unknown-parameter"),
    "unknown notice": (service("fetch", "notify", to='"Auditor"', notice='"farewell"'), "unknown-notice"),
    "one of two notices unknown": (
        service("fetch", "notify", to='"Auditor"', notice='"assigned" if x else "farewell"'),
        "unknown-notice",
    ),
    "unknown process started": (service("fetch", "start_process", process='"holiday"'), "unknown-process"),
    "unknown post": (service("fetch", "allocate", post='"Wizard"'), "unknown-post"),
    "a letter to nobody": (service("fetch", "notify", to='"Wizard"', notice='"assigned"'), "unknown-post"),
    "a fact that hides a function": (
        service("fetch", "start_process", process='"visit"', today='"2026-01-01"'),
        "variable-name",
    ),
    "unknown deadline": (user("fetch", deadline="whenever"), "unknown-deadline"),
    "unknown deadline in an expression": (user("fetch", due='deadline("whenever", start)'), "unknown-deadline"),
    "a due moment that is none": (user("fetch", due="deadline("), "expression"),
    "an unknown function": (user("fetch", due="next_full_moon()"), "expression"),
    "an unknown property": (user("fetch", colour="red"), "property"),
    "retries": (
        element(
            "serviceTask",
            "fetch",
            extensions(
                operator("record_audit").replace(
                    "</spiffworkflow:serviceTaskOperator>",
                    '<spiffworkflow:retry retries="3"/></spiffworkflow:serviceTaskOperator>',
                )
            ),
        ),
        "retry-ignored",
    ),
}


@pytest.mark.parametrize("name", INCOMPLETE)
def test_incomplete_tasks(name: str) -> None:
    task, code = INCOMPLETE[name]
    assert codes(one(task)) == {"fetch": {code}}


def test_a_parameter_without_value_is_left_out_by_the_stock_library() -> None:
    task = service("fetch", "notify", to="1", notice='"assigned"').replace(' type="any" value="1"', ' type="any"')
    assert codes(one(task)) == {"fetch": {"parameter", "expression-empty"}}
    assert parsed(one(task)).task_specs["fetch"].operation_params.keys() == {"notice"}


def test_a_parameter_given_twice() -> None:
    twice = service("fetch", "record_audit").replace(
        "<spiffworkflow:parameters>",
        "<spiffworkflow:parameters>" + '<spiffworkflow:parameter id="a" type="any" value="1"/>' * 2,
    )
    assert "parameter" in codes(one(twice))["fetch"]


def test_a_sentence_names_the_remedy() -> None:
    (problem,) = problems(one(service("fetch", "notify", to='"Auditor"')))
    assert problem.message == "notify in “Fetch” needs the parameter “notice”. Add it."
    assert (problem.file, problem.element) == ("processes/errand.bpmn", "fetch")


def test_a_user_task_in_no_lane_is_nobodys() -> None:
    assert codes(one(user("fetch"), Practice_Manager=[])) == {"fetch": {"no-lane"}}


def test_lanes_with_work_for_people_are_posts() -> None:
    assert codes(one(user("fetch"), Wizard=["fetch"])) == {"lane_0": {"unknown-post"}}


def test_a_lane_of_automatic_steps_needs_no_post() -> None:
    assert codes(one(script("fetch", "x = 1"), The_system=["fetch"])) == {}


def test_an_element_stands_in_one_lane() -> None:
    both = one(user("fetch"), Auditor=["fetch"], Practice_Manager=["fetch", "gone"])
    assert codes(both) == {"fetch": {"lane-member"}, "lane_1": {"lane-member"}}


def test_a_script_before_a_script_task_is_ignored_by_the_stock_library() -> None:
    task = element("scriptTask", "fetch", extensions(before("y = 1")), "<bpmn:script>x = 1</bpmn:script>")
    assert codes(one(task)) == {"fetch": {"extension-ignored"}}
    with stock_library():
        assert "y" not in stock(one(task)).data
