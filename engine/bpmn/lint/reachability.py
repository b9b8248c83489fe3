"""Every element can be reached from a start and leads to an end; the engine drops or stops at the others."""

from collections.abc import Iterable, Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import (
    ACTIVITIES,
    BPMN,
    Model,
    attribute,
    identity,
    is_event_subprocess,
    kind,
    title,
)
from engine.domain.problems import Problem

_ONE_WAY = ACTIVITIES | {"startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}


def reachability(model: Model) -> Iterator[Problem]:
    """Report processes without exactly one start and an end, and nodes off every way from start to end."""
    yield from _processes(model)
    yield from _beginnings_and_ends(model)
    yield from _unreachable(model)
    yield from _trapped(model)


def flows(model: Model) -> Iterator[Problem]:
    """Report sequence flows that end nowhere, cross a sub-process border, split or merge without a gateway."""
    for flow in model.of_kind("sequenceFlow"):
        yield from _flow_ends(model, flow)
    for node in model.nodes.values():
        yield from _splits_and_merges(model, node)


def _processes(model: Model) -> Iterator[Problem]:
    if len(model.processes) != 1:
        yield model.problem(
            None, "one-process", f"The file draws {len(model.processes)} processes. Draw one process in each file."
        )
    for process in model.processes:
        if process.get("isExecutable") != "true":
            yield model.problem(
                process, "not-executable", f"The process “{title(process)}” is not marked executable. Mark it so."
            )


def _beginnings_and_ends(model: Model) -> Iterator[Problem]:
    for scope in [*model.processes, *model.of_kind("subProcess")]:
        starts, ends = scope.findall(f"{BPMN}startEvent"), scope.findall(f"{BPMN}endEvent")
        if len(starts) != 1:
            yield model.problem(
                scope,
                "one-start",
                f"“{title(scope)}” has {len(starts)} start events. Draw exactly one; others would be lost.",
            )
        if not ends:
            yield model.problem(scope, "no-end", f"“{title(scope)}” has no end event. Draw at least one.")


def _unreachable(model: Model) -> Iterator[Problem]:
    roots = [node for node in model.nodes.values() if is_event_subprocess(node)]
    for process in model.processes:
        roots += process.findall(f"{BPMN}startEvent")
    reached = _closure(model, roots)
    for node_id, node in model.nodes.items():
        if node_id not in reached:
            yield model.problem(
                node,
                "unreachable",
                f"“{title(node)}” cannot be reached from a start event and would silently be left out. "
                "Connect it or remove it.",
            )


def _closure(model: Model, roots: Iterable[Element]) -> set[str]:
    reached: set[str] = set()
    pending = list(roots)
    while pending:
        node = pending.pop()
        if identity(node) in reached:
            continue
        reached.add(identity(node))
        pending += model.successors(node)
        pending += node.findall(f"{BPMN}startEvent")
    return reached


def _trapped(model: Model) -> Iterator[Problem]:
    """An end is reached from a node when a way back from an end event comes by it."""
    pending = [*model.of_kind("endEvent"), *filter(is_event_subprocess, model.of_kind("subProcess"))]
    leads_out: set[str] = set()
    while pending:
        node = pending.pop()
        if identity(node) in leads_out:
            continue
        leads_out.add(identity(node))
        pending += [source for flow in model.incoming(node) if (source := model.source(flow)) is not None]
    for node_id, node in model.nodes.items():
        if node_id not in leads_out:
            yield model.problem(node, "no-way-out", f"No way leads from “{title(node)}” to an end event. Draw one.")


def _flow_ends(model: Model, flow: Element) -> Iterator[Problem]:
    source, target = model.source(flow), model.target(flow)
    if source is None or target is None:
        yield model.problem(
            flow,
            "loose-flow",
            f"The flow from “{attribute(flow, 'sourceRef')}” to “{attribute(flow, 'targetRef')}” is not connected "
            "at both ends. Connect or remove it.",
        )
    elif source.getparent() is not target.getparent():
        yield model.problem(
            flow,
            "flow-crosses",
            f"The flow from “{title(source)}” to “{title(target)}” crosses the border of a sub-process. "
            "Lead it to the sub-process itself.",
        )


def _splits_and_merges(model: Model, node: Element) -> Iterator[Problem]:
    entering, leaving = len(model.incoming(node)), len(model.outgoing(node))
    if kind(node) in _ONE_WAY and leaving > 1:
        yield model.problem(node, "implicit-split", f"{leaving} flows leave “{title(node)}”. Split them by a gateway.")
    if kind(node) in _ONE_WAY and entering > 1:
        yield model.problem(
            node, "implicit-merge", f"{entering} flows enter “{title(node)}”. Merge them by a gateway in front."
        )
    backwards = {"startEvent": entering, "boundaryEvent": entering, "endEvent": leaving}
    if backwards.get(kind(node)):
        yield model.problem(node, "flow-direction", f"A flow runs the wrong way at “{title(node)}”. Turn or remove it.")
