"""What the runtime and the pages need to know about the elements of a diagram, without touching its XML."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.bpmn.documents import Element
from engine.bpmn.model import Model, attribute, documentation, extension, identity, kind, one_line, properties, text
from engine.bpmn.ties import FORM

ABOUT, URGENT = "about", "urgent"
OF_CASE, OF_NO_CASE, OF_EITHER = "a case", "no case", "a case or none"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class ElementFacts:
    """One node of a diagram, in sub-processes too.

    `kind` is its BPMN name ("userTask"), `lane` the name of its post, `form` a file of forms/ ("audit.json"),
    `due` an expression that gives its due moment, `deadline` a row of deadlines.dmn, `process` the id of the process
    it belongs to, and `about` tells what somebody who begins there begins it about. What is `urgent` is offered on
    every page of a case. `operation` is what a service task calls, and `is_heard` whether the diagram keeps its answer
    or runs a script before or after it.
    """

    id: str
    kind: str
    name: str
    lane: str | None
    form: str | None
    due: str | None
    deadline: str | None
    documentation: str
    process: str
    about: str = OF_CASE
    urgent: bool = False
    operation: str | None = None
    is_heard: bool = False

    @property
    def with_case(self) -> bool:
        """Whether it may be begun about a case."""
        return self.about != OF_NO_CASE

    @property
    def without_case(self) -> bool:
        """Whether it may be begun about no case."""
        return self.about != OF_CASE


def facts_of(model: Model) -> Mapping[str, ElementFacts]:
    """Return the facts of every node of a diagram by its id, in document order."""
    return {node_id: _facts(model, node) for node_id, node in model.nodes.items()}


def _facts(model: Model, node: Element) -> ElementFacts:
    given = properties(node)
    operator = extension(node, "serviceTaskOperator")
    answers = () if operator is None else (attribute(operator, "resultVariable"),)
    scripts = (text(extension(node, tag)) for tag in ("preScript", "postScript"))
    return ElementFacts(
        id=identity(node),
        kind=kind(node),
        name=one_line(attribute(node, "name")),
        lane=model.lane(node),
        form=given.get(FORM),
        due=given.get("due"),
        deadline=given.get("deadline"),
        documentation=documentation(node),
        process=model.process_id,
        about=given.get(ABOUT, OF_CASE),
        urgent=given.get(URGENT) == YES,
        operation=None if operator is None else attribute(operator, "id"),
        is_heard=any((*answers, *scripts)),
    )
