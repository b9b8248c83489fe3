"""Every expression and script is in the owners' language, and every variable has a name it can keep."""

from collections.abc import Iterator

from engine.bpmn.model import Model, attribute, title
from engine.bpmn.phrases import names_assigned
from engine.bpmn.policy import Policy
from engine.bpmn.sites import Site, sites_of, variables_of
from engine.domain.problems import Problem
from engine.errors import ExpressionRefused

_PYTHON = ("", "python")
_KEPT = frozenset(("data_objects",))
_KEPT_REASON = "the engine keeps that name for itself."


def expressions(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report expressions and scripts that the language refuses, and those marked as another language."""
    for site in sites_of(model):
        yield from _compiled(model, policy, site)
    for tag in ("conditionExpression", "condition", "timeDate", "timeDuration", "completionCondition"):
        for element in model.of_kind(tag):
            if attribute(element, "language").lower() not in _PYTHON:
                yield model.problem(
                    element,
                    "expression-language",
                    f"An expression is marked as {attribute(element, 'language')}, which is ignored. "
                    "Write it in the language of this manual and remove the mark.",
                )


def _compiled(model: Model, policy: Policy, site: Site) -> Iterator[Problem]:
    where = f"{site.what} of “{title(site.element)}”"
    if not site.source:
        yield model.problem(site.element, "expression-empty", f"{where} is empty. Write it or remove it.")
        return
    try:
        policy.language.check(site.source, site.kind)
    except ExpressionRefused as refusal:
        yield model.problem(site.element, "expression", f"{where}: {refusal.sentence}")


def variables(model: Model, policy: Policy) -> Iterator[Problem]:
    """Report variables whose names are no names, hide a function, or make an instance unreadable."""
    for element, what, name in variables_of(model):
        reason = refusal_of_name(name, policy)
        if reason:
            yield model.problem(
                element,
                "variable-name",
                f"{what} of “{title(element)}” cannot be called “{name}”: {reason} Choose another name.",
            )
    for site in sites_of(model):
        for name in sorted(names_assigned(site.source) & _KEPT) if site.kind == "script" else ():
            yield model.problem(
                site.element, "variable-name", f"{site.what} of “{title(site.element)}” sets {name}: {_KEPT_REASON}"
            )


def refusal_of_name(name: str, policy: Policy) -> str:
    """Return a sentence why a process variable may not be called `name`, "" when it may."""
    if not name.isidentifier():
        return "it is not one word of letters, digits and underscores."
    if name in _KEPT:
        return _KEPT_REASON
    try:
        policy.language.check(f"{name} = 0", "script")
    except ExpressionRefused as refusal:
        return refusal.sentence
    return ""
