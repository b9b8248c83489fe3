"""A diagram can be read: every element has a stable id, a name, a documented source and a place on the page."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from engine.bpmn.documents import Element, repeated_ids
from engine.bpmn.model import Model, attribute, documentation, identity, kind, nearest_id, title
from engine.domain.problems import Problem

MOST_NODES = 300
MOST_FLOWS = 600
_STABLE = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
_GENERATED = re.compile(r"_[01][a-z0-9]{6}$")
_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_DRAWN = {"Shape": f"{_DI}BPMNShape", "Edge": f"{_DI}BPMNEdge"}


def identities(model: Model) -> Iterator[Problem]:
    """Report repeated or generated ids, a process not called like its file, and diagrams that are too large."""
    yield from repetitions(model.file, model.root)
    for element in [*model.processes, *model.nodes.values(), *model.flows.values()]:
        if not _STABLE.match(identity(element)) or _GENERATED.search(identity(element)):
            yield model.problem(
                element,
                "unstable-id",
                f"The id “{identity(element)}” of “{title(element)}” does not say what it is; running processes "
                "are found again by it. Use a lower-case word such as complete_audit, and keep it.",
            )
    stem = PurePosixPath(model.file).stem
    if model.processes and model.process_id != stem:
        yield model.problem(
            model.processes[0],
            "process-id",
            f"The process is called “{model.process_id}” but its file “{stem}”. Give both the same name.",
        )
    if is_too_large(model):
        yield model.problem(
            None,
            "too-many-nodes",
            f"The diagram has {len(model.nodes)} nodes and {len(model.flows)} flows, and the most is {MOST_NODES} "
            f"and {MOST_FLOWS}. Split it into several.",
        )


def is_too_large(model: Model) -> bool:
    """Tell whether a diagram has more nodes or flows than can be checked and run in time."""
    return len(model.nodes) > MOST_NODES or len(model.of_kind("sequenceFlow")) > MOST_FLOWS


def repetitions(file: str, root: Element) -> Iterator[Problem]:
    """Report ids that stand twice in one file."""
    for element in repeated_ids(root):
        yield Problem(
            file,
            identity(element),
            "repeated-id",
            f"The id “{identity(element)}” is used a second time in line {element.sourceline}. "
            "Give each element an id of its own.",
        )


def names(model: Model) -> Iterator[Problem]:
    """Report elements without a name or without documentation of their source in the manual."""
    for element in [*model.processes, *model.nodes.values()]:
        if not attribute(element, "name").strip() and not _is_merge(model, element):
            yield model.problem(
                element, "no-name", f"The {kind(element)} “{identity(element)}” has no name. Write what it is."
            )
        if not documentation(element) and not _is_merge(model, element):
            yield model.problem(
                element,
                "no-documentation",
                f"“{title(element)}” has no documentation. Cite the section of the manual or the decision it "
                "comes from.",
            )


def _is_merge(model: Model, element: Element) -> bool:
    return kind(element).endswith("Gateway") and len(model.outgoing(element)) == 1


def drawing(model: Model) -> Iterator[Problem]:
    """Report elements without a place on the page, and places on the page without an element."""
    drawn = {what: _drawn(model, tag) for what, tag in _DRAWN.items()}
    for node in model.nodes.values():
        shape = drawn["Shape"].get(identity(node))
        if shape is None or shape.find(f"{_DC}Bounds") is None:
            yield model.problem(node, "no-shape", f"“{title(node)}” is not drawn. Give it a BPMNShape with bounds.")
    for flow in model.flows.values():
        if identity(flow) not in drawn["Edge"]:
            yield model.problem(flow, "no-edge", f"The flow “{identity(flow)}” is not drawn. Give it a BPMNEdge.")
    present = {identity(element) for element in model.root.iter("{*}*") if nearest_id(element)}
    for what, found in drawn.items():
        for name in found:
            if name not in present:
                yield Problem(
                    model.file, name, "drawn-only", f"The BPMN{what} of “{name}” belongs to nothing. Remove it."
                )


def _drawn(model: Model, tag: str) -> dict[str, Element]:
    return {attribute(one, "bpmnElement"): one for one in model.root.iter(tag)}
