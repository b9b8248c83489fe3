"""The answers a question of a decision table may get, as far as its cells tell them apart."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from engine.bpmn.language.expressions import Language
from engine.bpmn.language.text import INPUT, tidy
from engine.errors import ExpressionRefused

_ORDERING: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_FRACTIONS: Final = frozenset({"number", "double", "float", "decimal"})
_OTHER_TEXT: Final = "anything else"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, standing for all that no cell tells apart from it. `words` show it to the owner of a table;
    one that is not named stands for whatever no cell names.
    """

    value: object
    words: str
    is_named: bool = True


@lru_cache(maxsize=4096)
def syntax_of(cell: str) -> ast.expr:
    """Return the syntax of a cell that compiles, before it is completed to a comparison."""
    return ast.parse(tidy(cell, "cell"), mode="eval").body


def is_plain(cell: str) -> bool:
    """Whether a cell only compares its input with literals, so that what it accepts can be reckoned."""
    return _is_plain(syntax_of(cell))


def is_literal(cell: str) -> bool:
    """Whether a cell is one text, number, True, False or None."""
    return isinstance(syntax_of(cell), ast.Constant)


def accepted(cell: str, answers: Sequence[Answer], language: Language) -> frozenset[int]:
    """Return the places of the answers that a plain cell accepts."""
    syntax = syntax_of(cell)
    if isinstance(syntax, ast.Constant):
        return frozenset(place for place, answer in enumerate(answers) if answer.value == syntax.value)
    return frozenset(place for place, answer in enumerate(answers) if _fits(cell, answer, language))


def answers_told_apart(cells: Iterable[str], types: Iterable[str]) -> tuple[Answer, ...]:
    """Return the answers that the plain cells of a question tell apart.

    Those are the literals in the cells, True and False for a question of yes or no, and a number in each interval
    between compared numbers: whole numbers unless a column's type or a literal says otherwise. Where all that can be
    answered is not told by these, one more answer stands for the rest.
    """
    trees = [syntax_of(cell) for cell in cells]
    literals = [literal for tree in trees for literal in _literals(tree)]
    is_ordered = any(isinstance(node, _ORDERING) for tree in trees for node in ast.walk(tree))
    flags = "boolean" in types or any(isinstance(one, bool) for one in literals)
    numbers = sorted({one for one in literals if isinstance(one, int | float) and not isinstance(one, bool)})
    texts = sorted({one for one in literals if isinstance(one, str)})
    values: list[object] = [True, False] if flags else []
    if is_ordered:
        fractions = any(isinstance(one, float) for one in numbers) or not _FRACTIONS.isdisjoint(types)
        values += [*_intervals(numbers, fractions), *_text_intervals(texts)]
    else:
        values += [*numbers, *texts]
    found = [Answer(value, _words(value)) for value in [*values, *([None] if None in literals else [])]]
    if found and not flags and not is_ordered:
        found.append(_rest(numbers))
    return tuple(found) or (Answer(None, ""),)


def _rest(numbers: Sequence[int | float]) -> Answer:
    if numbers:
        return Answer(numbers[-1] + 1, str(numbers[-1] + 1), is_named=False)
    return Answer(_OTHER_TEXT, _OTHER_TEXT, is_named=False)


def _is_plain(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name == INPUT
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            return _is_plain(operand)
        case ast.BoolOp(values=values):
            return all(map(_is_plain, values))
        case ast.Compare(left=left, ops=comparisons, comparators=others):
            return _is_plain(left) and all(map(_is_plain_side, comparisons, others))
    return False


def _is_plain_side(comparison: ast.cmpop, node: ast.expr) -> bool:
    if isinstance(comparison, ast.In | ast.NotIn):
        return isinstance(node, ast.List | ast.Tuple) and all(map(_is_plain, node.elts))
    return _is_plain(node)


def _literals(node: ast.AST) -> Iterator[str | int | float | None]:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            yield -number
        case ast.Constant(value=str() | int() | float() | None as value):
            yield value
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _literals(child)


def _intervals(marks: Sequence[int | float], fractions: bool) -> Iterator[int | float]:
    if marks:
        yield marks[0] - 1
        yield from marks
        for lower, upper in pairwise(marks):
            if fractions:
                yield (lower + upper) / 2
            elif upper - lower > 1:
                yield lower + 1
        yield marks[-1] + 1


def _text_intervals(marks: Sequence[str]) -> Iterator[str]:
    if marks:
        yield ""
        yield from marks
        yield from (f"{mark} " for mark in marks)


def _fits(cell: str, answer: Answer, language: Language) -> bool:
    try:
        return language.matches(cell, answer.value, {})
    except ExpressionRefused:
        return False


def _words(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
