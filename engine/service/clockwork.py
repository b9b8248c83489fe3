"""What is due: timers, reminders and recurring processes, each claimed and done in a transaction of its own.

The cost of a tick follows what is due, not what waits: it reads one indexed moment.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from engine.domain.calendar import LONDON, local_day
from engine.errors import StepFailed
from engine.service import instances
from engine.service.command import CLOCK, Command, Question
from engine.service.cycles import open_cycle
from engine.service.engine import Engine
from engine.store import instances as instance_rows
from engine.store import schedules

SCHEDULES = "schedules"


def tick(engine: Engine, most: int = 1_000_000) -> int:
    """Do everything that is due now, at most `most` pieces, in due order; return how many were done.

    A piece that fails is kept as an incident and left aside, so that it never holds up the rest.
    """
    done = 0
    while done < most and (_begin_scheduled(engine) or _catch_up_one(engine)):
        done += 1
    return done


def next_moment(engine: Engine) -> datetime | None:
    """Return the next moment at which something is due, None when nothing waits."""
    return engine.ask(_next_moment)


def _next_moment(question: Question) -> datetime | None:
    found = (instance_rows.next_due(question.connection), schedules.next_at(question.connection))
    return min((moment for moment in found if moment is not None), default=None)


def _catch_up_one(engine: Engine) -> bool:
    try:
        return engine.run(CLOCK, _claim)
    except StepFailed:
        return True


def _claim(command: Command) -> bool:
    row = instance_rows.first_due(command.connection, command.now)
    if row is not None:
        instances.catch_up(command, instances.load(command, row.id))
    return row is not None


def _begin_scheduled(engine: Engine) -> bool:
    return engine.run(CLOCK, _claim_schedule)


def _claim_schedule(command: Command) -> bool:
    row = schedules.due(command.connection, command.now)
    if row is None:
        return False
    open_cycle(command, row.process, local_day(row.next_at))
    schedules.move(command.connection, row.process, _occurrence(_rule(command, row.process), local_day(row.next_at)))
    return True


def arrange(command: Command) -> None:
    """Give every recurring process of the policy in force (schedules.dmn) its next occurrence."""
    known = schedules.processes(command.connection)
    for row in command.collect(SCHEDULES, calendar="England"):
        if row["process"] not in known:
            at = _occurrence(row, date.fromordinal(command.today.toordinal() - 1))
            schedules.add(command.connection, str(row["process"]), at)


def _rule(question: Question, process: str) -> Mapping[str, Any]:
    return next(row for row in question.collect(SCHEDULES, calendar="England") if row["process"] == process)


def _occurrence(rule: Mapping[str, Any], after: date) -> datetime:
    """Return the first occurrence on a day later than `after`."""
    year, month = after.year, after.month
    while True:
        day = date(year, month, min(int(rule["day_of_month"]), monthrange(year, month)[1]))
        if day > after:
            return datetime.combine(day, time(int(rule["hour"])), LONDON)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
