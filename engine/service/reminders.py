"""Reminders, overdue notices and escalations of tasks with a deadline, by reminders.dmn (requirement I-05).

They stand beside the process state as [moment, notice, post] lists by task key, so that one indexed `next_due`
covers them and the timers of the diagram alike.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from engine.bpmn.definitions import Deployment
from engine.domain.calendar import LONDON, format_moment, local_day, parse_moment
from engine.errors import ExpressionRefused
from engine.service.command import Question
from engine.service.tables import every

REMINDERS = "reminders"
HOLDER = "holder"

Waiting = Mapping[str, Sequence[Sequence[str]]]


def planned(question: Question, deadline: str | None, due: datetime | None) -> list[list[str]]:
    """Return the [moment, notice, to] of a task that is due at `due`, earliest first; none lies in the past."""
    if deadline is None or due is None:
        return []
    found = [
        [format_moment(_moment(question, row, local_day(due))), str(row["notice"]), str(row["to"])]
        for row in _rows(question, deadline)
    ]
    return sorted(one for one in found if parse_moment(one[0]) > question.now)


def _rows(question: Question, activity: str) -> Sequence[Mapping[str, Any]]:
    try:
        return _rows_at_any_time(question.policy, activity)
    except ExpressionRefused:
        # The table asks for the day or the moment.
        return question.collect(REMINDERS, activity=activity)


@lru_cache(maxsize=256)
def _rows_at_any_time(policy: Deployment, activity: str) -> tuple[Mapping[str, Any], ...]:
    """Return what a table says that needs no moment; it says the same for as long as it is used."""
    return tuple(every(policy.decision(REMINDERS), {"activity": activity}, policy.language({})))


def reminder_notices(question: Question) -> frozenset[str]:
    """Return the notices that remind of a due date before it has passed."""
    decision = question.policy.decision(REMINDERS)
    language = question.language
    found = (
        (int(str(language.evaluate(rule.outputs[0], {}))), str(language.evaluate(rule.outputs[2], {})))
        for rule in decision.rules
    )
    return frozenset(notice for offset, notice in found if offset < 0)


def _moment(question: Question, row: Mapping[str, Any], due_day: date) -> datetime:
    offset = int(row["offset_working_days"])
    calendar = question.calendar
    day = calendar.add(due_day, offset) if offset >= 0 else calendar.subtract(due_day, -offset)
    return datetime.combine(day, time(int(row["at"])), LONDON)


def first(waiting: Waiting) -> tuple[datetime, str] | None:
    """Return the moment and the task key of the earliest reminder, None when none waits."""
    heads = [(parse_moment(rows[0][0]), key) for key, rows in waiting.items() if rows]
    return min(heads) if heads else None


def without_first(waiting: Waiting, key: str) -> dict[str, list[list[str]]]:
    """Return the reminders without the first one of task `key`."""
    rest = {one: [list(row) for row in rows] for one, rows in waiting.items()}
    rest[key] = rest[key][1:]
    return {one: rows for one, rows in rest.items() if rows}
