"""No parallel join waits for a branch that another gateway did not take, and no loop turns without rest.

Tokens are moved through each process as in a Petri net (van der Aalst, "Verification of Workflow Nets", 1997):
conditions may turn out either way, and a marking in which only joins hold tokens is a deadlock. Moves that cannot
conflict are made one at a time, so that the markings stay few.
"""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import (
    BPMN,
    GATEWAYS,
    Model,
    defined_as,
    identity,
    is_interrupting,
    kind,
    title,
)
from engine.domain.problems import Problem

MOST_MARKINGS = 5_000
_NEVER_RESTS = (GATEWAYS - {"eventBasedGateway"}) | {
    "scriptTask",
    "serviceTask",
    "businessRuleTask",
    "intermediateThrowEvent",
}

Marking = frozenset[str]


def deadlocks(model: Model) -> Iterator[Problem]:
    """Report parallel joins that may wait for ever. A diagram of too many markings is given up silently."""
    for scope in [*model.processes, *model.of_kind("subProcess")]:
        stuck = {node_id for marking in _stuck_markings(model, scope) for node_id in _targets(model, marking)}
        for node_id in sorted(stuck):
            join = model.nodes[node_id]
            yield model.problem(
                join,
                "deadlock",
                f"“{title(join)}” may wait for ever: it joins branches of which not all are always taken. "
                "Merge alternatives with an exclusive gateway before joining.",
            )


def _targets(model: Model, marking: Marking) -> Iterator[str]:
    for flow_id in marking:
        target = model.target(model.flows[flow_id])
        if target is not None:
            yield identity(target)


def _stuck_markings(model: Model, scope: Element) -> Iterator[Marking]:
    starts = scope.findall(f"{BPMN}startEvent")
    pending = [frozenset(identity(flow) for start in starts for flow in model.outgoing(start))]
    seen: set[Marking] = set()
    while pending and len(seen) < MOST_MARKINGS:
        marking = pending.pop()
        if marking in seen:
            continue
        seen.add(marking)
        following = _next_markings(model, marking)
        if marking and not following:
            yield marking
        pending += following


def _next_markings(model: Model, marking: Marking) -> list[Marking]:
    """The markings after one move. Only one node moves; a node with several outcomes moves last."""
    undecided: list[list[Marking]] = []
    for flow_id in sorted(marking):
        node = model.target(model.flows[flow_id])
        if node is not None and "terminate" in defined_as(node):
            return [frozenset()]
        taken = _taken(model, node, flow_id, marking)
        if taken is None:
            continue
        after = [marking - taken | outcome for outcome in _outcomes(model, node)]
        if len(after) == 1:
            return after
        undecided.append(after)
    return undecided[0] if undecided else []


def _taken(model: Model, node: Element | None, flow_id: str, marking: Marking) -> Marking | None:
    """The tokens a node takes when it moves, None when it has to wait for others."""
    if node is None or kind(node) != "parallelGateway":
        return frozenset((flow_id,))
    needed = frozenset(identity(flow) for flow in model.incoming(node))
    return needed if needed <= marking else None


def _outcomes(model: Model, node: Element | None) -> list[Marking]:
    """The sets of flows on which a node may put tokens."""
    if node is None:
        return [frozenset()]
    if kind(node) in ("exclusiveGateway", "eventBasedGateway"):
        return [frozenset((identity(flow),)) for flow in model.outgoing(node)] or [frozenset()]
    attached = model.boundaries(node)
    endings = [_leaving(model, node), *(_leaving(model, one) for one in attached if is_interrupting(one))]
    beside = [_leaving(model, one) for one in attached if not is_interrupting(one)]
    extras = [frozenset(), *beside, frozenset().union(*beside)]
    return list(dict.fromkeys(ending | extra for ending in endings for extra in extras))


def _leaving(model: Model, node: Element) -> Marking:
    return frozenset(identity(flow) for flow in model.outgoing(node))


def restless_loops(model: Model) -> Iterator[Problem]:
    """Report loops in which nothing waits for a person, a message or a time: they might turn for ever."""
    for node_id, node in model.nodes.items():
        decides = kind(node) == "exclusiveGateway" and len(model.outgoing(node)) > 1
        if decides and _returns_at_once(model, node_id):
            yield model.problem(
                node,
                "restless-loop",
                f"The loop through “{title(node)}” has no task, message or timer in it and may turn for ever. "
                "Put one in, or repeat with multi-instance.",
            )


def _returns_at_once(model: Model, start: str) -> bool:
    pending = [start]
    seen: set[str] = set()
    while pending:
        for following in model.successors(model.nodes[pending.pop()]):
            node_id = identity(following)
            if node_id == start:
                return True
            if node_id not in seen and kind(following) in _NEVER_RESTS:
                seen.add(node_id)
                pending.append(node_id)
    return False
