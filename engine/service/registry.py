"""The service operations that diagrams may call, by name. Each is bound to the open transaction.

Another operation needs a developer; everything else about a process does not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from engine.bpmn.definitions import Deployment
from engine.errors import StepFailed
from engine.service.command import Command

Called = TypeVar("Called", bound=Callable[..., object])

_OPERATIONS: dict[str, Callable[..., object]] = {}
_REPEATABLE: set[str] = set()
_SKIPPABLE: set[str] = set()


@dataclass(frozen=True)
class Operating:
    """What an operation works on: the open transaction, the instance that calls it and its process data."""

    command: Command
    instance: str
    parent: str | None
    deployment: Deployment
    data: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a process variable that must be there, such as "case"; StepFailed when it is not."""
        value = self.data.get(name)
        if value is None:
            raise StepFailed(process="The process", element="a service task", reason=f"there is no value for {name}")
        return str(value)


def operation(function: Called) -> Called:
    """Offer `function(work, **parameters)` to diagrams under its own name; its docstring explains it to owners."""
    _OPERATIONS[function.__name__] = function
    return function


def repeatable(function: Called) -> Called:
    """Say that calling an operation a second time tells the same again and falsifies no record: work may be moved back
    over it (`engine.bpmn.runtime.ways_back`).
    """
    _REPEATABLE.add(function.__name__)
    return function


def skippable(function: Called) -> Called:
    """Say that no record is falsified when an operation is left out, as it only tells somebody of something. Whether a
    step of it that failed may be skipped is asked of skipping.dmn (`engine.bpmn.skipping`).
    """
    _SKIPPABLE.add(function.__name__)
    return function


def skippable_operations() -> frozenset[str]:
    """Return the names of the operations without which no record is falsified."""
    return frozenset(_SKIPPABLE)


def repeatable_operations() -> frozenset[str]:
    """Return the names of the operations that may be called a second time."""
    return frozenset(_REPEATABLE)


def registered(work: Operating) -> Mapping[str, Callable[..., object]]:
    """Return all operations as operation(data, **parameters), bound to `work`."""
    return {name: partial(_call, function, work) for name, function in _OPERATIONS.items()}


def all_operations() -> Mapping[str, Callable[..., object]]:
    """Return every operation by name."""
    return dict(_OPERATIONS)


def _call(function: Callable[..., object], work: Operating, data: Mapping[str, Any], **parameters: object) -> object:
    return function(replace(work, data=data), **parameters)
