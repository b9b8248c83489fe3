"""The grammar of the owners' language: syntax that is not listed here does not exist.

Each listed kind of syntax is rebuilt from its parts. What has no bound of its own becomes a call to a guard; tuples and
generators become lists.
"""

import ast
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Final

from engine.bpmn.language.remedies import refused_method, refused_node, refused_word
from engine.bpmn.language.text import INPUT, Kind
from engine.bpmn.language.values import INTEGER_LIMIT, LanguageError

METER: Final = "_meter"

_SYMBOLS: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
_ORDERING: Final = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Grammar:
    """Rebuilds one expression, collecting the names it reads. Raises LanguageError for anything not listed."""

    def __init__(self, functions: frozenset[str], kind: Kind) -> None:
        self.reads: set[str] = set()
        self._functions = functions
        self._kind = kind
        self._in_loop = False
        self._loop_name: str | None = None

    def value(self, node: ast.expr) -> ast.expr:
        """Return the rebuilt expression."""
        rebuild = _EXPRESSIONS.get(type(node))
        if rebuild is None:
            raise refused_node(node)
        return rebuild(self, node)

    def name(self, name: str) -> str:
        """Return a name that data may have. LanguageError."""
        if name.startswith("_"):
            raise LanguageError("a name begins with _", "Write names that begin with a letter.")
        if name in self._functions:
            raise LanguageError(f"'{name}' is a function, not a value", f"Write {name}(...), or rename the value.")
        if refusal := refused_word(name):
            raise refusal
        return name

    def _read(self, node: ast.Name) -> ast.expr:
        if node.id != INPUT or self._kind != "cell":
            name = self.name(node.id)
            if name != self._loop_name:
                self.reads.add(name)
        return ast.Name(node.id, ast.Load())

    def _constant(self, node: ast.Constant) -> ast.expr:
        value = node.value
        if not isinstance(value, str | int | float | None):
            raise LanguageError("a value of this kind is not allowed", 'Write a number or a text such as "Good".')
        if (isinstance(value, int) and value >= INTEGER_LIMIT) or (isinstance(value, float) and not isfinite(value)):
            raise LanguageError("a number is too large", "Write numbers below 2**63.")
        return ast.Constant(value)

    def _both(self, node: ast.BoolOp) -> ast.expr:
        return ast.BoolOp(node.op, [self.value(one) for one in node.values])

    def _unary(self, node: ast.UnaryOp) -> ast.expr:
        operand = self.value(node.operand)
        match node.op:
            case ast.Not():
                return ast.UnaryOp(ast.Not(), operand)
            case ast.USub():
                return ast.UnaryOp(ast.USub(), operand) if _is_number(operand) else guarded("_negate", operand)
            case ast.UAdd():
                return guarded("_reckon", ast.Constant("+"), ast.Constant(0), operand)
        raise refused_node(node.op)

    def _reckoned(self, node: ast.BinOp) -> ast.expr:
        return self.reckoned(node.left, node.op, node.right)

    def reckoned(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.expr:
        """Return `left operator right`, guarded."""
        symbol = _SYMBOLS.get(type(operator))
        if symbol is None:
            raise refused_node(operator)
        return guarded("_reckon", ast.Constant(symbol), self.value(left), self.value(right))

    def _compared(self, node: ast.Compare) -> ast.expr:
        operands = [node.left, *node.comparators]
        guards: list[str | None] = [None] * len(operands)
        for place, comparison in enumerate(node.ops):
            left, right = _guards(comparison, operands[place], operands[place + 1])
            guards[place], guards[place + 1] = guards[place] or left, right
        rebuilt = [
            guarded(guard, self.value(operand)) if guard else self.value(operand)
            for operand, guard in zip(operands, guards, strict=True)
        ]
        return ast.Compare(rebuilt[0], node.ops, rebuilt[1:])

    def _chosen(self, node: ast.IfExp) -> ast.expr:
        return ast.IfExp(self.value(node.test), self.value(node.body), self.value(node.orelse))

    def _called(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Attribute):
            raise refused_method(node.func)
        if not isinstance(node.func, ast.Name):
            raise LanguageError("only a function can be called", "Write its name before the brackets.")
        name = node.func.id
        if name not in self._functions:
            known = ", ".join(sorted(self._functions))
            raise LanguageError(f"there is no function called '{name}' here", f"Functions here are: {known}.")
        named = [ast.keyword(self._keyword(one), self.value(one.value)) for one in node.keywords]
        return guarded("_call", ast.Constant(name), *map(self.value, node.args), named=named)

    def _keyword(self, node: ast.keyword) -> str:
        if node.arg is None:
            raise LanguageError("two stars are not allowed", "Name each value in the brackets.")
        if node.arg.startswith("_"):
            raise LanguageError("a name begins with _", "Write names that begin with a letter.")
        return node.arg

    def _field(self, node: ast.Attribute) -> ast.expr:
        if node.attr.startswith("_"):
            raise LanguageError("a field begins with _", "Write names that begin with a letter.")
        return guarded("_field", self.value(node.value), ast.Constant(node.attr))

    def _subscript(self, node: ast.Subscript) -> ast.expr:
        place = node.slice
        if not isinstance(place, ast.Slice):
            return guarded("_item", self.value(node.value), self.value(place))
        if place.step is not None:
            raise refused_node(place)
        ends = [self.value(end) if end else ast.Constant(None) for end in (place.lower, place.upper)]
        return guarded("_part", self.value(node.value), *ends)

    def _list(self, node: ast.List | ast.Tuple) -> ast.expr:
        return ast.List([self.value(one) for one in node.elts], ast.Load())

    def _record(self, node: ast.Dict) -> ast.expr:
        keys = [self.value(key) for key in node.keys if key is not None]
        if len(keys) != len(node.keys):
            raise LanguageError("two stars are not allowed", 'Write record["key"] = value in a script.')
        return ast.Dict(list[ast.expr | None](keys), [self.value(one) for one in node.values])

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp) -> ast.expr:
        if self._in_loop or len(node.generators) != 1:
            raise LanguageError("`for` stands inside `for`", "Go through one list at a time.")
        loop = node.generators[0]
        if loop.is_async or not isinstance(loop.target, ast.Name):
            raise LanguageError("`for` gives more than one name", "Write for x in list, then x.field or x[0].")
        self._in_loop = True
        source = guarded("_each", self.value(loop.iter))
        self._loop_name = self.name(loop.target.id)
        conditions = [self.value(one) for one in loop.ifs]
        rebuilt = ast.ListComp(
            self.value(node.elt), [ast.comprehension(ast.Name(self._loop_name, ast.Store()), source, conditions, 0)]
        )
        self._in_loop, self._loop_name = False, None
        return rebuilt

    def _words(self, node: ast.JoinedStr) -> ast.expr:
        return guarded("_words", *map(self.value, node.values))

    def _word(self, node: ast.FormattedValue) -> ast.expr:
        if node.conversion != -1 or node.format_spec is not None:
            raise LanguageError("a format stands in an f-text", 'Write f"{name}" alone, with round(x, 2) for digits.')
        return self.value(node.value)


