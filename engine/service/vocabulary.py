"""What owners may call, gathered from the functions and operations themselves."""

from functools import cache

from engine.bpmn.vocabulary import OperationSignature, Vocabulary
from engine.service import (
    operations_audit,
    operations_closure,
    operations_compliance,
    operations_concern,
    operations_cycle,
    operations_disagreement,
    operations_remedial,
    operations_reopening,
    operations_work,
)
from engine.service.closure_request import WITHDRAWN
from engine.service.functions import NAMES
from engine.service.registry import all_operations

# Importing a room of operations registers them.
ROOMS = (
    operations_audit,
    operations_closure,
    operations_compliance,
    operations_concern,
    operations_cycle,
    operations_disagreement,
    operations_remedial,
    operations_reopening,
    operations_work,
)


@cache
def vocabulary() -> Vocabulary:
    """Return every function and service operation that diagrams, tables and forms may use."""
    signatures = {name: OperationSignature.of(function) for name, function in all_operations().items()}
    return Vocabulary(functions=frozenset(NAMES), operations=signatures, messages=frozenset((WITHDRAWN,)))
