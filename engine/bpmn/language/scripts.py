"""The statements of scripts: assignments, `if` and `pass`.

Values are never changed in place: `record["a"]["b"] = 1` sets `record` to a copy that shares the parts left alone.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Final

from engine.bpmn.language.grammar import Grammar, guarded
from engine.bpmn.language.remedies import refused_node
from engine.bpmn.language.values import RESERVED_NAME, LanguageError


class ScriptGrammar(Grammar):
    """Rebuilds a script, collecting also the names it may set."""

    def __init__(self, functions: frozenset[str]) -> None:
        super().__init__(functions, "script")
        self.writes: set[str] = set()

    def lines(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Return the rebuilt statements. LanguageError."""
        return [self._line(statement) for statement in body]

    def _line(self, statement: ast.stmt) -> ast.stmt:
        rebuild = _STATEMENTS.get(type(statement))
        if rebuild is None:
            raise refused_node(statement)
        return rebuild(self, statement)

    def _assign(self, node: ast.Assign) -> ast.stmt:
        if len(node.targets) != 1:
            raise LanguageError("several names are set at once", "Write one assignment a line.")
        return self._set(node.targets[0], self.value(node.value))

    def _increase(self, node: ast.AugAssign) -> ast.stmt:
        return self._set(node.target, self.reckoned(node.target, node.op, node.value))

    def _set(self, target: ast.expr, value: ast.expr) -> ast.stmt:
        keys: list[ast.expr] = []
        while isinstance(target, ast.Subscript):
            keys.append(self.value(target.slice))
            target = target.value
        if isinstance(target, ast.Attribute):
            raise LanguageError("a field is set with a dot", 'Write record["field"] = value.')
        if not isinstance(target, ast.Name):
            raise LanguageError("something other than a name is set", "Write name = value, one a line.")
        name = self.name(target.id)
        if name == RESERVED_NAME:
            raise LanguageError(f"the name {name} is reserved", "Use another name.")
        self.writes.add(name)
        if keys:
            self.reads.add(name)
            value = guarded("_put", ast.Name(name, ast.Load()), ast.List(keys[::-1], ast.Load()), value)
        return ast.Assign([ast.Name(name, ast.Store())], value)

    def _if(self, node: ast.If) -> ast.stmt:
        return ast.If(self.value(node.test), self.lines(node.body), self.lines(node.orelse))

    def _pass(self, node: ast.Pass) -> ast.stmt:
        return node


_STATEMENTS: Final[Mapping[type[ast.stmt], Callable[..., ast.stmt]]] = {
    ast.Assign: ScriptGrammar._assign,
    ast.AugAssign: ScriptGrammar._increase,
    ast.If: ScriptGrammar._if,
    ast.Pass: ScriptGrammar._pass,
}
