"""What owners may call: the words of all rooms of operations together."""

from functools import cache

from engine.bpmn.vocabulary import Vocabulary
from engine.service import words
from engine.service.operations import (
    audit,
    closure,
    compliance,
    concern,
    cycle,
    disagreement,
    policy,
    recovery,
    reliability,
    remedial,
    reopening,
    reports,
    restricted,
    retention,
    support,
    sustained,
    thematic,
    training,
    work,
)

# Importing a room of operations registers them.
ROOMS = (
    audit,
    closure,
    compliance,
    concern,
    cycle,
    disagreement,
    policy,
    recovery,
    reliability,
    remedial,
    reopening,
    retention,
    reports,
    restricted,
    support,
    sustained,
    thematic,
    training,
    work,
)


@cache
def vocabulary() -> Vocabulary:
    """Return every function and service operation that diagrams, tables and forms may use."""
    return words.current()
