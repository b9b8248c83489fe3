"""What decision tables name exists in the same snapshot: activities with a deadline, processes, notices."""

from collections.abc import Iterable, Iterator, Mapping

from engine.bpmn.decisions.decision import Decision
from engine.bpmn.phrases import quoted_texts
from engine.bpmn.policy import Policy
from engine.bpmn.ties import caught
from engine.domain.problems import Problem, meant

DEADLINES = "deadlines"
_ACTIVITY = "activity"


def names_in(decision: Decision | None) -> frozenset[str] | None:
    """Return the quoted texts in the first column of a table, None when there is no table."""
    if decision is None:
        return None
    return frozenset(text for rule in decision.rules for cell in rule.inputs[:1] for text in quoted_texts(cell))


def tables(decisions: Mapping[str, Decision], files: Mapping[str, str], policy: Policy) -> Iterator[Problem]:
    """Report names in tables that do not exist. `files` are the tables' paths by decision id.

    The column tells what is named: an input `activity` a row of the deadlines, an output `notice` or `process`
    a notice or process, an output `message` one that a diagram waits for.
    """
    for decision in decisions.values():
        for rule_id, what, name, known in _named(decision, policy):
            if name not in known:
                there = meant(name, known)
                yield Problem(
                    files[decision.id],
                    rule_id,
                    f"unknown-{what}",
                    f"The table “{decision.title}” names the {what} “{name}”, which does not exist. {there}",
                )


def missing(names: Iterable[str]) -> Iterator[Problem]:
    """Report tables that the engine asks itself and that the snapshot does not have."""
    for name in names:
        message = f"The table “{name}” is missing, and the council cannot work without it. Put it back."
        yield Problem(f"processes/{name}.dmn", "", "missing-table", message)


def _named(decision: Decision, policy: Policy) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    waited_for = frozenset(name for model in policy.models.values() for _, name in caught(model))
    outputs = {"notice": policy.notices, "process": policy.processes, "message": waited_for}
    for rule in decision.rules:
        for given, cell in zip(decision.inputs, rule.inputs, strict=True):
            if given.expression == _ACTIVITY and decision.id != DEADLINES and policy.deadlines is not None:
                for name in quoted_texts(cell):
                    yield rule.id, "deadline", name, policy.deadlines
        for answer, cell in zip(decision.outputs, rule.outputs, strict=True):
            if answer.name in outputs:
                for name in quoted_texts(cell):
                    yield rule.id, answer.name, name, outputs[answer.name]
