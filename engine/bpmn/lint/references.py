"""Every form, table, notice, post, deadline and process that a diagram names exists in the same snapshot."""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.lint.expressions import refusal_of_name
from engine.bpmn.model import (
    BPMN,
    Model,
    attribute,
    definitions_of,
    extension,
    is_event_subprocess,
    properties,
    text,
    title,
    with_called,
)
from engine.bpmn.phrases import first_arguments, literal_texts
from engine.bpmn.policy import Policy
from engine.bpmn.sites import sites_of
from engine.bpmn.ties import FORM, parameters_of
from engine.domain.problems import Problem, meant

_DEADLINE = "deadline"


def references(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report names of forms, decision tables, deadlines and called processes that do not exist."""
    for node in model.nodes.values():
        form = properties(node).get(FORM, "")
        if form and form not in policy.forms:
            yield _missing(model, node, "unknown-form", "form", form, policy.forms)
    for task in model.of_kind("businessRuleTask"):
        decision = text(extension(task, "calledDecisionId"))
        if decision and decision not in policy.decisions:
            yield _missing(model, task, "unknown-decision", "decision table", decision, policy.decisions)
    for call in model.of_kind("callActivity"):
        yield from _call(model, policy, call)
    yield from _deadlines(model, policy)


def operands(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report service tasks that name notices, processes or posts that do not exist, or facts under bad names."""
    for task in model.of_kind("serviceTask"):
        operator = extension(task, "serviceTaskOperator")
        if operator is not None:
            yield from _operands(model, policy, task, operator)


def _operands(model: Model, policy: Policy, task: Element, operator: Element) -> Iterator[Problem]:
    known = {
        "notice": ("notice", policy.notices),
        "process": ("process", policy.processes),
        "post": ("post", policy.posts),
        "to": ("post", policy.posts),
    }
    signature = policy.vocabulary.operations.get(attribute(operator, "id"))
    for one in parameters_of(operator):
        name, source = attribute(one, "id"), attribute(one, "value")
        what, names = known.get(name, ("", None))
        if names is not None:
            for wanted in set(literal_texts(source)) - names:
                yield _missing(model, task, f"unknown-{what}", what, wanted, names)
        is_fact = signature is not None and name not in signature.required | signature.optional
        reason = refusal_of_name(name, policy) if is_fact else ""
        if reason:
            yield model.problem(
                task, "variable-name", f"“{title(task)}” gives a fact called “{name}”: {reason} Choose another name."
            )


def _call(model: Model, policy: Policy, call: Element) -> Iterator[Problem]:
    called = attribute(call, "calledElement")
    if called and called not in policy.processes:
        yield _missing(model, call, "unknown-process", "process", called, policy.processes)
    other = policy.models.get(called)
    if other is None:
        return
    if model in with_called(other, policy.models):
        yield model.problem(
            call,
            "call-circle",
            f"“{title(call)}” calls {called}, which leads back to this process without end. "
            "Start it with start_process instead.",
        )
    starts = [start for process in other.processes for start in process.findall(f"{BPMN}startEvent")]
    if any(map(is_event_subprocess, other.of_kind("subProcess"))) or any(map(definitions_of, starts)):
        yield model.problem(
            call,
            "called-events",
            f"“{title(call)}” calls {called}, whose event sub-processes or start event would never hear of anything "
            "there. Start it with start_process instead.",
        )


def _deadlines(model: Model, policy: Policy) -> Iterator[Problem]:
    named = [(node, properties(node)[_DEADLINE]) for node in model.nodes.values() if _DEADLINE in properties(node)]
    for site in sites_of(model):
        named += [(site.element, row) for row in first_arguments(site.source, _DEADLINE)]
    for element, row in named:
        if policy.deadlines is not None and row not in policy.deadlines:
            yield _missing(model, element, "unknown-deadline", "row of deadlines.dmn", row, policy.deadlines)


def _missing(model: Model, element: Element, code: str, what: str, wanted: str, known: frozenset[str]) -> Problem:
    there = meant(wanted, known)
    return model.problem(
        element, code, f"“{title(element)}” names the {what} “{wanted}”, which does not exist. {there}"
    )
