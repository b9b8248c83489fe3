"""Checking and compiling the owners' language, once for each source."""

import ast
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Final

from engine.bpmn.language.cells import Scalar, completed_cell, values_named
from engine.bpmn.language.grammar import Grammar
from engine.bpmn.language.remedies import refused_syntax
from engine.bpmn.language.scripts import ScriptGrammar
from engine.bpmn.language.text import Kind, foreign_characters, tidy
from engine.bpmn.language.values import LanguageError

MOST_NODES: Final = 300
MOST_DEPTH: Final = 40

_UNCOUNTED: Final = (ast.expr_context, ast.operator, ast.boolop, ast.cmpop, ast.unaryop)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A source ready to run: its code, the names it reads from the data and the names it may set.

    `named` are the values that a cell fits, when it does no more than name them.
    """

    code: CodeType
    reads: tuple[str, ...]
    writes: tuple[str, ...] = ()
    named: frozenset[Scalar] | None = None


@lru_cache(maxsize=8192)
def compile_source(source: str, kind: Kind, functions: frozenset[str]) -> Compiled:
    """Return the compiled source, in which only `functions` can be called. Raises LanguageError.

    At most 2,000 characters, 300 pieces of syntax and 40 levels.
    """
    text = tidy(source, kind)
    try:
        return _compiled_script(text, functions) if kind == "script" else _compiled_value(text, kind, functions)
    except LanguageError:
        raise
    except Exception as error:
        raise refused_syntax(text, error) from None


def _compiled_script(text: str, functions: frozenset[str]) -> Compiled:
    tree = ast.parse(text)
    _refuse_size(tree)
    _refuse_foreign_names(tree, text)
    grammar = ScriptGrammar(functions)
    rebuilt = ast.fix_missing_locations(ast.Module(grammar.lines(tree.body), []))
    code = compile(rebuilt, "<policy>", "exec", dont_inherit=True)
    return Compiled(code, tuple(sorted(grammar.reads)), tuple(sorted(grammar.writes)))


def _compiled_value(text: str, kind: Kind, functions: frozenset[str]) -> Compiled:
    tree = ast.parse(text, mode="eval")
    _refuse_size(tree)
    _refuse_foreign_names(tree, text)
    grammar = Grammar(functions, kind)
    completed = completed_cell(tree) if kind == "cell" else tree
    rebuilt = grammar.value(completed.body)
    code = compile(ast.fix_missing_locations(ast.Expression(rebuilt)), "<policy>", "eval", dont_inherit=True)
    return Compiled(code, tuple(sorted(grammar.reads)), named=values_named(completed) if kind == "cell" else None)


def _refuse_size(tree: ast.AST) -> None:
    level: list[ast.AST] = [tree]
    nodes = depth = 0
    while level:
        nodes, depth = nodes + len(level), depth + 1
        if nodes > MOST_NODES or depth > MOST_DEPTH:
            raise LanguageError("it is too long or nested too deeply", "Split it, or use a decision table.")
        children = (child for node in level for child in ast.iter_child_nodes(node))
        level = [child for child in children if not isinstance(child, _UNCOUNTED)]


def _refuse_foreign_names(tree: ast.AST, text: str) -> None:
    """Only quoted text may be non-ASCII: Python reads some other letters as names the eye does not see."""
    if text.isascii():
        return
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    quoted = sum(foreign_characters(value) for value in values if isinstance(value, str))
    if quoted != foreign_characters(text):
        raise LanguageError("a name holds a letter outside a to z", "Write names with a to z, 0 to 9 and _ only.")
