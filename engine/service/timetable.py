"""When recurring processes begin: the rules of schedules.dmn, and the day that comes next."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from engine.bpmn.definitions import Deployment
from engine.domain.calendar import LONDON, local_day
from engine.service.command import Command
from engine.service.tables import every
from engine.store import schedules

SCHEDULES = "schedules"


def arrange(command: Command, deployment: Deployment, start: datetime) -> None:
    """Give every recurring process that `deployment`, in force from `start`, brings its first day from then on."""
    known = schedules.processes(command.connection)
    day_before = local_day(start) - timedelta(days=1)
    for process, rule in _rules(deployment).items():
        if process not in known:
            schedules.add(command.connection, process, occurrence(rule, day_before))


def move(command: Command, row: Any) -> bool:
    """Move a schedule to its next day; False when the policy in force has it no more, and it ends."""
    rule = _rules(command.policy).get(row.process)
    if rule is None:
        schedules.end(command.connection, row.process)
        return False
    schedules.move(command.connection, row.process, occurrence(rule, local_day(row.next_at)))
    return True


def occurrence(rule: Mapping[str, Any], after: date) -> datetime:
    """Return the first moment of a rule (day_of_month, clipped to the month's end, and hour) later than a day."""
    year, month = after.year, after.month
    while True:
        day = date(year, month, min(int(rule["day_of_month"]), monthrange(year, month)[1]))
        if day > after:
            return datetime.combine(day, time(int(rule["hour"])), LONDON)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _rules(deployment: Deployment) -> dict[str, Mapping[str, Any]]:
    rows = every(deployment.decision(SCHEDULES), {"calendar": "England"}, deployment.language({}))
    return {str(row["process"]): row for row in rows}
