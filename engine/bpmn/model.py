"""One BPMN file, read once: its nodes, flows, lanes and texts, by id and by kind."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from engine.bpmn.documents import Element, parse_xml
from engine.domain.problems import Problem
from engine.errors import Unreadable

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"

EVENTS = frozenset(("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"))
GATEWAYS = frozenset(("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"))
SUBPROCESSES = frozenset(("subProcess", "transaction", "adHocSubProcess"))
ACTIVITIES = SUBPROCESSES | frozenset(
    (
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "callActivity",
    )
)
NODES = EVENTS | GATEWAYS | ACTIVITIES
_PARTS = ("EventDefinition", "LoopCharacteristics", "Expression", "Condition", "condition", "DataItem")
HUMAN_TASKS = frozenset(("userTask", "manualTask"))


def kind(element: Element) -> str:
    """Return the BPMN name of an element ("userTask"), "" for elements of other namespaces."""
    tag = str(element.tag)
    return tag[len(BPMN) :] if tag.startswith(BPMN) else ""


def text(element: Element | None) -> str:
    """Return the text of an element without surrounding space, "" for None."""
    return "" if element is None or element.text is None else str(element.text).strip()


def attribute(element: Element, name: str) -> str:
    """Return an attribute's value, "" when it is absent."""
    return str(element.get(name) or "")


def identity(element: Element) -> str:
    """Return the id of the element, "" when it has none."""
    return attribute(element, "id")


class Model:
    """A BPMN file as the linter and the runtime's facts see it.

    `nodes` and `flows` are the flow nodes and sequence flows of the whole file by id, sub-processes included.
    """

    def __init__(self, file: str, content: bytes, root: Element) -> None:
        self.file = file
        self.content = content
        self.root = root
        self.processes: tuple[Element, ...] = tuple(root.findall(f"{BPMN}process"))
        self.nodes: dict[str, Element] = {}
        self.flows: dict[str, Element] = {}
        self._of_kind: dict[str, list[Element]] = {}
        for element in root.iter(f"{BPMN}*"):
            self._add(element)

    def _add(self, element: Element) -> None:
        name = kind(element)
        self._of_kind.setdefault(name, []).append(element)
        if name in NODES:
            self.nodes.setdefault(identity(element), element)
        elif name == "sequenceFlow":
            self.flows.setdefault(identity(element), element)

    @property
    def process_id(self) -> str:
        """The id of the first process, "" when the file has none."""
        return identity(self.processes[0]) if self.processes else ""

    def of_kind(self, *kinds: str) -> list[Element]:
        """Return the elements of these kinds, by kind and then in document order."""
        return [element for name in kinds for element in self._of_kind.get(name, ())]

    @cached_property
    def _outgoing(self) -> Mapping[str, list[Element]]:
        return _by_attribute(self.of_kind("sequenceFlow"), "sourceRef")

    @cached_property
    def _incoming(self) -> Mapping[str, list[Element]]:
        return _by_attribute(self.of_kind("sequenceFlow"), "targetRef")

    @cached_property
    def _boundaries(self) -> Mapping[str, list[Element]]:
        return _by_attribute(self.of_kind("boundaryEvent"), "attachedToRef")

    def outgoing(self, node: Element) -> list[Element]:
        """Return the sequence flows that leave a node."""
        return self._outgoing.get(identity(node), [])

    def incoming(self, node: Element) -> list[Element]:
        """Return the sequence flows that enter a node."""
        return self._incoming.get(identity(node), [])

    def boundaries(self, node: Element) -> list[Element]:
        """Return the boundary events attached to a node."""
        return self._boundaries.get(identity(node), [])

    def host(self, boundary: Element) -> Element | None:
        """Return the activity a boundary event is attached to, None when there is none."""
        return self.nodes.get(attribute(boundary, "attachedToRef"))

    def source(self, flow: Element) -> Element | None:
        """Return the node a sequence flow leaves."""
        return self.nodes.get(attribute(flow, "sourceRef"))

    def target(self, flow: Element) -> Element | None:
        """Return the node a sequence flow enters."""
        return self.nodes.get(attribute(flow, "targetRef"))

    def successors(self, node: Element) -> Iterator[Element]:
        """Yield the nodes that may follow a node, its boundary events among them."""
        for flow in self.outgoing(node):
            if (target := self.target(flow)) is not None:
                yield target
        yield from self.boundaries(node)

    @cached_property
    def lanes(self) -> Mapping[str, str]:
        """Lane names by the id of the node that is drawn in them; the innermost lane wins."""
        found: dict[str, str] = {}
        for lane in self.of_kind("lane"):
            for reference in lane.findall(f"{BPMN}flowNodeRef"):
                found[text(reference)] = one_line(attribute(lane, "name"))
        return found

    def lane(self, node: Element) -> str | None:
        """Return the name of the lane a node stands in, or that of the sub-process around it."""
        place: Element | None = node
        while place is not None and kind(place) != "process":
            if identity(place) in self.lanes:
                return self.lanes[identity(place)]
            place = place.getparent()
        return None

    def problem(self, element: Element | None, code: str, message: str) -> Problem:
        """Return a problem at the element, or at the nearest element around it that has an id."""
        return Problem(self.file, nearest_id(element), code, message)


