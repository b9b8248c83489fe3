"""What a silent failure is: a drawing, what the stock library makes of it, and how the linter must name it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow

from tests.factories.diagrams import diagram
from tests.factories.stock import stock

Proof = Callable[[bytes], None]


@dataclass(frozen=True)
class Silent:
    """A drawing, the element and code under which it must be named, and what the stock library does with it."""

    drawing: bytes
    element: str
    code: str
    proof: Proof


def errand(*parts: str, top: str = "") -> bytes:
    """A diagram of the given parts; `begun` and `done` are its start and end unless the parts draw others."""
    return diagram("errand", *parts, top=top)


def runs(expected: Callable[[BpmnWorkflow], bool]) -> Proof:
    """The stock library parses and runs it without complaint, and then `expected` holds."""

    def proof(drawing: bytes) -> None:
        assert expected(stock(drawing))

    return proof


def stops(error: type[Exception]) -> Proof:
    """The stock library parses it, and only a running case finds out."""

    def proof(drawing: bytes) -> None:
        with pytest.raises(error):
            stock(drawing)

    return proof
