"""The words that diagrams, tables and forms may use: functions, service operations, and messages from outside."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class OperationSignature:
    """The parameters of a service operation. `takes_facts` lets it have any further parameter.

    A parameter called `notice`, `process`, `message`, `post` or `to` (a post, too) names one: a literal value is
    checked against the notices, processes, messages and posts of the snapshot.
    """

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    takes_facts: bool = False

    @classmethod
    def of(cls, operation: Callable[..., object]) -> "OperationSignature":
        """Return the signature of `operation(data, ...)`; its first parameter is the process data."""
        parameters = list(inspect.signature(operation).parameters.values())[1:]
        named = [one for one in parameters if one.kind is not inspect.Parameter.VAR_KEYWORD]
        return cls(
            required=frozenset(one.name for one in named if one.default is inspect.Parameter.empty),
            optional=frozenset(one.name for one in named if one.default is not inspect.Parameter.empty),
            takes_facts=len(named) < len(parameters),
        )


@dataclass(frozen=True)
class Vocabulary:
    """What policy files may call. `messages` are sent by the engine itself and need no sender in a diagram, and the
    tables called `decisions` must be there because the engine asks them itself. So must the `files`: by path, what
    reads each of them and raises Unreadable. `subjects` are the names of the figures, tables, columns and words that
    reports can show, by subject. Without the `skippable` operations no record is falsified.
    """

    functions: frozenset[str]
    operations: Mapping[str, OperationSignature]
    messages: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
    subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    files: Mapping[str, Callable[[bytes], object]] = field(default_factory=dict)
    skippable: frozenset[str] = frozenset()

    @cached_property
    def fingerprint(self) -> int:
        """A number that is equal for equal vocabularies within one run of the program."""
        operations, subjects = frozenset(self.operations.items()), frozenset(self.subjects.items())
        return hash((self.functions, operations, self.messages, self.decisions, subjects, self.skippable))

    def __hash__(self) -> int:
        return self.fingerprint
