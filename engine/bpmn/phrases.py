"""What an expression or script says, read without running it."""

import ast
from collections.abc import Iterator
from functools import lru_cache

from engine.bpmn.language.text import tidy
from engine.bpmn.language.values import LanguageError

MOST_CHARACTERS = 4_000


@lru_cache(maxsize=4096)
def _tree(source: str) -> ast.AST | None:
    if len(source) > MOST_CHARACTERS:
        return None
    try:
        return ast.parse(source.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _nodes(source: str) -> Iterator[ast.AST]:
    tree = _tree(source)
    return iter(()) if tree is None else ast.walk(tree)


def result_of(source: str) -> ast.expr | None:
    """Return the syntax of an expression's value, None when it is no single expression."""
    tree = _tree(source)
    if not isinstance(tree, ast.Module) or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return None
    return tree.body[0].value


def choices(source: str) -> list[ast.expr]:
    """Return the values an expression may have: both branches of `a if c else b`, else the one value."""
    pending, found = [result_of(source)], []
    while pending:
        value = pending.pop()
        if isinstance(value, ast.IfExp):
            pending += [value.orelse, value.body]
        elif value is not None:
            found.append(value)
    return found


def literal_texts(source: str) -> list[str]:
    """Return the quoted texts an expression may give; texts it computes are not known here."""
    return [one.value for one in choices(source) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def quoted_texts(source: str) -> list[str]:
    """Return every quoted text in a cell of a decision table, or in an expression."""
    try:
        written = tidy(source, "cell")
    except LanguageError:
        written = source
    return [node.value for node in _nodes(written) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def names_read(source: str) -> frozenset[str]:
    """Return the names an expression or script uses, functions among them."""
    return frozenset(
        node.id for node in _nodes(source) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def names_assigned(script: str) -> frozenset[str]:
    """Return the names a script sets, those whose parts it changes (`record["x"] = 1`) among them."""
    found: set[str] = set()
    for node in _nodes(script):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.update(part.id for part in ast.walk(node.value) if isinstance(part, ast.Name))
    return frozenset(found)


def first_arguments(source: str, function: str) -> list[str]:
    """Return the quoted first arguments of calls to `function`."""
    return [
        node.args[0].value
        for node in _nodes(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == function
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]
