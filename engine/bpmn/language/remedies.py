"""What to write instead of what the owners' language does not have."""

import ast
import re
from collections.abc import Mapping
from typing import Final

from engine.bpmn.language.text import INPUT, without_quoted
from engine.bpmn.language.values import LanguageError

_NO_LOOP: Final = ("a loop", "Use sum(...) or any(... for x in list), or [... for x in list].")
_TABLE: Final = "Put the rule in a decision table."
_NO_IMPORT: Final = "Use the functions at hand, or ask a developer for a new one."
_SCRIPT: Final = "Put the assignment in a script task, or ask with ==."
_NO_ERRORS: Final = "Ask first with `if`, for instance if len(list) > 0."
_LIST: Final = "Write a list [...] instead."

_BY_NODE: Final[Mapping[type[ast.AST], tuple[str, str]]] = {
    ast.For: _NO_LOOP,
    ast.AsyncFor: _NO_LOOP,
    ast.While: _NO_LOOP,
    ast.FunctionDef: ("a definition of a function", _TABLE),
    ast.AsyncFunctionDef: ("a definition of a function", _TABLE),
    ast.Lambda: ("a function without a name", _TABLE),
    ast.ClassDef: ("a class", _TABLE),
    ast.Match: ("match", _TABLE),
    ast.Return: ("return", "Assign the value to a name, such as result = x."),
    ast.Import: ("an import", _NO_IMPORT),
    ast.ImportFrom: ("an import", _NO_IMPORT),
    ast.Try: ("try", _NO_ERRORS),
    ast.TryStar: ("try", _NO_ERRORS),
    ast.Raise: ("raise", "Use an error end event in the diagram."),
    ast.Assert: ("assert", "Use `if`, or a gateway in the diagram."),
    ast.With: ("with", "Use a service task for work outside the diagram."),
    ast.AsyncWith: ("with", "Use a service task for work outside the diagram."),
    ast.Delete: ("del", "Write name = None."),
    ast.Global: ("global", "Leave the line out; every name is a process variable."),
    ast.Nonlocal: ("nonlocal", "Leave the line out; every name is a process variable."),
    ast.Break: _NO_LOOP,
    ast.Continue: _NO_LOOP,
    ast.Expr: ("a line that changes nothing", "Write name = ... to keep its value."),
    ast.AnnAssign: ("a type", "Write name = value."),
    ast.Assign: ("an assignment", _SCRIPT),
    ast.AugAssign: ("an assignment", _SCRIPT),
    ast.If: ("a statement", "Write a if condition else b."),
    ast.Pass: ("a statement", "Write an expression such as score > 2."),
    ast.NamedExpr: ("an assignment inside an expression", "Put the assignment on a line of its own in a script."),
    ast.Starred: ("a star", "Name each item, or join lists with +."),
    ast.Set: ("a set", _LIST),
    ast.SetComp: ("a set", _LIST),
    ast.DictComp: ("a record made by `for`", _LIST),
    ast.Await: ("await", "Leave it out."),
    ast.Yield: ("yield", "Assign the value to a name."),
    ast.YieldFrom: ("yield", "Assign the value to a name."),
    ast.Slice: ("a part with a step", "Write text[first:last] or list[first:last]."),
    ast.Pow: ("a power", "Write x * x."),
    ast.MatMult: ("@", "Write a * b."),
    ast.LShift: ("a shift", "Write x * 2."),
    ast.RShift: ("a shift", "Write x // 2."),
    ast.BitAnd: ("&", "Write a and b."),
    ast.BitOr: ("|", "Write a or b, or join lists with +."),
    ast.BitXor: ("^", "Write a != b, or x * x for a power."),
    ast.Invert: ("~", "Write not x."),
}

_BY_METHOD: Final[Mapping[str, str]] = {
    "upper": "Use upper(text).",
    "lower": "Use lower(text).",
    "title": "Use upper(text[:1]) + text[1:].",
    "capitalize": "Use upper(text[:1]) + lower(text[1:]).",
    "startswith": 'Use text[:3] == "abc".',
    "startsWith": 'Use text[:3] == "abc".',
    "endswith": 'Use text[-3:] == "abc".',
    "endsWith": 'Use text[-3:] == "abc".',
    "contains": 'Use "abc" in text.',
    "size": "Use len(list).",
    "exists": "Use any(x > 2 for x in list).",
    "all": "Use all(x > 2 for x in list).",
    "map": "Use [x * 2 for x in list].",
    "filter": "Use [x for x in list if x > 2].",
    "get": 'Use record["key"] if "key" in record else None.',
    "keys": "Use [key for key in record].",
    "values": "Use [record[key] for key in record].",
    "items": "Use [[key, record[key]] for key in record].",
    "append": "Use list = list + [item].",
    "extend": "Use list = list + other.",
    "insert": "Use list = [item] + list.",
    "remove": "Use list = [x for x in list if x != item].",
    "pop": "Use list = list[1:].",
    "clear": "Use list = [] or record = {}.",
    "update": 'Use record["key"] = value, one line for each key.',
    "count": "Use sum(x == item for x in list).",
    "copy": "Use other = list; a change to one never changes the other.",
    "sort": "Use sorted(list).",
    "format": 'Use f"Audit of {case}".',
    "format_map": 'Use f"Audit of {case}".',
    "join": 'Use f"{first}, {second}".',
}
_OTHER_METHOD: Final = "Use lower(text), upper(text) or another function at hand."
_VALUE: Final = re.compile(r"\b(?:text|list|record)\b")

