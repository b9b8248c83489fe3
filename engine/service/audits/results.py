"""The result of an audit in short: each section's grade with its merits and deficits (R-07, R-58, R-70)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.bpmn.forms.view import FormView, SectionView

# What the audit form adds to the id of each graded section.
GRADE, MERITS, DEFICITS = "_grade", "_merits", "_deficits"
# The audit form's rows, one for each remedial action that the auditor proposes.
ACTIONS: Final = "remedial_actions"
_PARTS: Final = (GRADE, MERITS, DEFICITS)


@dataclass(frozen=True)
class Result:
    """One graded section in words; "" where the form does not ask."""

    section: str
    grade: str
    merits: str
    deficits: str


def of_view(view: FormView) -> tuple[Result, ...]:
    """Return the graded sections of a form as it was sent, in its order; () for a form that grades nothing."""
    found = ((part.title, _answers(part)) for part in view.sections)
    return tuple(
        Result(title, answers[GRADE], answers.get(MERITS, ""), answers.get(DEFICITS, ""))
        for title, answers in found
        if answers.get(GRADE)
    )


def _answers(part: SectionView) -> Mapping[str, str]:
    return {end: one.answer for end in _PARTS for one in part.questions if one.shown and one.id.endswith(end)}
