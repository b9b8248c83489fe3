"""What a form's expressions speak of, read without running them."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.bpmn.forms.model import Reveal
from engine.bpmn.phrases import result_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS = "facts"


def spelled_out(expression: str, conditions: Mapping[str, str]) -> str:
    """The expression with the names of a form's `conditions` replaced by what they stand for.

    What is no expression stays as it is, for the language to refuse.
    """
    if not conditions:
        return expression
    try:
        tree = ast.parse(expression.strip(), mode="eval")
        return ast.unparse(_SpellingOut(conditions).visit(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return expression


class _SpellingOut(ast.NodeTransformer):
    def __init__(self, conditions: Mapping[str, str]) -> None:
        self._conditions = conditions

    def visit_Name(self, node: ast.Name) -> ast.expr:
        meaning = self._conditions.get(node.id)
        return ast.parse(meaning.strip(), mode="eval").body if meaning else node


@lru_cache(maxsize=4096)
def facts_of(expression: str) -> frozenset[str]:
    """The facts an expression names: `today` for facts.today and for facts["today"]."""
    result = result_of(expression)
    return frozenset(fact for node in (ast.walk(result) if result else ()) for fact in [_fact_named(node)] if fact)


def reveal_of(expression: str) -> Reveal | None:
    """The plain choice behind `grade == "good"`, `grade in ["good", "poor"]` or `"worker" in met`, if it is one."""
    result = result_of(expression)
    if not isinstance(result, ast.Compare) or len(result.ops) != 1:
        return None
    left, operator, right = result.left, result.ops[0], result.comparators[0]
    if isinstance(left, ast.Name) and isinstance(operator, ast.Eq | ast.In):
        return _reveal(left, right)
    if isinstance(right, ast.Name) and isinstance(operator, ast.In):
        return _reveal(right, left)
    return None


def _reveal(question: ast.Name, answers: ast.expr) -> Reveal | None:
    listed = answers.elts if isinstance(answers, ast.List | ast.Tuple) else [answers]
    values = [item.value for item in listed if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return Reveal(question.id, tuple(values)) if values and len(values) == len(listed) else None


def _fact_named(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == FACTS:
        return node.attr
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == FACTS
        and isinstance(node.slice, ast.Constant)
    ):
        return str(node.slice.value)
    return None
