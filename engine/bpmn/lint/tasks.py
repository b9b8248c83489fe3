"""Tasks say completely what is to be done, by whom and with which form."""

from collections.abc import Callable, Iterator, Mapping

from engine.bpmn.documents import Element
from engine.bpmn.model import (
    BPMN,
    HUMAN_TASKS,
    SPIFF,
    Model,
    attribute,
    extension,
    kind,
    properties,
    text,
    title,
)
from engine.bpmn.policy import Policy
from engine.bpmn.ties import FORM, parameters_of
from engine.domain.problems import Problem, meant

_PYTHON = frozenset(("", "python", "text/python", "text/x-python"))


def tasks(model: Model) -> Iterator[Problem]:
    """Report tasks that would be skipped, run in another language, or wait for nobody."""
    for task in model.of_kind("userTask", "manualTask"):
        if model.lane(task) is None:
            yield model.problem(
                task, "no-lane", f"“{title(task)}” stands in no lane, so it would be nobody's task. Put it in one."
            )
    for task in model.of_kind("scriptTask"):
        yield from _script(model, task)
    for kind_of_task, (is_complete, code, remedy) in _NEEDED.items():
        for task in model.of_kind(kind_of_task):
            if not is_complete(task):
                yield model.problem(task, code, f"“{title(task)}” {remedy}")


_NEEDED: Mapping[str, tuple[Callable[[Element], bool], str, str]] = {
    "userTask": (
        lambda task: FORM in properties(task),
        "no-form",
        f"has no form. Add the property {FORM}, or make it a manual task.",
    ),
    "businessRuleTask": (
        lambda task: bool(text(extension(task, "calledDecisionId"))),
        "no-decision",
        "names no decision table. Add a calledDecisionId.",
    ),
    "callActivity": (
        lambda task: bool(attribute(task, "calledElement")),
        "no-process",
        "names no process. Add a calledElement.",
    ),
    "receiveTask": (
        lambda task: extension(task, "preScript") is None,
        "script-repeats",
        "has a script before it, which runs again whenever another task ends. Put it in a script task.",
    ),
}
"""What a task of each kind needs, and the code and remedy when it has not."""


def _script(model: Model, task: Element) -> Iterator[Problem]:
    scripts = task.findall(f"{BPMN}script")
    if len(scripts) != 1 or not text(scripts[0]):
        yield model.problem(task, "no-script", f"“{title(task)}” has no script, so it does nothing. Write one.")
    language = attribute(task, "scriptFormat")
    if language.lower() not in _PYTHON:
        yield model.problem(
            task,
            "script-language",
            f"“{title(task)}” says its script is {language}, but it would be read as Python. "
            "Write it in the small language of this manual and remove the format.",
        )


def posts(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report lanes that hold work for people but are named after no post, and lanes drawn inconsistently."""
    named = {
        model.lane(node)
        for node in model.nodes.values()
        if kind(node) in HUMAN_TASKS or (kind(node) == "startEvent" and FORM in properties(node))
    }
    for lane in model.of_kind("lane"):
        name = " ".join(attribute(lane, "name").split())
        if policy.posts is not None and name in named and name not in policy.posts:
            yield model.problem(
                lane, "unknown-post", f"The lane “{name}” is no post of posts.dmn. Use one of its names, or add it."
            )
    yield from _lane_members(model)


def _lane_members(model: Model) -> Iterator[Problem]:
    homes: dict[str, Element] = {}
    for lane in model.of_kind("lane"):
        for reference in lane.findall(f"{BPMN}flowNodeRef"):
            member = text(reference)
            if member not in model.nodes:
                yield model.problem(
                    lane,
                    "lane-member",
                    f"The lane “{attribute(lane, 'name')}” holds “{member}”, which is not drawn. Remove it there.",
                )
            elif member in homes and homes[member] not in lane.iterancestors():
                yield model.problem(
                    model.nodes[member],
                    "lane-member",
                    f"“{title(model.nodes[member])}” stands in two lanes. Keep it in one.",
                )
            homes[member] = lane


def operators(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report service tasks whose operation is unknown, or is called with other parameters than it has."""
    for task in model.of_kind("serviceTask"):
        operator = extension(task, "serviceTaskOperator")
        if operator is None:
            yield model.problem(
                task,
                "no-operator",
                f"“{title(task)}” names no service operation. Add a serviceTaskOperator to it.",
            )
        else:
            yield from _operator(model, policy, task, operator)


def _operator(model: Model, policy: Policy, task: Element, operator: Element) -> Iterator[Problem]:
    name = attribute(operator, "id")
    given = [attribute(one, "id") for one in parameters_of(operator)]
    signature = policy.vocabulary.operations.get(name)
    if signature is None:
        there = meant(name, policy.vocabulary.operations)
        yield model.problem(task, "unknown-operation", f"There is no service operation “{name}”. {there}")
    else:
        for missing in sorted(signature.required - set(given)):
            yield model.problem(
                task, "missing-parameter", f"{name} in “{title(task)}” needs the parameter “{missing}”. Add it."
            )
        known_names = signature.required | signature.optional
        for surplus in sorted(set(given) - known_names):
            if not signature.takes_facts:
                yield model.problem(
                    task,
                    "unknown-parameter",
                    f"{name} in “{title(task)}” has no parameter “{surplus}”. "
                    f"It has: {', '.join(sorted(known_names)) or 'none'}.",
                )
    yield from _parameters(model, task, operator, given)


def _parameters(model: Model, task: Element, operator: Element, given: list[str]) -> Iterator[Problem]:
    for one in parameters_of(operator):
        name = attribute(one, "id")
        if not name or given.count(name) > 1:
            yield model.problem(
                task, "parameter", f"“{title(task)}” has the parameter “{name}” without a name or twice. Name each."
            )
        if one.get("value") is None or one.get("type") is None:
            yield model.problem(
                task,
                "parameter",
                f"The parameter “{name}” of “{title(task)}” needs a value and a type, or it is left out. "
                'Add value="…" and type="any".',
            )
    if operator.find(f"{SPIFF}retry") is not None:
        yield model.problem(task, "retry-ignored", f"The retries of “{title(task)}” are not carried out. Remove them.")
