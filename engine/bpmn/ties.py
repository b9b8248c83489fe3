"""Where a diagram is tied to what lies outside it: forms, parameters of operations, and messages."""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import SPIFF, Model, attribute, extension, identity, kind

FORM = "formJsonSchemaFilename"
REFERENCES = {
    "message": ("messageRef", "message", "name"),
    "error": ("errorRef", "error", "errorCode"),
    "escalation": ("escalationRef", "escalation", "escalationCode"),
}
"""What an event definition refers to: its attribute, the element referred to, and what that must carry."""


def parameters_of(operator: Element) -> list[Element]:
    """Return the parameter elements of a service task operator."""
    return list(operator.findall(f"{SPIFF}parameters/{SPIFF}parameter"))


def parameter(task: Element, name: str) -> str:
    """Return the expression that a service task hands to a parameter of its operation, "" for none."""
    operator = extension(task, "serviceTaskOperator")
    parameters = [] if operator is None else parameters_of(operator)
    return next((attribute(one, "value") for one in parameters if attribute(one, "id") == name), "")


def referred(model: Model, definition: Element) -> Element | None:
    """Return the message, error or escalation that an event definition or receive task refers to."""
    name = kind(definition).removesuffix("EventDefinition").replace("receiveTask", "message")
    reference, tag, _ = REFERENCES[name]
    wanted = attribute(definition, reference)
    return next((one for one in model.of_kind(tag) if identity(one) == wanted and wanted), None)


def caught(model: Model) -> Iterator[tuple[Element, str]]:
    """Yield (event or task, message name) for each place of a diagram that waits for a message."""
    for definition in model.of_kind("messageEventDefinition"):
        message = referred(model, definition)
        if message is not None and kind(definition.getparent()) != "endEvent":
            yield definition.getparent(), attribute(message, "name")
    for task in model.of_kind("receiveTask"):
        message = referred(model, task)
        if message is not None:
            yield task, attribute(message, "name")
