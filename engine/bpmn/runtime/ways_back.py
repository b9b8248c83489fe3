"""Where work may be moved back to: to a task of people through which every way has led to where it waits now, and only
over steps that may happen twice.

Whatever lies between is done again, so that no gate is passed over (requirements 1.7), and none of it starts other
work or falsifies a record. All of it follows from the diagram: the task back there dominates the one that waits, as
compilers say, and parallel ways, called processes, messages and service operations that do not say they are repeatable
forbid it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins import (
    ExclusiveGatewayMixin,
    NoneTaskMixin,
    ScriptTaskMixin,
    ServiceTaskMixin,
    UserTaskMixin,
)
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent, IntermediateCatchEvent
from SpiffWorkflow.dmn.specs import BusinessRuleTaskMixin

_BEGINS, _OPENS, _CLOSES = "Start", ".BoundaryEventSplit", ".BoundaryEventJoin"
_HARMLESS = (
    BoundaryEvent,
    BusinessRuleTaskMixin,
    ExclusiveGatewayMixin,
    NoneTaskMixin,
    ScriptTaskMixin,
    UserTaskMixin,
)


def entry(specs: Mapping[str, Any], element: str) -> Any:
    """Return the spec by which a token comes to an element: what opens its edge, or itself; None for no element."""
    return specs.get(f"{element}{_OPENS}", specs.get(element))


def tasks_before(specs: Mapping[str, Any], element: str, repeatable: Collection[str] = ()) -> tuple[str, ...]:
    """Return the user tasks to which work at the user task `element` may be moved back, in the order of the diagram's
    file; none for any other element. `repeatable` are the service operations that may be called twice.
    """
    if not isinstance(specs.get(element), UserTaskMixin):
        return ()
    here = entry(specs, element)
    behind = _reached(here, "inputs")
    return tuple(
        name
        for name, spec in specs.items()
        if isinstance(spec, UserTaskMixin)
        and name != element
        and _is_on_every_way(specs, entry(specs, name), here)
        and all(_may_happen_twice(one, repeatable) for one in _between(entry(specs, name), here, behind))
    )


def _is_on_every_way(specs: Mapping[str, Any], passed: Any, here: Any) -> bool:
    return here not in _reached(specs[_BEGINS], "outputs", avoiding=passed)


def _between(start: Any, here: Any, behind: set[Any]) -> set[Any]:
    return {start, here} | (_reached(start, "outputs") & behind)


def _reached(spec: Any, way: str, avoiding: Any = None) -> set[Any]:
    found: set[Any] = set()
    pending = [spec]
    while pending:
        fresh = [one for one in getattr(pending.pop(), way) if one not in found and one is not avoiding]
        found.update(fresh)
        pending.extend(fresh)
    return found


def _may_happen_twice(spec: Any, repeatable: Collection[str]) -> bool:
    if isinstance(spec, ServiceTaskMixin):
        return spec.operation_name in repeatable
    if isinstance(spec, IntermediateCatchEvent):
        return isinstance(spec.event_definition, TimerEventDefinition)
    return isinstance(spec, _HARMLESS) or spec.name.endswith((_OPENS, _CLOSES))
