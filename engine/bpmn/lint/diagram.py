"""The publish gate for diagrams: every construct that SpiffWorkflow 3.2.0 drops, mis-runs or stops at is named."""

from collections.abc import Callable, Iterator
from itertools import chain

from engine.bpmn.lint.boundaries import boundaries, uncaught
from engine.bpmn.lint.data import lost_data
from engine.bpmn.lint.deadlocks import deadlocks, restless_loops
from engine.bpmn.lint.elements import elements
from engine.bpmn.lint.events import events
from engine.bpmn.lint.expressions import expressions, variables
from engine.bpmn.lint.gateways import gateways
from engine.bpmn.lint.instances import instances
from engine.bpmn.lint.layout import drawing, identities, is_too_large, names
from engine.bpmn.lint.leavers import named_tasks
from engine.bpmn.lint.messages import messages, payloads
from engine.bpmn.lint.reachability import flows, reachability
from engine.bpmn.lint.references import operands, references
from engine.bpmn.lint.schema import schema
from engine.bpmn.lint.tasks import operators, posts, tasks
from engine.bpmn.lint.timers import timers
from engine.bpmn.model import Model
from engine.bpmn.policy import Policy
from engine.domain.problems import Problem

ALONE: tuple[Callable[[Model], Iterator[Problem]], ...] = (
    schema,
    elements,
    identities,
    names,
    drawing,
    reachability,
    flows,
    gateways,
    deadlocks,
    restless_loops,
    events,
    boundaries,
    timers,
    tasks,
    instances,
)
"""Rules about one diagram by itself."""

AMONG_OTHERS: tuple[Callable[[Model, Policy], Iterator[Problem]], ...] = (
    uncaught,
    posts,
    operators,
    expressions,
    variables,
    references,
    operands,
    named_tasks,
    messages,
    payloads,
    lost_data,
)
"""Rules about a diagram and the rest of its snapshot."""


def problems_of_diagram(model: Model, policy: Policy) -> list[Problem]:
    """Return everything that must be mended in a diagram before it can be deployed, each problem once.

    A diagram that is too large is only told so.
    """
    if is_too_large(model):
        return list(identities(model))
    found = chain(
        chain.from_iterable(rule(model) for rule in ALONE),
        chain.from_iterable(rule(model, policy) for rule in AMONG_OTHERS),
    )
    return list(dict.fromkeys(found))
