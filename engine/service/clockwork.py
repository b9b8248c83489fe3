"""What is due: timers, reminders and recurring processes, each claimed and done in a transaction of its own.

The cost of a tick follows what is due, not what waits: it reads one indexed moment.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

from engine.domain.calendar import LONDON, format_moment, local_day
from engine.errors import NotNow
from engine.service import incidents, instances
from engine.service.clock import VirtualClock
from engine.service.command import CLOCK, Command, Question
from engine.service.cycles import begin_scheduled
from engine.service.engine import Engine
from engine.store import instances as instance_rows
from engine.store import schedules

SCHEDULES = "schedules"


def tick(engine: Engine, most: int = 1_000_000) -> int:
    """Do everything that is due now, at most `most` pieces, in due order; return how many were done.

    A piece that fails is kept as an incident and left aside, so that it never holds up the rest.
    """
    done = 0
    while done < most and (_begin_scheduled(engine) or incidents.try_one_again(engine) or _catch_up_one(engine)):
        done += 1
    return done


def tick_until(
    engine: Engine, clock: VirtualClock, moment: datetime, told: Callable[[datetime], None] = lambda _due: None
) -> int:
    """Let time pass until `moment` on the engine's own `clock`, doing everything at the moment at which it falls due;
    `told` hears of each such moment. Return how many pieces were done. NotNow when something due cannot be done.
    """
    done = 0
    while (due := next_moment(engine)) is not None and due <= moment:
        clock.move_to(due)
        told(due)
        pieces = tick(engine)
        if pieces == 0:
            raise NotNow(doing=f"What was due at {format_moment(due)}", reason="nothing came of trying it")
        done += pieces
    clock.move_to(moment)
    return done


def next_moment(engine: Engine) -> datetime | None:
    """Return the next moment at which something is due, None when nothing waits."""
    return engine.ask(_next_moment)


def _next_moment(question: Question) -> datetime | None:
    found = (
        instance_rows.next_due(question.connection),
        schedules.next_at(question.connection),
        incidents.next_try(question),
    )
    return min((moment for moment in found if moment is not None), default=None)


def _catch_up_one(engine: Engine) -> bool:
    claimed: list[str] = []
    try:
        return engine.run(CLOCK, partial(_claim, claimed))
    except Exception as failure:
        if not claimed:
            raise
        incidents.stop(engine, claimed[-1], failure)
        return True


def _claim(claimed: list[str], command: Command) -> bool:
    row = instance_rows.first_due(command.connection, command.now)
    if row is None:
        return False
    claimed.append(row.id)
    instances.catch_up(command, instances.load(command, row.id))
    return True


def _begin_scheduled(engine: Engine) -> bool:
    claimed: list[Any] = []
    try:
        return engine.run(CLOCK, partial(_claim_schedule, claimed))
    except Exception as failure:
        if not claimed:
            raise
        engine.run(CLOCK, partial(_skip, claimed[-1], failure))
        return True


def _claim_schedule(claimed: list[Any], command: Command) -> bool:
    row = schedules.due(command.connection, command.now)
    if row is None:
        return False
    claimed.append(row)
    if _move(command, row):
        begin_scheduled(command, row.process, local_day(row.next_at))
    return True


def _skip(row: Any, failure: Exception, command: Command) -> None:
    incidents.skip(command, row.process, local_day(row.next_at).isoformat(), failure)
    _move(command, row)


def _move(command: Command, row: Any) -> bool:
    """Move a schedule to its next occurrence; False when the policy in force has it no more, and it ends."""
    rule = next((one for one in command.collect(SCHEDULES, calendar="England") if one["process"] == row.process), None)
    if rule is None:
        schedules.end(command.connection, row.process)
        return False
    schedules.move(command.connection, row.process, _occurrence(rule, local_day(row.next_at)))
    return True


def arrange(command: Command) -> None:
    """Give every recurring process of the policy in force (schedules.dmn) its next occurrence."""
    known = schedules.processes(command.connection)
    for row in command.collect(SCHEDULES, calendar="England"):
        if row["process"] not in known:
            at = _occurrence(row, date.fromordinal(command.today.toordinal() - 1))
            schedules.add(command.connection, str(row["process"]), at)


def _occurrence(rule: Mapping[str, Any], after: date) -> datetime:
    """Return the first occurrence on a day later than `after`."""
    year, month = after.year, after.month
    while True:
        day = date(year, month, min(int(rule["day_of_month"]), monthrange(year, month)[1]))
        if day > after:
            return datetime.combine(day, time(int(rule["hour"])), LONDON)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
