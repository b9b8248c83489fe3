"""The cells of decision tables: what a cell without `?` means, and the idioms of other tools it must not swallow."""

import ast
from collections.abc import Sequence
from typing import cast

from engine.bpmn.language.text import INPUT
from engine.bpmn.language.values import LanguageError

Scalar = str | float | None

_Literal = ast.Constant | ast.Tuple | ast.List


def completed_cell(tree: ast.Expression) -> ast.Expression:
    """Return the cell as a question about its input: `"Good"` becomes `? == "Good"`. Raises LanguageError."""
    body = tree.body
    _refuse_idioms(body)
    if asks_input(body):
        return tree
    return ast.Expression(ast.Compare(ast.Name(INPUT, ast.Load()), [ast.Eq()], [body]))


def values_named(cell: ast.Expression) -> frozenset[Scalar] | None:
    """Return the values that a completed cell fits when it only names them (`? == "Good"`, `? in ["Good", "Fair"]`),
    None when it must be reckoned.
    """
    match cell.body:
        case ast.Compare(left=ast.Name(id=left), ops=[ast.Eq()], comparators=[ast.Constant() as value]):
            named = [value]
        case ast.Compare(left=ast.Name(id=left), ops=[ast.In()], comparators=[ast.List(elts=values)]):
            named = [value for value in values if isinstance(value, ast.Constant)]
            if len(named) != len(values):
                return None
        case _:
            return None
    return frozenset(cast(Scalar, one.value) for one in named) if left == INPUT else None


def asks_input(node: ast.AST) -> bool:
    """Whether the syntax names the input of the cell."""
    return any(isinstance(one, ast.Name) and one.id == INPUT for one in ast.walk(node))


def _refuse_idioms(body: ast.expr) -> None:
    match body:
        case ast.Tuple(elts=values):
            raise LanguageError("a list of values needs `in`", f"Write in [{_written(values)}].")
        case ast.UnaryOp(op=ast.Not(), operand=ast.Tuple(elts=values) | ast.List(elts=values)):
            raise LanguageError("not(...) is no comparison", f"Write not in [{_written(values)}].")
        case ast.UnaryOp(op=ast.Not(), operand=ast.Constant() as value):
            raise LanguageError("not(...) is no comparison", f"Write != {_written([value])}.")
        case ast.BoolOp(values=values) if any(isinstance(value, _Literal) for value in values):
            literals = [value for value in values if isinstance(value, _Literal)]
            raise LanguageError("a value stands alone beside `and` or `or`", f"Write in [{_written(literals)}, ...].")


def _written(values: Sequence[ast.expr]) -> str:
    written = ", ".join(ast.unparse(value) for value in values).replace(INPUT, "?")
    return written if len(written) <= 60 else '"one", "other"'
