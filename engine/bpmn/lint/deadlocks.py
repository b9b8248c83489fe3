"""No parallel join waits for a branch that another gateway did not take, and no loop turns without rest.

Tokens are moved through each process as in a Petri net (van der Aalst, "Verification of Workflow Nets", 1997):
conditions may turn out either way, and a marking in which only joins hold tokens is a deadlock. No node can take
another's tokens, so it is enough to follow the moves of one node at a time, and the markings stay few.
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

MOST_MARKINGS = 2_000
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
        net = _Net(model)
        for node_id in sorted(net.stuck_at(scope.findall(f"{BPMN}startEvent"))):
            join = model.nodes[node_id]
            yield model.problem(
                join,
                "deadlock",
                f"“{title(join)}” may wait for ever: it joins branches of which not all are always taken. "
                "Merge alternatives with an exclusive gateway before joining.",
            )


class _Net:
    """The sequence flows of a diagram as places, its nodes as transitions; a flow without target swallows tokens."""

    def __init__(self, model: Model) -> None:
        nodes = {flow_id: model.target(flow) for flow_id, flow in model.flows.items()}
        self._targets = {flow_id: identity(node) for flow_id, node in nodes.items() if node is not None}
        self._outcomes = {node_id: _outcomes(model, node) for node_id, node in model.nodes.items()}
        self._needed = {identity(join): _flow_ids(model.incoming(join)) for join in model.of_kind("parallelGateway")}
        self._ends_all = {node_id for node_id, node in model.nodes.items() if "terminate" in defined_as(node)}
        self._leaving = lambda node: _flow_ids(model.outgoing(node))

    def stuck_at(self, starts: list[Element]) -> set[str]:
        """Return the joins that hold tokens in the first marking found in which nothing can move."""
        pending = [frozenset().union(*map(self._leaving, starts))]
        seen: set[Marking] = set()
        while pending and len(seen) < MOST_MARKINGS:
            marking = pending.pop()
            if marking not in seen:
                seen.add(marking)
                following = self._next(marking)
                if marking and not following:
                    return {self._targets[flow_id] for flow_id in marking}
                pending += following
        return set()

    def _next(self, marking: Marking) -> list[Marking]:
        """The markings after the first node that can move has moved; the others keep their tokens for later."""
        for flow_id in sorted(marking):
            node_id = self._targets.get(flow_id, "")
            if node_id in self._ends_all:
                return [frozenset()]
            taken = self._needed.get(node_id, frozenset((flow_id,)))
            if taken <= marking:
                return [marking - taken | outcome for outcome in self._outcomes.get(node_id, [frozenset()])]
        return []


def _outcomes(model: Model, node: Element) -> list[Marking]:
    """The sets of flows on which a node may put tokens."""
    if kind(node) in ("exclusiveGateway", "eventBasedGateway"):
        return [frozenset((identity(flow),)) for flow in model.outgoing(node)] or [frozenset()]
    attached = model.boundaries(node)
    endings = [_flow_ids(model.outgoing(one)) for one in (node, *filter(is_interrupting, attached))]
    beside = [_flow_ids(model.outgoing(one)) for one in attached if not is_interrupting(one)]
    extras = [frozenset(), *beside, frozenset().union(*beside)]
    return list(dict.fromkeys(ending | extra for ending in endings for extra in extras))


def _flow_ids(flows: list[Element]) -> Marking:
    return frozenset(identity(flow) for flow in flows)


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
