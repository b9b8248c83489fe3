"""No branch silently loses what another has set: the engine gives each branch its own copy of the variables.

At a parallel join the copy of the branch that ends last replaces the others', and what is set beside the main way,
after a non-interrupting event, never comes back to it.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from engine.bpmn.documents import Element
from engine.bpmn.model import (
    SUBPROCESSES,
    Model,
    extension,
    identity,
    is_event_subprocess,
    is_interrupting,
    kind,
    properties,
    text,
    title,
)
from engine.bpmn.phrases import names_assigned, names_read
from engine.bpmn.policy import Policy
from engine.bpmn.sites import sites_of, variables_of
from engine.bpmn.ties import FORM
from engine.domain.problems import Problem

_KEPT_BY_INSTANCE = frozenset(("The entry", "The result", "The list"))


def lost_data(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report variables that a parallel join would set back, and variables read where they cannot be seen."""
    writes = _writes(model, policy)
    for join in model.of_kind("parallelGateway"):
        yield from _overwritten(model, join, writes)
    yield from _unseen(model, writes)


def _writes(model: Model, policy: Policy) -> dict[str, set[str]]:
    """The variables that each node sets, by its id; those of a sub-process hold what is set inside it."""
    found: dict[str, set[str]] = {node_id: set() for node_id in model.nodes}
    for site in sites_of(model):
        if site.kind == "script" and identity(site.element) in found:
            found[identity(site.element)] |= names_assigned(site.source)
    for element, what, name in variables_of(model):
        if what not in _KEPT_BY_INSTANCE and identity(element) in found:
            found[identity(element)].add(name)
    for node_id, node in model.nodes.items():
        found[node_id] |= policy.said.get(properties(node).get(FORM, ""), frozenset())
        found[node_id] |= policy.answers.get(text(extension(node, "calledDecisionId")), frozenset())
    for node_id, node in model.nodes.items():
        for around in node.iterancestors():
            if kind(around) in SUBPROCESSES and not is_event_subprocess(around):
                found[identity(around)] |= found[node_id]
    return found


def _overwritten(model: Model, join: Element, writes: dict[str, set[str]]) -> Iterator[Problem]:
    ways = [
        _leading_to(model, source, join) for flow in model.incoming(join) if (source := model.source(flow)) is not None
    ]
    shared = set.intersection(*ways) if ways else set()
    branches = [_set_by(way - shared, writes) for way in ways]
    in_branches = set().union(*branches)
    returns = bool(shared & _following(model, [join]))
    before = in_branches if returns else in_branches & _set_by(shared, writes)
    clashes = {name for one, other in combinations(branches, 2) for name in one & other}
    for name in sorted(clashes | before):
        where = "in two of its branches" if name in clashes else "before them and in one of its branches"
        yield model.problem(
            join,
            "branch-overwrites",
            f"“{title(join)}” joins branches, and {name} is set {where}: the branch that ends last would set it back. "
            "Give each branch variables of its own.",
        )


def _set_by(nodes: Iterable[str], writes: dict[str, set[str]]) -> set[str]:
    return set().union(*(writes[node_id] for node_id in nodes))


def _leading_to(model: Model, node: Element, join: Element) -> set[str]:
    """The nodes from which a token comes to `node` without passing the join."""
    found: set[str] = set()
    pending = [node]
    while pending:
        one = pending.pop()
        if one is join or identity(one) in found:
            continue
        found.add(identity(one))
        pending += [source for flow in model.incoming(one) if (source := model.source(flow)) is not None]
        if (host := model.host(one)) is not None:
            pending.append(host)
    return found


def _unseen(model: Model, writes: dict[str, set[str]]) -> Iterator[Problem]:
    beside = [one for one in model.of_kind("boundaryEvent") if not is_interrupting(one)]
    for event in [*beside, *filter(is_event_subprocess, model.of_kind("subProcess"))]:
        aside = _aside(model, event)
        elsewhere = model.nodes.keys() - aside
        hidden = _set_by(aside, writes) - _set_by(elsewhere, writes)
        for name, reader in _readers(model, hidden, aside):
            yield model.problem(
                reader,
                "out-of-sight",
                f"“{title(reader)}” reads {name}, which is only set beside the main way after “{title(event)}” and "
                "cannot be seen from there. Set it on the way itself.",
            )


def _aside(model: Model, event: Element) -> set[str]:
    """The nodes that only `event` leads to, those inside it among them."""
    inside = {node_id for node_id, node in model.nodes.items() if event in node.iterancestors()}
    return inside | (_following(model, [event]) - _following(model, _starts(model, event)))


def _starts(model: Model, without: Element) -> list[Element]:
    return [node for node in model.of_kind("startEvent", "boundaryEvent") if node is not without]


def _following(model: Model, nodes: list[Element]) -> set[str]:
    found: set[str] = set()
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if identity(node) not in found:
            found.add(identity(node))
            pending += [target for flow in model.outgoing(node) if (target := model.target(flow)) is not None]
    return found


def _readers(model: Model, names: set[str], aside: set[str]) -> Iterator[tuple[str, Element]]:
    for site in sites_of(model):
        node = model.source(site.element) if kind(site.element) == "sequenceFlow" else site.element
        if node is not None and identity(node) not in aside:
            for name in sorted(names & names_read(site.source)):
                yield name, site.element
