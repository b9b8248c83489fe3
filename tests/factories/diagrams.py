"""Small BPMN diagrams in a few readable lines, complete enough to pass the linter unless a test leaves something out.

diagram("errand", start(), user("fetch"), end(), chain("begun", "fetch", "done"))
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
NAMESPACES = {
    "bpmn": BPMN,
    "bpmndi": DI,
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_NODES = ("Event", "Task", "Gateway", "Activity", "subProcess", "adHocSubProcess", "transaction", "task")
MESSAGE = '<bpmn:message id="message_recall" name="recall"/>'
SIGNAL = '<bpmn:signal id="signal_recall" name="recall"/>'
ERROR = '<bpmn:error id="error_lost" name="lost" errorCode="lost"/>'
ESCALATION = '<bpmn:escalation id="escalation_late" name="late" escalationCode="late"/>'


def element(tag: str, identity: str, *inside: str, **attributes: str) -> str:
    """An element of the BPMN namespace with an id."""
    written = "".join(f" {name.replace('__', ':')}={quoteattr(value)}" for name, value in attributes.items())
    return f'<bpmn:{tag} id="{identity}"{written}>{"".join(inside)}</bpmn:{tag}>'


def extensions(*inside: str) -> str:
    return f"<bpmn:extensionElements>{''.join(inside)}</bpmn:extensionElements>"


def properties(**values: str) -> str:
    written = "".join(
        f'<spiffworkflow:property name="{name}" value={quoteattr(value)}/>' for name, value in values.items()
    )
    return f"<spiffworkflow:properties>{written}</spiffworkflow:properties>"


def before(code: str) -> str:
    return f"<spiffworkflow:preScript>{escape(code)}</spiffworkflow:preScript>"


def after(code: str) -> str:
    return f"<spiffworkflow:postScript>{escape(code)}</spiffworkflow:postScript>"


def start(identity: str = "begun", *inside: str, **attributes: str) -> str:
    return element("startEvent", identity, *inside, **attributes)


def end(identity: str = "done", *inside: str, **attributes: str) -> str:
    return element("endEvent", identity, *inside, **attributes)


def user(identity: str, *inside: str, scripts: str = "", **given: str) -> str:
    """A user task with the form answer.json; keyword arguments are further properties."""
    told = extensions(properties(**{"formJsonSchemaFilename": "answer.json", **given}), scripts)
    return element("userTask", identity, told, *inside)


def script(identity: str, code: str, **attributes: str) -> str:
    return element("scriptTask", identity, f"<bpmn:script>{escape(code)}</bpmn:script>", **attributes)


def operator(operation: str, result: str = "", **parameters: str) -> str:
    written = "".join(
        f'<spiffworkflow:parameter id="{name}" type="any" value={quoteattr(value)}/>'
        for name, value in parameters.items()
    )
    variable = f' resultVariable="{result}"' if result else ""
    return (
        f'<spiffworkflow:serviceTaskOperator id="{operation}"{variable}><spiffworkflow:parameters>{written}'
        "</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
    )


def service(identity: str, operation: str, result: str = "", **parameters: str) -> str:
    return element("serviceTask", identity, extensions(operator(operation, result, **parameters)))


def rule(identity: str, decision: str) -> str:
    named = f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>"
    return element("businessRuleTask", identity, extensions(named))


def gateway(identity: str, kind: str = "exclusive", **attributes: str) -> str:
    return element(f"{kind}Gateway", identity, **attributes)


def catch(identity: str, *definition: str) -> str:
    return element("intermediateCatchEvent", identity, *definition)


def throw(identity: str, *definition: str) -> str:
    return element("intermediateThrowEvent", identity, *definition)


def boundary(identity: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    return element(
        "boundaryEvent",
        identity,
        definition,
        attachedToRef=host,
        cancelActivity="true" if interrupting else "false",
    )


def subprocess(identity: str, *inside: str, **attributes: str) -> str:
    return element("subProcess", identity, *inside, **attributes)


def on(kind: str, **attributes: str) -> str:
    """An event definition: on("message", messageRef="message_recall")."""
    return element(f"{kind}EventDefinition", f"on_{kind}_{len(attributes)}", **attributes)


def message() -> str:
    return '<bpmn:messageEventDefinition messageRef="message_recall"/>'


def error() -> str:
    return '<bpmn:errorEventDefinition errorRef="error_lost"/>'


def escalation() -> str:
    return '<bpmn:escalationEventDefinition escalationRef="escalation_late"/>'


def timer(expression: str, kind: str = "timeDate") -> str:
    time = f'<bpmn:{kind} xsi:type="bpmn:tFormalExpression">{escape(expression)}</bpmn:{kind}>'
    return f"<bpmn:timerEventDefinition>{time}</bpmn:timerEventDefinition>"


def repeated(*inside: str, tag: str = "multiInstanceLoopCharacteristics", **attributes: str) -> str:
    return element(tag, "", *inside, **attributes).replace(' id=""', "")


EACH_CHILD = (
    "<bpmn:loopDataInputRef>children</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>seen</bpmn:loopDataOutputRef>"
    '<bpmn:inputDataItem id="child"/><bpmn:outputDataItem id="view"/>'
)


def flow(source: str, target: str, when: str = "") -> str:
    condition = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(when)}</bpmn:conditionExpression>'
    return element(
        "sequenceFlow", f"{source}_to_{target}", condition if when else "", sourceRef=source, targetRef=target
    )


def chain(*nodes: str) -> str:
    return "".join(flow(one, following) for one, following in pairwise(nodes))


def diagram(
    process: str,
    *parts: str,
    top: str = "",
    lanes: Mapping[str, Iterable[str]] | None = None,
    executable: str = "true",
) -> bytes:
    """A whole file: missing names, documentation, drawing and (unless `lanes` are given) one lane are added."""
    root = etree.fromstring(
        f'<bpmn:definitions {_DECLARED} id="definitions" targetNamespace="urn:test">{top}'
        f'<bpmn:process id="{process}" isExecutable="{executable}">{"".join(parts)}</bpmn:process>'
        "</bpmn:definitions>".encode()
    )
    home = root.find(f"{{{BPMN}}}process")
    assert home is not None
    for node in [home, *_nodes(root)]:
        _describe(node)
    _add_lanes(home, {"Practice Manager": _human(root)} if lanes is None else lanes)
    _draw(root, process)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def bare(process: str, *parts: str, top: str = "", executable: str = "true") -> bytes:
    """The same file without any addition, as a foreign modeller might save it."""
    return (
        f'<bpmn:definitions {_DECLARED} id="definitions" targetNamespace="urn:test">{top}'
        f'<bpmn:process id="{process}" isExecutable="{executable}">{"".join(parts)}</bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


def _nodes(root: etree._Element) -> list[etree._Element]:
    return [one for one in root.iter(f"{{{BPMN}}}*") if one.get("id") and etree.QName(one).localname.endswith(_NODES)]


def _human(root: etree._Element) -> list[str]:
    return [str(one.get("id")) for one in root.iter(f"{{{BPMN}}}userTask", f"{{{BPMN}}}manualTask")]


def _describe(node: etree._Element) -> None:
    if node.get("name") is None:
        node.set("name", str(node.get("id")).replace("_", " ").capitalize())
    if node.find(f"{{{BPMN}}}documentation") is None:
        text = etree.Element(f"{{{BPMN}}}documentation")
        text.text = "Manual 7"
        node.insert(0, text)


def _add_lanes(process: etree._Element, lanes: Mapping[str, Iterable[str]]) -> None:
    members = {name: list(nodes) for name, nodes in lanes.items()}
    if not any(members.values()):
        return
    lane_set = etree.Element(f"{{{BPMN}}}laneSet", id="lanes")
    for number, (name, nodes) in enumerate(members.items()):
        lane = etree.SubElement(lane_set, f"{{{BPMN}}}lane", id=f"lane_{number}", name=name)
        for node in nodes:
            etree.SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = node
    process.insert(1, lane_set)


def _draw(root: etree._Element, process: str) -> None:
    plane = etree.SubElement(
        etree.SubElement(root, f"{{{DI}}}BPMNDiagram", id="page"),
        f"{{{DI}}}BPMNPlane",
        id="plane",
        bpmnElement=process,
    )
    for number, node in enumerate(_nodes(root)):
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", bpmnElement=str(node.get("id")))
        bounds = {"x": str(100 + 160 * number), "y": "100", "width": "100", "height": "80"}
        etree.SubElement(shape, f"{{{NAMESPACES['dc']}}}Bounds", bounds)
    for edge in root.iter(f"{{{BPMN}}}sequenceFlow"):
        drawn = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", bpmnElement=str(edge.get("id")))
        for place in ("100", "160"):
            etree.SubElement(drawn, f"{{{NAMESPACES['di']}}}waypoint", x=place, y="100")
