"""Every expression site is compiled, and every variable has a name it can keep."""

import pytest

from tests.factories.diagrams import (
    EACH_CHILD,
    ERROR,
    MESSAGE,
    after,
    before,
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    error,
    extensions,
    flow,
    gateway,
    repeated,
    script,
    service,
    start,
    subprocess,
    timer,
    user,
)
from tests.factories.policies import codes, problems

BAD = "__import__('os')"


def one(task: str, *parts: str, top: str = "") -> bytes:
    return diagram("errand", start(), task, end(), chain("begun", "fetch", "done"), *parts, top=top)


def repeated_task(inside: str) -> bytes:
    return one(user("fetch", repeated(inside)))


def decision(condition: str) -> bytes:
    parts = gateway("choice", default="choice_to_done"), end("left"), flow("choice", "left", condition)
    return diagram("errand", start(), *parts, end(), chain("begun", "choice", "done"))


def payload(code: str) -> bytes:
    told = extensions(f"<spiffworkflow:payloadExpression>{code}</spiffworkflow:payloadExpression>")
    inside = subprocess("fetch", start("in"), user("look"), end("lost", error()), chain("in", "look", "lost"))
    parts = boundary("late", "fetch", error()), end("left"), chain("late", "left")
    return one(inside, *parts, top=ERROR.replace("/>", f">{told}</bpmn:error>"))


SITES = {
    "condition": lambda code: decision(code),
    "script": lambda code: one(script("fetch", f"x = {code}")),
    "script before": lambda code: one(user("fetch", scripts=before(f"x = {code}"))),
    "script after": lambda code: one(user("fetch", scripts=after(f"x = {code}"))),
    "script after a service task": lambda code: one(
        service("fetch", "record_audit").replace("</bpmn:ext", after(f"x = {code}") + "</bpmn:ext")
    ),
    "date": lambda code: one(catch("fetch", timer(code))),
    "duration": lambda code: one(catch("fetch", timer(code, "timeDuration"))),
    "number of instances": lambda code: repeated_task(
        EACH_CHILD.replace("loopDataInputRef", "loopCardinality").replace("children", code)
    ),
    "completion condition": lambda code: repeated_task(
        EACH_CHILD + f"<bpmn:completionCondition>{code}</bpmn:completionCondition>"
    ),
    "parameter": lambda code: one(service("fetch", "notify", to=code, notice='"assigned"')),
    "due moment": lambda code: one(user("fetch", due=code)),
    "payload": payload,
}


@pytest.mark.parametrize("site", SITES)
def test_escapes_are_refused_everywhere(site: str) -> None:
    found = [problem for problem in problems(SITES[site](BAD)) if problem.code == "expression"]
    assert len(found) == 1
    assert "refused" in found[0].message


@pytest.mark.parametrize("site", SITES)
def test_plain_expressions_are_accepted_everywhere(site: str) -> None:
    good = "working_days(5)"
    assert codes(SITES[site](good)) == {}


def test_an_unknown_function_is_named() -> None:
    (problem,) = problems(decision("next_full_moon() == today()"))
    assert (problem.element, problem.code) == ("choice_to_left", "expression")
    assert "next_full_moon" in problem.message


def test_empty_expressions() -> None:
    assert codes(decision(" ")) == {"choice_to_left": {"expression-empty"}}


def test_an_expression_marked_as_another_language() -> None:
    marked = decision("x > 1").replace(b"<bpmn:conditionExpression", b'<bpmn:conditionExpression language="feel"')
    assert codes(marked) == {"choice_to_left": {"expression-language"}}


@pytest.mark.parametrize(
    "name", ["today", "len", "typename", "data_objects", "_secret", "two words", "a = b", "class", ""]
)
def test_results_need_a_name_of_their_own(name: str) -> None:
    task = service("fetch", "record_audit", result="x").replace('"x"', f'"{name}"')
    assert codes(one(task)) == {"fetch": {"variable-name"}}


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("typename = 1", "expression"),
        ("today = 1", "expression"),
        ("_secret = 1", "expression"),
        ("data_objects = 1", "variable-name"),
    ],
)
def test_scripts_do_not_take_names_of_functions_or_of_the_engine(code: str, problem: str) -> None:
    assert codes(one(script("fetch", code))) == {"fetch": {problem}}


@pytest.mark.parametrize(
    "inside",
    [
        EACH_CHILD.replace("children", "the.children"),
        EACH_CHILD.replace('"child"', '"today"'),
        EACH_CHILD.replace('"view"', '"typename"'),
        EACH_CHILD.replace("seen", "len"),
    ],
)
def test_repeated_tasks_name_their_variables(inside: str) -> None:
    assert codes(repeated_task(inside)) == {"fetch": {"variable-name"}}


def test_the_variable_of_an_error() -> None:
    named = "<spiffworkflow:variableName>today</spiffworkflow:variableName>"
    told = ERROR.replace("/>", f">{extensions(named)}</bpmn:error>")
    drawing = diagram("errand", start(), end(), chain("begun", "done"), top=told)
    assert codes(drawing) == {"error_lost": {"variable-name"}}
    assert codes(drawing.replace(b">today<", b">reason<")) == {}


def test_the_variable_of_a_message() -> None:
    told = extensions("<spiffworkflow:messageVariable>today</spiffworkflow:messageVariable>")
    event = f'<bpmn:messageEventDefinition messageRef="message_recall">{told}</bpmn:messageEventDefinition>'
    assert codes(one(catch("fetch", event), top=MESSAGE)) == {"fetch": {"variable-name"}}


REPEATED = {
    "a list, an entry, results and a result": (EACH_CHILD, set()),
    "a number": (EACH_CHILD.replace("loopDataInputRef", "loopCardinality").replace("children", "3"), set()),
    "nothing to repeat for": (EACH_CHILD.partition("</bpmn:loopDataInputRef>")[2], {"instances-source"}),
    "both a list and a number": (
        "<bpmn:loopCardinality>3</bpmn:loopCardinality>" + EACH_CHILD,
        {"instances-source"},
    ),
    "no name for the entry": (EACH_CHILD.replace('<bpmn:inputDataItem id="child"/>', ""), {"instances-source"}),
    "no name for the result": (EACH_CHILD.replace('<bpmn:outputDataItem id="view"/>', ""), {"instances-result"}),
    "no list of results": (
        EACH_CHILD.replace("<bpmn:loopDataOutputRef>seen</bpmn:loopDataOutputRef>", ""),
        {"instances-result"},
    ),
}


@pytest.mark.parametrize("name", REPEATED)
def test_repeated_tasks(name: str) -> None:
    inside, expected = REPEATED[name]
    assert codes(repeated_task(inside)).get("fetch", set()) == expected


def test_a_form_element_is_not_an_expression() -> None:
    assert codes(one(element("manualTask", "fetch"))) == {}
