"""Every place of a diagram where owners write expressions, scripts or names of variables."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn.documents import Element
from engine.bpmn.language.text import Kind
from engine.bpmn.model import (
    BPMN,
    SPIFF,
    Model,
    attribute,
    definitions_of,
    extension,
    identity,
    owner,
    properties,
    text,
)
from engine.bpmn.ties import parameters_of


@dataclass(frozen=True)
class Site:
    """An expression or script. `element` is the node or flow it belongs to, `what` names it in a sentence."""

    element: Element
    what: str
    source: str
    kind: Kind = "expression"


_EXPRESSIONS = {
    "conditionExpression": "The condition",
    "condition": "The condition",
    "timeDate": "The date",
    "timeDuration": "The duration",
    "timeCycle": "The cycle",
    "loopCardinality": "The number of instances",
    "completionCondition": "The completion condition",
    "loopCondition": "The loop condition",
}
_SCRIPTS = {"preScript": "The script before", "postScript": "The script after"}
_PAYLOADS = ("payloadExpression", "messagePayload")
_NAMES = {
    "loopDataInputRef": "The list",
    "loopDataOutputRef": "The list of results",
    "inputDataItem": "The entry",
    "outputDataItem": "The result",
}


def sites_of(model: Model) -> Iterator[Site]:
    """Yield every expression and script of a diagram, in no particular order."""
    for tag, what in _EXPRESSIONS.items():
        for element in model.of_kind(tag):
            yield Site(owner(element), what, text(element))
    for script in model.of_kind("script"):
        yield Site(script.getparent(), "The script", text(script), "script")
    for node in model.nodes.values():
        yield from _of_node(node)
    for tag in _PAYLOADS:
        for element in model.root.iter(f"{SPIFF}{tag}"):
            yield Site(owner(element), "The payload", text(element))


def _of_node(node: Element) -> Iterator[Site]:
    for tag, what in _SCRIPTS.items():
        if (script := extension(node, tag)) is not None:
            yield Site(node, what, text(script), "script")
    if "due" in properties(node):
        yield Site(node, "The due moment", properties(node)["due"])
    operator = extension(node, "serviceTaskOperator")
    for one in [] if operator is None else parameters_of(operator):
        yield Site(node, f"The parameter {attribute(one, 'id')}", attribute(one, "value"))


def variables_of(model: Model) -> Iterator[tuple[Element, str, str]]:
    """Yield (element, what it is, name) for each variable that a diagram names outside its scripts."""
    for loop in model.of_kind("multiInstanceLoopCharacteristics"):
        for tag, what in _NAMES.items():
            found = loop.find(f"{BPMN}{tag}")
            if found is not None:
                yield loop.getparent(), what, text(found) or identity(found)
    for node in model.nodes.values():
        operator = extension(node, "serviceTaskOperator")
        if operator is not None and operator.get("resultVariable") is not None:
            yield node, "The result variable", attribute(operator, "resultVariable")
        for holder in (node, *definitions_of(node)):
            if (variable := extension(holder, "messageVariable")) is not None:
                yield node, "The message variable", text(variable)
    for signal in model.of_kind("error", "escalation"):
        if (variable := extension(signal, "variableName")) is not None:
            yield signal, "The variable", text(variable)
