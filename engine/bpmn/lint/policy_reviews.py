"""Every part of the policy has an owner that is a post, and is looked at again: policy_reviews.dmn (R-18)."""

import ast
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from engine.bpmn.decisions.decision import Decision, Rule
from engine.bpmn.parts import KINDS, Part
from engine.bpmn.phrases import quoted_texts, result_of
from engine.domain.problems import Problem, meant

REVIEWS: Final = "policy_reviews"
KIND, PART = "kind", "part"
OWNER, LENGTH, LOOKED_AT_ON = "owner", "length", "looked_at_on"
_FIRST = "FIRST"


def policy_reviews(
    decision: Decision | None, file: str, parts: Iterable[Part], posts: frozenset[str] | None
) -> Iterator[Problem]:
    """Report rows without a known post as owner, or of parts there are not, and months or days that are none.

    A table that is read by the first row that fits has a row for everything, or the check of tables reports a gap.
    `posts` is None when there is no readable table of them.
    """
    if decision is None:
        return
    shape = list(_of_shape(decision))
    yield from (Problem(file, decision.id, "review-columns", message) for message in shape)
    if shape:
        return
    asked = {KIND: frozenset(KINDS), PART: frozenset(one.name for one in parts)}
    for rule in decision.rules:
        for code, message in (*_of_asking(decision, rule, asked), *_of_answer(decision, rule, posts)):
            yield Problem(file, rule.id, code, message)


def _of_shape(decision: Decision) -> Iterator[str]:
    if decision.hit_policy != _FIRST:
        yield f"The table “{decision.title}” needs the hit policy FIRST, so that each part has one owner."
    for unknown in sorted({one.expression for one in decision.inputs} - {KIND, PART}):
        yield f"The table “{decision.title}” asks for {unknown}. It may ask for {KIND} and {PART} alone."
    for absent in sorted({OWNER, LENGTH, LOOKED_AT_ON} - {one.name for one in decision.outputs}):
        yield f"The table “{decision.title}” has no output column named {absent}. Add it."


def _of_asking(decision: Decision, rule: Rule, asked: dict[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    for column, cell in zip(decision.inputs, rule.inputs, strict=True):
        known = asked[column.expression]
        for name in sorted(set(quoted_texts(cell)) - known):
            there = meant(name, known)
            yield (
                f"unknown-{column.expression}",
                f"The row names the {column.expression} “{name}”, which does not exist. {there}",
            )


def _of_answer(decision: Decision, rule: Rule, posts: frozenset[str] | None) -> Iterator[tuple[str, str]]:
    cells = {column.name: cell for column, cell in zip(decision.outputs, rule.outputs, strict=True)}
    owner, months, day = (_literal(cells[name]) for name in (OWNER, LENGTH, LOOKED_AT_ON))
    if posts is not None and owner not in posts:
        there = meant(str(owner), posts)
        yield "unknown-post", f"The owner {cells[OWNER]} is no post of posts.dmn. {there}"
    if not (type(months) is int and 1 <= months <= 120):
        yield "review-length", f"{cells[LENGTH]} is no number of months. Write a whole number from 1 to 120."
    if day is not None and not _is_day(day):
        yield "review-day", f'{cells[LOOKED_AT_ON]} is no day. Write None, or a day such as "2027-11-20".'


def _literal(cell: str) -> object:
    """Return the value of a cell that is one text, number or None; ... for any other."""
    value = result_of(cell)
    return value.value if isinstance(value, ast.Constant) else ...


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
