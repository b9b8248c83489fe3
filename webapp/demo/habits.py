"""What people of the demonstration do with their tasks, as habits.toml says."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from webapp.demo import chance
from webapp.demo.tables import settings

DAY = re.compile(r"day([+-]\d+)?")


@dataclass(frozen=True)
class Step:
    """Something done with a task a number of working days after it was opened: a deed by its name, or a process that
    is begun about its case, with answers.
    """

    days: int
    deed: str
    process: str | None
    answers: Mapping[str, Any]


class Habits:
    """Deals out to each task what becomes of it, the first time it is asked about."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()
        self._steps: dict[str, list[Step]] = {}

    def due(self, task: Any, waited: int) -> Sequence[Step]:
        """Return the steps that are due by now, and count them as done."""
        left = self._steps[task.id] if task.id in self._steps else self._deal(task)
        due = [step for step in left if step.days <= waited]
        self._steps[task.id] = [step for step in left if step.days > waited]
        return due

    def _deal(self, task: Any) -> list[Step]:
        place = chance.dealt(self._met[task.element])
        self._met[task.element] += 1
        for habit in settings("habits").get(task.element, ()):
            place -= habit["share"]
            if place < 0:
                return [_step(task, one) for one in habit["steps"]]
        return []


def on(day: date, answers: Any) -> Any:
    """Return answers with the days in them that are counted from `day`."""
    if isinstance(answers, Mapping):
        return {key: on(day, value) for key, value in answers.items()}
    if isinstance(answers, list):
        return [on(day, value) for value in answers]
    found = DAY.fullmatch(answers) if isinstance(answers, str) else None
    return answers if found is None else (day + timedelta(days=int(found[1] or 0))).isoformat()


def _step(task: Any, one: Mapping[str, Any]) -> Step:
    days = chance.between(*one["after"], task.case_ref or task.opened_at.date(), task.element)
    return Step(days, one.get("do", "begin"), one.get("begin"), one.get("answers", {}))
