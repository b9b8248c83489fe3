"""What owners may call: the words of all rooms of operations together."""

from functools import cache

from engine.bpmn.vocabulary import Vocabulary
from engine.service import (
    operations_audit,
    operations_closure,
    operations_compliance,
    operations_concern,
    operations_cycle,
    operations_disagreement,
    operations_policy,
    operations_recovery,
    operations_reliability,
    operations_remedial,
    operations_reopening,
    operations_reports,
    operations_retention,
    operations_support,
    operations_sustained,
    operations_thematic,
    operations_work,
    words,
)

# Importing a room of operations registers them.
ROOMS = (
    operations_audit,
    operations_closure,
    operations_compliance,
    operations_concern,
    operations_cycle,
    operations_disagreement,
    operations_policy,
    operations_recovery,
    operations_reliability,
    operations_remedial,
    operations_reopening,
    operations_retention,
    operations_reports,
    operations_support,
    operations_sustained,
    operations_thematic,
    operations_work,
)


@cache
def vocabulary() -> Vocabulary:
    """Return every function and service operation that diagrams, tables and forms may use."""
    return words.current()
