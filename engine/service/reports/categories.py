"""The natures of remedial actions, as the audit form of the policy in force words them."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from engine.service.audits.results import ACTIONS
from engine.service.reports.scope import Scope

FORM: Final = "audit.json"
CATEGORY: Final = "category"


def label_of(scope: Scope, category: str) -> str:
    """Return a category as the form words it; itself, in words, when the form knows it no more."""
    return labels(scope).get(category, category.replace("_", " "))


def labels(scope: Scope) -> dict[str, str]:
    """Return the label of every category."""
    if CATEGORY not in scope.kept:
        scope.kept[CATEGORY] = _labels(scope)
    found: dict[str, str] = scope.kept[CATEGORY]
    return found


def _labels(scope: Scope) -> dict[str, str]:
    form = scope.question.policy.forms.get(FORM)
    if form is None:
        return {}
    return {
        option.value: option.label for question in _categories(form.questions.values()) for option in question.options
    }


def _categories(questions: Iterable[Any]) -> Iterator[Any]:
    for question in questions:
        if question.id == ACTIONS:
            yield from (one for one in question.questions if one.id == CATEGORY)