def guarded(guard: str, *args: ast.expr, named: list[ast.keyword] | None = None) -> ast.expr:
    """Return the call of a guard, which gets the run's meter first."""
    return ast.Call(ast.Name(guard, ast.Load()), [ast.Name(METER, ast.Load()), *args], named or [])


def _guards(comparison: ast.cmpop, left: ast.expr, right: ast.expr) -> tuple[str | None, str | None]:
    """Return the guards two operands need. Comparing with a literal costs next to nothing."""
    if isinstance(comparison, ast.In | ast.NotIn):
        if _is_literal_list(right):
            return None, None
        return None if _is_literal(left) else "_weigh", "_searchable"
    if isinstance(comparison, _ORDERING):
        free = _is_literal(left) or _is_literal(right)
        return (None, None) if free else ("_weigh", "_weigh")
    if isinstance(right, ast.Constant) and (right.value is None or isinstance(right.value, bool)):
        return None, None
    raise LanguageError("'is' compares with None only", "Write == or != instead.")


def _is_literal(node: ast.expr) -> bool:
    inner = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    return isinstance(inner, ast.Constant)


def _is_literal_list(node: ast.expr) -> bool:
    return isinstance(node, ast.List | ast.Tuple) and all(map(_is_literal, node.elts))


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


_EXPRESSIONS: Final[Mapping[type[ast.expr], Callable[..., ast.expr]]] = {
    ast.Name: Grammar._read,
    ast.Constant: Grammar._constant,
    ast.BoolOp: Grammar._both,
    ast.UnaryOp: Grammar._unary,
    ast.BinOp: Grammar._reckoned,
    ast.Compare: Grammar._compared,
    ast.IfExp: Grammar._chosen,
    ast.Call: Grammar._called,
    ast.Attribute: Grammar._field,
    ast.Subscript: Grammar._subscript,
    ast.List: Grammar._list,
    ast.Tuple: Grammar._list,
    ast.Dict: Grammar._record,
    ast.ListComp: Grammar._comprehension,
    ast.GeneratorExp: Grammar._comprehension,
    ast.JoinedStr: Grammar._words,
    ast.FormattedValue: Grammar._word,
}
