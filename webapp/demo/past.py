"""Months in the life of the demonstration council, lived through the service on a clock of its own.

The audit periods begin by themselves, and everybody does with their tasks what habits.toml says. Nothing is put into
the database in any other way, so that the event log of the past can be verified like any other.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from engine.domain.calendar import LONDON, local_day
from engine.service import clockwork
from engine.service.clock import VirtualClock
from engine.service.engine import Engine
from engine.service.inboxes import waiting
from webapp.demo import council, happenings
from webapp.demo.deeds import Past, do
from webapp.demo.habits import Habits

DAYS = 212
MORNING = time(10)
RECENTLY = timedelta(minutes=10)

Told = Callable[[date], None]


def live(engine: Engine, days: int = DAYS, told: Told = lambda _day: None) -> None:
    """Set up the demonstration council in the empty database of `engine`, and let it live from `days` ago until now.

    `told` hears of each month that begins.
    """
    until = engine.clock.now()
    clock = VirtualClock(until - timedelta(days=days))
    past = Past(Engine(engine.database, clock), clock, until)
    council.load(past.engine)
    lived = Habits()
    day = first = local_day(clock.now())
    while (morning := datetime.combine(day, MORNING, LONDON)) < until - RECENTLY:
        if day.day == 1 or day == first:
            told(day)
        clockwork.tick_until(past.engine, clock, morning)
        happenings.of_the_day(past, day)
        _do_the_day(past, lived)
        day += timedelta(days=1)
    clockwork.tick_until(past.engine, clock, until - RECENTLY)
    happenings.concern(past)
    clockwork.tick_until(past.engine, clock, until)


def _do_the_day(past: Past, lived: Habits) -> None:
    today, calendar = waiting.calendar(past.engine)
    if not calendar.is_working_day(today):
        return
    done: set[str] = set()
    for one in waiting.for_everybody(past.engine):
        for task in one.tasks:
            if task.id not in done:
                done.add(task.id)
                for step in lived.due(task, calendar.between(local_day(task.opened_at), today)):
                    do(past, one.person.username, task, step)
