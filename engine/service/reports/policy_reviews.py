"""When each part of the policy is looked at again: its owner and its months by policy_reviews.dmn (manual section 5:
“The audit process is subject to continuous review”; R-18).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.bpmn.parts import FORM, PROCESS, Part, parts_of
from engine.domain.calendar import local_day, months_later
from engine.service.command import Question
from engine.store import deployments

REVIEWS: Final = "policy_reviews"


@dataclass(frozen=True)
class Review:
    """A part of the policy in force with its title, the post that owns it, the day of the last look, and the day by
    which it is to be looked at again.
    """

    part: Part
    title: str
    owner: str
    looked_at_on: date
    review_on: date


def reviews(question: Question) -> list[Review]:
    """Return when each process, table and form of the policy in force is looked at again, the earliest first.

    The last look is the day from which its present content is in force, or a later day that its row gives.
    """
    found = []
    for path, changed_on in _changed(question).items():
        part = parts_of((path,))[path]
        row = question.decide(REVIEWS, kind=part.kind, part=part.name)
        last = max(changed_on, _looked_at(question, row["looked_at_on"]))
        due = months_later(last, int(row["length"]))
        found.append(Review(part, _title(question, part), str(row["owner"]), last, due))
    return sorted(found, key=lambda one: (one.review_on, one.part.kind, one.title))


def is_overdue(question: Question, review: Review) -> bool:
    """Whether the day by which a part was to be looked at again is past."""
    return review.review_on < question.today


def _looked_at(question: Question, day: str | None) -> date:
    """Return the day on which a part was looked at without a change; one that is still to come does not count."""
    looked_at = date.min if day is None else date.fromisoformat(day)
    return looked_at if looked_at <= question.today else date.min


def _changed(question: Question) -> Mapping[str, date]:
    """Return the day from which each part of the policy in force is as it is, by path."""
    changed: dict[str, date] = {}
    before: Mapping[str, bytes] = {}
    for moment, files in deployments.came_into_force(question.connection, question.now):
        new = {path: local_day(moment) for path in parts_of(files) if files[path] != before.get(path)}
        changed = {path: day for path, day in {**changed, **new}.items() if path in files}
        before = files
    return changed


def _title(question: Question, part: Part) -> str:
    policy, plain = question.policy, part.name.replace("_", " ").capitalize()
    if part.kind == PROCESS:
        process = policy.processes.get(part.name)
        return plain if process is None else process.name
    if part.kind == FORM:
        form = policy.forms.get(f"{part.name}.json")
        return plain if form is None else form.title
    table = policy.decisions.get(part.name)
    return plain if table is None else table.title
