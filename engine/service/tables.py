"""Asking a decision table outside a process: one answer, or all of them, whatever its hit policy."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.decisions.decision import Decision
from engine.bpmn.language.expressions import Language


def first(decision: Decision, facts: Mapping[str, object], language: Language) -> dict[str, Any]:
    """Return the first answer of a table, {} when no rule fits; ExpressionRefused naming the rule."""
    answer = decision.decide(facts, language)
    return answer if isinstance(answer, dict) else next(iter(answer), {})


def every(decision: Decision, facts: Mapping[str, object], language: Language) -> list[dict[str, Any]]:
    """Return all answers of a table in rule order; ExpressionRefused naming the rule."""
    answer = decision.decide(facts, language)
    return answer if isinstance(answer, list) else [answer] * bool(answer)
