"""Boundary events are attached where they fire as drawn, and every error or escalation thrown is caught once."""

from collections.abc import Iterator

from engine.bpmn.documents import Element
from engine.bpmn.lint.events import code_of, thrown
from engine.bpmn.model import (
    ACTIVITIES,
    BPMN,
    SUBPROCESSES,
    Model,
    attribute,
    defined_as,
    identity,
    is_interrupting,
    kind,
    title,
)
from engine.bpmn.policy import Policy
from engine.domain.problems import Problem

_CODED = ("error", "escalation")
_WAITING = SUBPROCESSES | {"userTask", "manualTask", "receiveTask", "callActivity"}
_WITH_INSIDE = SUBPROCESSES | {"callActivity"}


def boundaries(model: Model) -> Iterator[Problem]:
    """Report boundary events that fire never, once only, or on the wrong activity."""
    for event in model.of_kind("boundaryEvent"):
        yield from _host(model, event)
        yield from _interruption(model, event)
    yield from _rival_catchers(model)


def uncaught(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report errors and escalations that no boundary event around them catches, in this diagram or its callers."""
    for name in _CODED:
        for event in thrown(model, name):
            if not _is_caught(model, policy, event, name):
                yield model.problem(
                    event,
                    "uncaught",
                    f"Nothing catches the {name} of “{title(event)}”: the process would end as if all were well. "
                    "Catch it on the border of the sub-process around it.",
                )


def _host(model: Model, event: Element) -> Iterator[Problem]:
    host = model.host(event)
    if host is None or kind(host) not in ACTIVITIES or host.getparent() is not event.getparent():
        yield model.problem(
            event, "boundary-host", f"“{title(event)}” is attached to no activity beside it. Attach it to one."
        )
    elif kind(host) not in _WAITING:
        yield model.problem(
            event,
            "boundary-host",
            f"“{title(event)}” would never fire: “{title(host)}” is done at once. Attach it to a task that waits.",
        )
    elif set(defined_as(event)) & set(_CODED) and kind(host) not in _WITH_INSIDE:
        yield model.problem(
            event,
            "boundary-host",
            f"“{title(event)}” waits for an {defined_as(event)[0]} of “{title(host)}”, which has no inside "
            "to throw one. Attach it to a sub-process or call activity.",
        )
    elif is_interrupting(event) and _is_multiple(host) and kind(host) in _WITH_INSIDE:
        yield model.problem(
            event,
            "boundary-multiple",
            f"“{title(event)}” would interrupt the several instances of “{title(host)}” and break the process. "
            "Put a sub-process around it and attach the event there.",
        )


def _is_multiple(host: Element) -> bool:
    return host.find(f"{BPMN}multiInstanceLoopCharacteristics") is not None


def _interruption(model: Model, event: Element) -> Iterator[Problem]:
    if is_interrupting(event):
        return
    if "error" in defined_as(event):
        yield model.problem(
            event,
            "error-goes-on",
            f"“{title(event)}” catches an error without interrupting: both ways would go on. Make it interrupting.",
        )
    if "message" in defined_as(event):
        yield model.problem(
            event,
            "message-once",
            f"“{title(event)}” does not interrupt, so it hears its message only once and loses any other. "
            "Use an event sub-process, which can start again and again.",
        )


def _rival_catchers(model: Model) -> Iterator[Problem]:
    found: dict[tuple[str, str], list[Element]] = {}
    for event in model.of_kind("boundaryEvent"):
        for name in set(defined_as(event)) & set(_CODED):
            found.setdefault((name, code_of(model, event)), []).append(event)
    for (name, code), rivals in found.items():
        for event in rivals[1:]:
            yield model.problem(
                event,
                "rival-catchers",
                f"“{title(event)}” and “{title(rivals[0])}” both catch the {name} “{code}”, and both would fire "
                "whichever activity throws it. Use a code of its own for each.",
            )


def _is_caught(model: Model, policy: Policy, event: Element, name: str) -> bool:
    code = code_of(model, event)
    place = event.getparent()
    while place is not None and kind(place) in SUBPROCESSES:
        if _catches(model, place, name, code):
            return True
        place = place.getparent()
    return any(
        attribute(call, "calledElement") == model.process_id and _catches(other, call, name, code)
        for other in policy.models.values()
        for call in other.of_kind("callActivity")
    )


def _catches(model: Model, host: Element, name: str, code: str) -> bool:
    return identity(host) != "" and any(
        defined_as(event) == (name,) and code_of(model, event) == code for event in model.boundaries(host)
    )
