"""What a diagram tells apart, read from its expressions: so that walks over it take every way, whatever is drawn."""

import ast
import random
from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.model import Model, attribute, extension
from engine.bpmn.runtime.moment import Moment
from engine.bpmn.sites import sites_of
from tests.factories.running import Choices, Scripted

SOME_DAY = "2026-12-15"
Path = tuple[str, ...]


class Listed(tuple[Any, ...]):
    """A list as an answer, which can stand in a set."""


def variables_in(model: Model) -> Choices:
    """The choices for each variable that an expression of the diagram reads."""
    return {path[0]: options for path, options in _choices(model).items() if len(path) == 1}


def answers_in(model: Model) -> Mapping[str, Scripted]:
    """What each service operation of the diagram whose result is read may answer, by its name."""
    choices = _choices(model)
    found: dict[str, Scripted] = {}
    for node in model.nodes.values():
        operator = extension(node, "serviceTaskOperator")
        if operator is not None and (variable := attribute(operator, "resultVariable")):
            fields = {path[1]: options for path, options in choices.items() if path[0] == variable and len(path) == 2}
            found[attribute(operator, "id")] = _scripted(fields, choices.get((variable,), (SOME_DAY,)))
    return found


def _scripted(fields: Choices, alone: tuple[Any, ...]) -> Scripted:
    def answer(chance: random.Random, _moment: Moment) -> object:
        if fields:
            return {name: _plain(chance.choice(options)) for name, options in fields.items()}
        return _plain(chance.choice(alone))

    return answer


def _plain(answer: object) -> object:
    return list(answer) if isinstance(answer, Listed) else answer


def _choices(model: Model) -> dict[Path, tuple[Any, ...]]:
    found: dict[Path, set[Any]] = {}
    for site in sites_of(model):
        tree = ast.parse(site.source.strip())
        for path in _paths(tree):
            found.setdefault(path, set())
        if site.what == "The condition":
            for path, value in _told_apart(tree.body[0].value):  # type: ignore[attr-defined]
                found[path].add(value)
    return {path: tuple(sorted(values, key=repr)) or (SOME_DAY,) for path, values in found.items()}


def _paths(tree: ast.AST) -> Iterator[Path]:
    """Every name and every `record.field` that is read; functions are none."""
    functions = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    records = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if node not in functions | records and (path := _path(node)):
            yield path


def _path(node: ast.AST) -> Path:
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Attribute(value=ast.Name(id=record), attr=field):
            return record, field
    return ()


def _told_apart(node: ast.expr) -> Iterator[tuple[Path, Any]]:
    match node:
        case ast.Compare(left=ast.Call(func=ast.Name(id="len"), args=[counted])):
            yield from ((_path(counted), Listed()), (_path(counted), Listed(("one",))))
        case ast.Compare(left=left, comparators=[ast.Constant(value=str(value))]):
            yield from ((_path(left), value), (_path(left), "something else"))
        case ast.Compare(left=left, comparators=[ast.Constant(value=int(value))]):
            yield from ((_path(left), value), (_path(left), value + 1))
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from _told_apart(part)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            yield from _told_apart(part)
        case ast.Name() | ast.Attribute():
            yield from ((_path(node), True), (_path(node), False))
