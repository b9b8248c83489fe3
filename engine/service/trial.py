"""Trying an expression or a script before it is written into a diagram, table or form."""

from collections.abc import Callable, Mapping

from engine.bpmn.expressions import Language
from engine.errors import ExpressionRefused


def try_expression(
    source: str, data: Mapping[str, object], functions: Mapping[str, Callable[..., object]], script: bool = False
) -> dict[str, object]:
    """Return {"value": the expression's value} or {"refused": a sentence that says what to write instead}.

    For a script the value is a record of the names it sets or changes. `data` may be any JSON, however hostile;
    it stays as it is. Nothing is raised and nothing is stored.
    """
    language = Language(functions)
    try:
        return {"value": language.execute(source, data) if script else language.evaluate(source, data)}
    except ExpressionRefused as refusal:
        return {"refused": refusal.sentence}
