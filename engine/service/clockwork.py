"""What is due: timers, reminders, recurring processes, and people whose last day is over.

Each is claimed and done in a transaction of its own.
The cost of a tick follows what is due, not what waits: it reads one indexed moment.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from engine.domain.calendar import format_moment, local_day, start_of_day
from engine.errors import NotNow
from engine.service import instances, timetable
from engine.service.audits.cycles import begin_scheduled
from engine.service.clock import VirtualClock
from engine.service.command import CLOCK, Command, Question
from engine.service.council import leavers
from engine.service.engine import Engine
from engine.service.overview import incidents
from engine.store import instances as instance_rows
from engine.store import schedules


def tick(engine: Engine, most: int = 1_000_000) -> int:
    """Do everything that is due now, at most `most` pieces, in due order; return how many were done.

    A piece that fails is kept as an incident and left aside, so that it never holds up the rest.
    """
    done = 0
    kinds = (_begin_scheduled, incidents.try_one_again, _catch_up_one, leavers.depart_on_day)
    while done < most and any(do_one(engine) for do_one in kinds):
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
        *(start_of_day(last_day + timedelta(days=1)) for last_day, _ in question.directory.leaving[:1]),
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
    if timetable.move(command, row):
        begin_scheduled(command, row.process, local_day(row.next_at))
    return True


def _skip(row: Any, failure: Exception, command: Command) -> None:
    incidents.skip(command, row.process, local_day(row.next_at).isoformat(), failure)
    timetable.move(command, row)
