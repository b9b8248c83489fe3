"""Exclusive and event-based gateways decide completely; conditions stand where they are heeded."""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import BPMN, Model, attribute, defined_as, identity, kind, title
from engine.domain.problems import Problem


def gateways(model: Model) -> Iterator[Problem]:
    """Report missing defaults, flows without condition, ignored conditions and unsafe event-based gateways."""
    for gateway in model.of_kind("exclusiveGateway"):
        yield from _exclusive(model, gateway)
    for gateway in model.of_kind("eventBasedGateway"):
        yield from _event_based(model, gateway)
    for flow in model.of_kind("sequenceFlow"):
        source = model.source(flow)
        if _condition(flow) is not None and source is not None and kind(source) != "exclusiveGateway":
            yield model.problem(
                flow,
                "condition-ignored",
                f"The condition on the flow leaving “{title(source)}” is ignored. Put an exclusive gateway there.",
            )


def _condition(flow: Element) -> Element | None:
    return flow.find(f"{BPMN}conditionExpression")


def _exclusive(model: Model, gateway: Element) -> Iterator[Problem]:
    leaving = model.outgoing(gateway)
    default = attribute(gateway, "default")
    if default and default not in {identity(flow) for flow in leaving}:
        yield model.problem(
            gateway,
            "default-flow",
            f"The default flow “{default}” does not leave “{title(gateway)}”. Mark one that does.",
        )
    if len(leaving) > 1:
        yield from _decision(model, gateway, leaving, default)
    elif leaving and _condition(leaving[0]) is not None:
        yield model.problem(
            leaving[0],
            "lonely-condition",
            f"The only flow leaving “{title(gateway)}” has a condition: the process fails when it is false. "
            "Remove the condition or draw the other way.",
        )


def _decision(model: Model, gateway: Element, leaving: list[Element], default: str) -> Iterator[Problem]:
    if not default:
        yield model.problem(
            gateway,
            "default-flow",
            f"“{title(gateway)}” has no default flow: the process fails when no condition is true. Mark one.",
        )
    for flow in leaving:
        if identity(flow) == default and _condition(flow) is not None:
            yield model.problem(
                flow,
                "default-condition",
                f"The default flow of “{title(gateway)}” has a condition, which is ignored. Remove it.",
            )
        if identity(flow) != default and _condition(flow) is None:
            yield model.problem(flow, "no-condition", f"A flow leaving “{title(gateway)}” has no condition. Write one.")


def _event_based(model: Model, gateway: Element) -> Iterator[Problem]:
    targets = [target for flow in model.outgoing(gateway) if (target := model.target(flow)) is not None]
    if len(targets) < 2:
        yield model.problem(
            gateway, "event-gateway", f"“{title(gateway)}” waits for fewer than two events. Draw the event alone."
        )
    for target in targets:
        if kind(target) not in ("intermediateCatchEvent", "receiveTask") or len(model.incoming(target)) > 1:
            yield model.problem(
                target,
                "event-gateway",
                f"“{title(target)}” follows “{title(gateway)}” but does not wait for an event of its own. "
                "Let only catching events with one incoming flow follow.",
            )
    if sum("timer" in defined_as(target) for target in targets) > 1:
        yield model.problem(
            gateway,
            "two-timers",
            f"Two timers follow “{title(gateway)}”; they would share one due time. Keep the earlier one.",
        )
