"""skipping.dmn lets no step be skipped that belongs to a hard gate, or that does more than tell people (1.7)."""

from collections.abc import Iterable, Iterator
from typing import Final

from engine.bpmn.decisions.decision import Decision
from engine.bpmn.facts import ElementFacts, facts_of
from engine.bpmn.language.expressions import Language
from engine.bpmn.model import Model
from engine.bpmn.skipping import ELEMENT, OPERATION, PROCESS, reason_against
from engine.domain.problems import Problem
from engine.errors import ExpressionRefused

ALLOWED, REASON = "allowed", "reason"
_ASKED: Final = frozenset((PROCESS, OPERATION, ELEMENT))
_FIRST = "FIRST"


def skipped_steps(
    decision: Decision | None, file: str, models: Iterable[Model], skippable: frozenset[str]
) -> Iterator[Problem]:
    """Report a table of another shape, and every step of a diagram that it allows to skip and that may never be."""
    if decision is None:
        return
    shape = list(_of_shape(decision))
    yield from (Problem(file, decision.id, "skipping-columns", message) for message in shape)
    for facts in [] if shape else [one for model in models for one in facts_of(model).values()]:
        against = reason_against(facts, skippable)
        if facts.operation is not None and against is not None and _allows(decision, facts):
            message = f"The table lets “{facts.name}” of {facts.process} be skipped, but {against}. Shut it out above."
            yield Problem(file, facts.id, "skips-gate", message)


def _of_shape(decision: Decision) -> Iterator[str]:
    if decision.hit_policy != _FIRST:
        yield f"The table “{decision.title}” needs the hit policy FIRST, so that each step has one answer."
    for unknown in sorted({one.expression for one in decision.inputs} - _ASKED):
        yield f"The table “{decision.title}” asks for {unknown}. It may ask for {', '.join(sorted(_ASKED))} alone."
    for absent in sorted({ALLOWED, REASON} - {one.name for one in decision.outputs}):
        yield f"The table “{decision.title}” has no output column named {absent}. Add it."


def _allows(decision: Decision, facts: ElementFacts) -> bool:
    asked = {PROCESS: facts.process, OPERATION: facts.operation, ELEMENT: facts.id}
    try:
        answer = decision.decide(asked, Language({}))
    except ExpressionRefused:
        return True
    return isinstance(answer, dict) and answer.get(ALLOWED) is not False
