"""The gates of a form: checks over all answers and facts, asked when the answers they speak of are valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.errors import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from engine.bpmn.forms.model import Check
    from engine.bpmn.language.expressions import Language


def refusals(
    checks: tuple[Check, ...], names: Mapping[str, object], wrong: Collection[str], language: Language
) -> dict[str, list[str]]:
    """The sentences of every check that refuses, keyed by its question, else by its own id.

    A check which speaks of a question in `wrong` waits until that question is right. Raises ExpressionRefused when a
    check cannot be worked out: a gate that cannot be judged does not open.
    """
    found: dict[str, list[str]] = {}
    for check in checks:
        if language.reads(check.condition).isdisjoint(wrong) and check.question not in wrong:
            sentence = _refusal(check, names, language)
            if sentence:
                found.setdefault(check.question or check.id, []).append(sentence)
    return found


def _refusal(check: Check, names: Mapping[str, object], language: Language) -> str:
    result = language.evaluate(check.condition, names)
    missing: list[str] = []
    if check.must_mention:
        missing = unmentioned(names.get(check.question), _listed(check, result))
        result = bool(missing)
    return check.message.fill(language, {**names, "missing": missing}) if result else ""


def unmentioned(text: object, references: list[str]) -> list[str]:
    """Which of these references a text does not name. "OBS-11" is not named by "OBS-114"; case does not matter."""
    return [reference for reference in references if not _mentions(str(text or ""), reference)]


def _listed(check: Check, references: object) -> list[str]:
    if not isinstance(references, list | tuple):
        remedy = "Hand in the references as a list."
        raise ExpressionRefused(source=check.must_mention, reason="it gives no list", remedy=remedy)
    return [str(reference) for reference in references]


def _mentions(text: str, reference: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(reference)}(?!-?\w)", text, re.IGNORECASE))
