"""The words that policy may use, gathered from the functions and from the operations that are registered so far."""

from engine.bpmn.vocabulary import OperationSignature, Vocabulary
from engine.service.closure_request import WITHDRAWN
from engine.service.functions import NAMES
from engine.service.registry import all_operations


def current() -> Vocabulary:
    """Return every function and registered service operation that diagrams, tables and forms may use."""
    signatures = {name: OperationSignature.of(function) for name, function in all_operations().items()}
    return Vocabulary(functions=frozenset(NAMES), operations=signatures, messages=frozenset((WITHDRAWN,)))