_BY_WORD: Final[Mapping[str, str]] = {
    "true": "Write True.",
    "false": "Write False.",
    "null": "Write None.",
    "none": "Write None.",
}

_TWO_WORDS: Final = re.compile(r"\b[A-Za-z]\w*\s+(?!(?:and|or|in|is|not|if|else|for)\b)[A-Za-z]")
_BY_SYNTAX: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"^(?:async\s+)?(?:for|while)\b"), _NO_LOOP[1]),
    (re.compile(r"^@|^(?:async\s+)?(?:def|class)\b|\blambda\b"), _TABLE),
    (re.compile(r"^(?:import|from)\b"), _NO_IMPORT),
    (re.compile(r"^(?:try|with|raise|assert)\b"), _NO_ERRORS),
    (re.compile(r"\bsatisfies\b"), "Write any(x > 2 for x in list) or all(x > 2 for x in list)."),
    (re.compile(r"\?.*:"), "Write a if condition else b."),
    (re.compile(r"&&"), "Write `and` for &&."),
    (re.compile(r"\|\|"), "Write `or` for ||."),
    (re.compile(r"<>"), "Write != for <>."),
    (re.compile(r"!(?!=)"), "Write `not` for !."),
    (re.compile(r"(?<![=!<>:+\-*/%|&^])=(?!=)"), "Write == to compare."),
    (re.compile(r"\bthen\b"), "Write a if condition else b."),
    (re.compile(r"[“”„‘’]"), 'Write straight quotes: "Good".'),
    (re.compile(r"\$|#\{"), "Write the name alone, without ${...}."),
    (re.compile(r"\?"), "Name the value; ? stands for the input in a decision table only."),
    (re.compile(r"\b(?:not\s+)?between\b"), "Write 1 <= x <= 5."),
    (_TWO_WORDS, 'Put words in quotes: "Good".'),
)
_KINDS: Final = "Compare and join like with like; ask `x is not None` first where a value may be missing."
_BY_EXCEPTION: Final[Mapping[type[Exception], tuple[str, str]]] = {
    ZeroDivisionError: ("it divides by zero", "Write a / b if b != 0 else 0."),
    OverflowError: ("a number grows too large", "Reckon with smaller numbers."),
    RecursionError: ("it is nested too deeply", "Split it, or use a decision table."),
    MemoryError: ("it takes too much memory", "Use shorter lists and texts."),
}
_COMPARED: Final = re.compile(r"'(<|<=|>|>=)' not supported between instances of '(\w+)' and '(\w+)'")
_PYTHON_TYPES: Final[Mapping[str, str]] = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "True or False",
    "list": "a list",
    "dict": "a record",
    "NoneType": "None",
}
_CHECK: Final = "Check brackets, quotes and operators."


def refused_node(node: ast.AST) -> LanguageError:
    """Return the refusal of a kind of syntax that the language does not have."""
    reason, remedy = _BY_NODE.get(type(node), ("something the language does not have", _TABLE))
    return LanguageError(f"{reason} is not allowed{_line(node)}", remedy)


def refused_method(method: ast.Attribute) -> LanguageError:
    """Return the refusal of `value.method(...)`, told for the very value when it has a name."""
    remedy = _BY_METHOD.get(method.attr, _OTHER_METHOD)
    if isinstance(method.value, ast.Name):
        remedy = _VALUE.sub("?" if method.value.id == INPUT else method.value.id, remedy)
    return LanguageError(f"the method .{method.attr}() is not allowed", remedy)


def refused_word(name: str) -> LanguageError | None:
    """Return the refusal of a word of another language for True, False or None."""
    remedy = _BY_WORD.get(name)
    return LanguageError(f"'{name}' is no name here", remedy) if remedy else None


def refused_syntax(source: str, error: Exception) -> LanguageError:
    """Return the refusal of a text that does not parse."""
    try:
        statement = ast.parse(source).body[0]
    except Exception:
        bare = without_quoted(source)
        remedy = next((remedy for pattern, remedy in _BY_SYNTAX if pattern.search(bare)), _CHECK)
        detail = error.msg if isinstance(error, SyntaxError) and error.msg else "it is nested too deeply"
        return LanguageError(f"it cannot be read: {detail}", remedy)
    return refused_node(statement)


def refused_exception(error: Exception) -> LanguageError:
    """Return the refusal of a run that failed, without the message of the error: it might hold a value."""
    reason, remedy = _BY_EXCEPTION.get(type(error), ("it cannot be reckoned with these values", _KINDS))
    compared = _COMPARED.fullmatch(str(error)) if isinstance(error, TypeError) else None
    if compared is not None:
        sides = " with ".join(_PYTHON_TYPES.get(name, "other data") for name in compared.groups()[1:])
        return LanguageError(f"'{compared[1]}' cannot compare {sides}", _KINDS)
    return LanguageError(reason, remedy)


def _line(node: ast.AST) -> str:
    line = getattr(node, "lineno", 1)
    return f" (line {line})" if line > 1 else ""
