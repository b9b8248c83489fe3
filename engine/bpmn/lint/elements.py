"""Only elements, extensions and attributes that the engine carries out may stand in a diagram."""

from collections.abc import Iterator

from lxml.etree import QName

from engine.bpmn.documents import Element
from engine.bpmn.facts import ABOUT, NO, OF_CASE, OF_EITHER, OF_NO_CASE, URGENT, YES
from engine.bpmn.model import BPMN, NODES, SPIFF, Model, attribute, kind, title
from engine.domain.problems import Problem

_DATA = "Variables of the process are shared by all its elements and need no drawing. Remove it."
_OWNER = "It is ignored: a lane says whose task it is. Remove it and put the task in a lane."
_CORRELATION = (
    "Correlation is not used: messages are addressed by process instance, and a wrong key would replace the right "
    "one. Remove it."
)

REFUSED = {
    "task": ("untyped-task", "It would wait for a person like a manual task. Give it a type."),
    "sendTask": ("message-throw", "Nothing delivers its message. Use a service task with send_message."),
    "transaction": ("transaction", "A transaction cannot be undone by the engine. Use a sub-process."),
    "adHocSubProcess": (
        "ad-hoc",
        "An ad-hoc sub-process corrupts the diagram while it runs. Draw its tasks with gateways.",
    ),
    "complexGateway": ("complex-gateway", "It is not carried out. Use exclusive or parallel gateways."),
    "inclusiveGateway": (
        "inclusive-gateway",
        "Its join waits for branches that may never come. Use exclusive or parallel gateways.",
    ),
    "standardLoopCharacteristics": (
        "standard-loop",
        "Draw the loop with an exclusive gateway, or use multi-instance.",
    ),
    "dataObject": ("data-object", _DATA),
    "dataObjectReference": ("data-object", _DATA),
    "dataStore": ("data-store", _DATA),
    "dataStoreReference": ("data-store", _DATA),
    "ioSpecification": ("data-object", _DATA),
    "dataInputAssociation": ("data-object", _DATA),
    "dataOutputAssociation": ("data-object", _DATA),
    "property": ("data-object", _DATA),
    "correlationProperty": ("correlation", _CORRELATION),
    "correlationKey": ("correlation", _CORRELATION),
    "correlationSubscription": ("correlation", _CORRELATION),
    "potentialOwner": ("owner-ignored", _OWNER),
    "humanPerformer": ("owner-ignored", _OWNER),
    "performer": ("owner-ignored", _OWNER),
    "resourceRole": ("owner-ignored", _OWNER),
}

_ALLOWED = NODES | frozenset(
    (
        *("definitions", "collaboration", "participant", "messageFlow", "message", "error", "escalation", "signal"),
        *("process", "laneSet", "childLaneSet", "lane", "flowNodeRef", "incoming", "outgoing"),
        *("sequenceFlow", "conditionExpression", "documentation", "extensionElements", "script"),
        *("timeDate", "timeDuration", "timeCycle", "condition", "multiInstanceLoopCharacteristics"),
        *("loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"),
        *("completionCondition", "textAnnotation", "text", "association"),
        *("group", "category", "categoryValue", "categoryValueRef"),
    )
)

_SCRIPTS = frozenset(("preScript", "postScript"))
_EXTENSIONS = {
    "userTask": _SCRIPTS | {"properties"},
    "manualTask": _SCRIPTS | {"properties"},
    "startEvent": frozenset(("properties",)),
    "serviceTask": _SCRIPTS | {"serviceTaskOperator"},
    "businessRuleTask": _SCRIPTS | {"calledDecisionId"},
    "callActivity": _SCRIPTS,
    "subProcess": _SCRIPTS,
    "receiveTask": _SCRIPTS | {"messageVariable"},
    "messageEventDefinition": frozenset(("messageVariable",)),
    "error": frozenset(("payloadExpression", "variableName")),
    "escalation": frozenset(("payloadExpression", "variableName")),
}
_PROPERTIES = {
    "userTask": frozenset(("formJsonSchemaFilename", "due", "deadline")),
    "manualTask": frozenset(("due", "deadline")),
    "startEvent": frozenset(("formJsonSchemaFilename", ABOUT, URGENT)),
}

_VALUES = {ABOUT: (OF_CASE, OF_NO_CASE, OF_EITHER), URGENT: (YES, NO)}

_DEFAULTS = {
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "instantiate": "false",
    "parallelMultiple": "false",
    "eventGatewayType": "Exclusive",
    "behavior": "All",
}
"""Attributes that SpiffWorkflow 3.2.0 never reads, with the value that means what it does anyway."""

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def elements(model: Model) -> Iterator[Problem]:
    """Report elements, extension elements, properties and attributes that would be ignored or mis-run."""
    for child in model.root:
        if kind(child):
            yield from _walk(model, child)


def _walk(model: Model, element: Element) -> Iterator[Problem]:
    name = kind(element)
    yield from _attributes(model, element)
    if name == "extensionElements":
        yield from _extensions(model, element)
    elif name in REFUSED:
        code, remedy = REFUSED[name]
        yield model.problem(element, code, f"“{title(element)}” is a {name}. {remedy}")
    elif name not in _ALLOWED and not name.endswith("EventDefinition"):
        yield model.problem(
            element, "unsupported-element", f"The engine does not know {name or element.tag}. Remove it."
        )
    else:
        for child in element:
            yield from _walk(model, child)


def _attributes(model: Model, element: Element) -> Iterator[Problem]:
    for name, value in element.attrib.items():
        ignored = name.startswith("{") and not name.startswith((_XSI, BPMN))
        if ignored or _DEFAULTS.get(name, value) != value:
            shown = QName(name).localname
            yield model.problem(
                element, "attribute-ignored", f"The attribute {shown}=“{value}” has no effect here. Remove it."
            )


def _extensions(model: Model, element: Element) -> Iterator[Problem]:
    host = element.getparent()
    for child in element:
        name = str(child.tag).removeprefix(SPIFF)
        if name not in _EXTENSIONS.get(kind(host), frozenset()):
            shown = QName(child).localname
            yield model.problem(
                host,
                "extension-ignored",
                f"The extension {shown} of “{title(host)}” has no effect on a {kind(host)}. Remove it.",
            )
        elif name == "properties":
            yield from _properties(model, host, child)


def _properties(model: Model, host: Element, properties: Element) -> Iterator[Problem]:
    allowed = _PROPERTIES[kind(host)]
    seen: set[str] = set()
    for one in properties:
        name = attribute(one, "name")
        if name not in allowed or one.get("value") is None or name in seen:
            yield model.problem(
                host,
                "property",
                f"“{title(host)}” has the property “{name}” which is unknown, empty or repeated. "
                f"Use {', '.join(sorted(allowed))}, each with a value.",
            )
        elif one.get("value") not in _VALUES.get(name, (one.get("value"),)):
            choices = " or ".join(f"“{choice}”" for choice in _VALUES[name])
            yield model.problem(
                host, "property", f"The property “{name}” of “{title(host)}” is “{one.get('value')}”. Write {choices}."
            )
        seen.add(name)
