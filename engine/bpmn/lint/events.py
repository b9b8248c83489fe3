"""Events are of the kinds that the engine carries out; the others are dropped, started at once or never caught."""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.model import (
    EVENTS,
    Model,
    attribute,
    defined_as,
    definitions_of,
    is_event_subprocess,
    kind,
    title,
)
from engine.bpmn.ties import REFERENCES, referred
from engine.domain.problems import Problem

_CARRIED_OUT = {
    "startEvent": frozenset(("message", "timer")),
    "endEvent": frozenset(("terminate", "error", "escalation")),
    "intermediateCatchEvent": frozenset(("message", "timer")),
    "intermediateThrowEvent": frozenset(("escalation",)),
    "boundaryEvent": frozenset(("message", "timer", "error", "escalation")),
}
_PLAIN_MEANS_SOMETHING = frozenset(("startEvent", "endEvent", "intermediateThrowEvent"))

_REFUSED = {
    "link": ("link-event", "everything after a link is silently dropped. Draw a sequence flow."),
    "signal": ("signal-event", "signals are lost when nobody waits yet. Send a message with send_message."),
    "compensate": ("compensation-event", "compensation does nothing. Draw the undoing steps as tasks."),
    "cancel": ("cancel-event", "transactions cannot be cancelled. Use an error event."),
    "conditional": (
        "conditional-event",
        "its condition is only looked at when some other task ends. Use a gateway or a message.",
    ),
}
_THROWN_MESSAGE = ("message-throw", "nothing delivers its message. Use a service task with send_message.")


def events(model: Model) -> Iterator[Problem]:
    """Report events that are not carried out as drawn, and references to messages, errors or escalations."""
    for node in model.of_kind(*sorted(EVENTS)):
        yield from _definitions(model, node)
    for sub in filter(is_event_subprocess, model.of_kind("subProcess")):
        yield from _event_subprocess(model, sub)
    for definition in model.of_kind("messageEventDefinition", "errorEventDefinition", "escalationEventDefinition"):
        yield from _reference(model, definition)
    for task in model.of_kind("receiveTask"):
        yield from _reference(model, task)
    yield from _repeated_codes(model)


def _definitions(model: Model, event: Element) -> Iterator[Problem]:
    found = defined_as(event)
    if len(found) > 1:
        yield model.problem(event, "several-events", f"“{title(event)}” has {len(found)} event definitions. Keep one.")
    if not found and kind(event) not in _PLAIN_MEANS_SOMETHING:
        yield model.problem(event, "no-event", f"“{title(event)}” waits for nothing. Make it a message or timer event.")
    for name in found:
        if name not in _CARRIED_OUT[kind(event)]:
            code, reason = _refusal(event, name)
            yield model.problem(event, code, f"“{title(event)}” is a {name} event: {reason}")


def _refusal(event: Element, name: str) -> tuple[str, str]:
    if name == "message":
        return _THROWN_MESSAGE
    allowed = " or ".join(sorted(_CARRIED_OUT[kind(event)]))
    return _REFUSED.get(name, ("event-kind", f"a {kind(event)} cannot be one. Use {allowed}."))


def _event_subprocess(model: Model, sub: Element) -> Iterator[Problem]:
    if kind(sub.getparent()) != "process":
        yield model.problem(
            sub,
            "event-subprocess",
            f"“{title(sub)}” lies inside another sub-process, where it is never started. Draw it in the process.",
        )
    for start in (one for one in sub if kind(one) == "startEvent"):
        if defined_as(start) != ("message",):
            yield model.problem(
                start,
                "event-subprocess",
                f"“{title(sub)}” is not started by one message: it would start at once or never. "
                "Give its start event a message.",
            )
        if start.get("isInterrupting") != "false":
            yield model.problem(
                start,
                "event-subprocess",
                f"“{title(sub)}” is drawn as interrupting, but the process would go on beside it. "
                'Mark its start event isInterrupting="false", or use an interrupting boundary message.',
            )


def _reference(model: Model, definition: Element) -> Iterator[Problem]:
    name = kind(definition).removesuffix("EventDefinition").replace("receiveTask", "message")
    reference, tag, needed = REFERENCES[name]
    event = definition if kind(definition) == "receiveTask" else definition.getparent()
    target = referred(model, definition)
    if target is None or not attribute(target, needed):
        yield model.problem(
            event,
            "event-reference",
            f"“{title(event)}” refers to no {tag} with a {needed}. Choose one in its {reference}.",
        )


def _repeated_codes(model: Model) -> Iterator[Problem]:
    for tag, needed in (("error", "errorCode"), ("escalation", "escalationCode"), ("message", "name")):
        seen: set[str] = set()
        for element in model.of_kind(tag):
            value = attribute(element, needed)
            if value in seen:
                yield model.problem(
                    element, "repeated-code", f"There are two elements {tag} with the {needed} “{value}”. Keep one."
                )
            seen.add(value)


def thrown(model: Model, name: str) -> Iterator[Element]:
    """Yield the end and throw events of the kind `name` ("error" or "escalation")."""
    for event in model.of_kind("endEvent", "intermediateThrowEvent"):
        if defined_as(event) == (name,):
            yield event


def code_of(model: Model, event: Element) -> str:
    """Return the error or escalation code of an event, "" when it has none."""
    definition = definitions_of(event)[0]
    target = referred(model, definition)
    needed = REFERENCES[kind(definition).removesuffix("EventDefinition")][2]
    return "" if target is None else attribute(target, needed)
