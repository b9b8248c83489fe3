"""How a record is graded in the demonstration, by its auditor and by a reviewer, as grades.toml says."""

from collections.abc import Iterator
from typing import Any

from webapp.demo import chance, town
from webapp.demo.tables import settings

# Grades that stand in the form of a review, with `overall`, for the whole record.
REVIEWED = ("safety", "chronology", "assessment", "voice", "plan", "oversight", "difference")
WHOLE = "overall"


def audit(case: str) -> dict[str, Any]:
    """Return the answers of an audit: grades, merits and deficits, and what is to be remedied."""
    told = settings("grades")
    whole = _whole(case)
    answers: dict[str, Any] = {
        "overall_grade": whole,
        "overall_reason": "The child is safe; what is weak is small.",
    }
    for section in told["sections"]:
        grade = _section(case, section)
        answers[f"{section}_grade"] = grade
        answers[f"{section}_grade_evidence"] = f"{told['merits'][grade]} {told['deficits'][grade]}"
        answers[f"{section}_merits"], answers[f"{section}_deficits"] = told["merits"][grade], told["deficits"][grade]
    actions = list(_actions(case, whole))
    return {**answers, "remedial_action_required": "yes" if actions else "no", "remedial_actions": actions}


def review(case: str) -> dict[str, Any]:
    """Return the answers of a review: the reviewer's own grades, which are mostly those of the auditor."""
    own = {f"{section}_grade": _reviewed(case, section, _section(case, section)) for section in REVIEWED}
    own["overall_grade"] = _reviewed(case, WHOLE, _whole(case))
    differs = own["overall_grade"] != _whole(case)
    reason = "The record does not bear out the overall grade; see the plan and the visits."
    return {**own, "outcome": "agreed_with_changes", "reason": reason} if differs else {**own, "outcome": "agreed"}


def reading(case: str, reader: str, item: int) -> int:
    """Return the grade from 1 to 4 that an officer gives to an item of a record that all read alone."""
    shared = 2 + chance.of_hundred(case, item) % 2
    return shared - (1 if chance.of_hundred(case, reader, item) < 100 - settings("grades")["agreed"] else 0)


def is_fulfilled(case: str, action: int) -> bool:
    """Tell whether a check after some months finds a remedial action done."""
    return chance.of_hundred(case, action, "fulfilled") < int(settings("grades")["fulfilled"])


def _whole(case: str) -> str:
    told = settings("grades")
    return str(told["grades"][chance.weighted(told["whole"][town.teams()[case]], case, WHOLE)])


def _section(case: str, section: str) -> str:
    told = settings("grades")
    whole, lot = _whole(case), chance.of_hundred(case, section)
    weaker = chance.of_hundred(case, section, "weaker") < told["weaker"].get(section, 0)
    step = 0 if lot < told["alike"] else 1 if lot % 2 else -1
    return _off(whole, step - weaker)


def _reviewed(case: str, section: str, grade: str) -> str:
    lot = chance.of_hundred(case, section, "review")
    return grade if lot < settings("grades")["agreed"] else _off(grade, 1 if lot % 2 else -1)


def _off(grade: str, step: int) -> str:
    grades = settings("grades")["grades"]
    return str(grades[min(max(grades.index(grade) + step, 0), len(grades) - 1)])


def _actions(case: str, whole: str) -> Iterator[dict[str, str]]:
    told = settings("grades")
    first = chance.of_hundred(case, "remedy")
    for number in range(told["actions"][whole]):
        remedy = told["remedy"][(first + number) % len(told["remedy"])]
        yield {**remedy, "priority": "within_25_working_days"}