def read_model(file: str, content: bytes) -> Model:
    """Return the model of a BPMN 2.0 file. Raises Unreadable; ids may be repeated, which the linter reports."""
    root = parse_xml(file, content)
    if kind(root) != "definitions":
        raise Unreadable(file=file, reason=f"its root is {root.tag} and not definitions of BPMN 2.0.")
    return Model(file, content, root)


def definitions_of(event: Element) -> list[Element]:
    """Return the event definitions of an event, such as its timerEventDefinition."""
    return [child for child in event if kind(child).endswith("EventDefinition")]


def defined_as(event: Element) -> tuple[str, ...]:
    """Return what an event waits for or throws: ("timer",), () for a plain event."""
    return tuple(kind(one).removesuffix("EventDefinition") for one in definitions_of(event))


def is_event_subprocess(element: Element) -> bool:
    """Tell whether an element is a sub-process that an event starts."""
    return kind(element) == "subProcess" and element.get("triggeredByEvent") == "true"


def is_interrupting(boundary: Element) -> bool:
    """Tell whether a boundary event ends the activity it is attached to (the default)."""
    return attribute(boundary, "cancelActivity") != "false"


def extension(element: Element, name: str) -> Element | None:
    """Return the SpiffWorkflow extension element of that name."""
    return element.find(f"{BPMN}extensionElements/{SPIFF}{name}")


def properties(element: Element) -> Mapping[str, str]:
    """Return the SpiffWorkflow properties of an element, such as {"formJsonSchemaFilename": "audit.json"}."""
    found = element.iterfind(f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property")
    return {attribute(one, "name"): attribute(one, "value") for one in found}


def documentation(element: Element) -> str:
    """Return the documentation an element itself carries."""
    return text(element.find(f"{BPMN}documentation"))


def one_line(name: str) -> str:
    """Return a name with its line breaks and double spaces made single spaces."""
    return " ".join(name.split())


def title(element: Element) -> str:
    """Return the element's name, or its id where it has none, for sentences about it."""
    return one_line(attribute(element, "name")) or identity(element) or kind(element)


def owner(element: Element) -> Element:
    """Return the nearest element around, itself included, that is more than a part of another's definition."""
    place: Element | None = element
    while place is not None:
        if identity(place) and kind(place) and not kind(place).endswith(_PARTS):
            return place
        place = place.getparent()
    return element


def nearest_id(element: Element | None) -> str:
    """Return the id of the node, flow or other element that an element belongs to, "" for the whole file."""
    return "" if element is None else identity(owner(element))


def decisions_of(model: Model) -> set[str]:
    """Return the ids of the decision tables that a diagram asks."""
    found = (text(extension(task, "calledDecisionId")) for task in model.of_kind("businessRuleTask"))
    return {name for name in found if name}


def with_called(model: Model, models: Mapping[str, Model]) -> list[Model]:
    """Return a model and those of all processes it calls, directly or not, as far as they are known."""
    found: dict[str, Model] = {}
    pending = [model]
    while pending:
        one = pending.pop()
        if one.process_id not in found:
            found[one.process_id] = one
            names = (attribute(call, "calledElement") for call in one.of_kind("callActivity"))
            pending += [models[name] for name in names if name in models]
    return list(found.values())


def _by_attribute(elements: list[Element], name: str) -> Mapping[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in elements:
        found.setdefault(attribute(element, name), []).append(element)
    return found
