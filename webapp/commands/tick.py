"""casefile tick."""

from datetime import date, datetime
from itertools import count

import click

from engine.domain.calendar import FIRST_YEAR, format_moment, start_of_day
from engine.service import clockwork
from engine.service.clock import VirtualClock
from webapp.commands.output import as_json, counted, print_json, progress, say
from webapp.commands.parameters import MOMENT, shown
from webapp.commands.settings import council


@click.command("tick", short_help="Do once what is due, now or up to a moment.")
@click.option("--at", "moment", type=MOMENT, help="Do everything due up to this moment, such as 2027-01-12T09:00.")
@as_json
def command(moment: datetime | None, json_wanted: bool) -> None:
    """Do once what is due: timers, reminders, overdue notices, and what begins by the calendar.

    With --at the clock is moved by hand, from one due moment to the next: so you see today what a later day brings.
    That is for demonstrations and tests. What is done is done, and the event log shows the later moments.

    With --json: {"done": n, "next": moment or null}.
    """
    clock = None if moment is None else VirtualClock(start_of_day(date(FIRST_YEAR, 1, 1)))
    with council(clock) as engine, progress("Doing what is due") as tell:
        if moment is None or clock is None:
            done = clockwork.tick(engine)
        else:
            passed = count(1)
            done = clockwork.tick_until(engine, clock, moment, lambda _due: tell(next(passed)))
        following = clockwork.next_moment(engine)
    if json_wanted:
        print_json({"done": done, "next": None if following is None else format_moment(following)})
    else:
        say(f"Done: {counted(done, 'piece')} of work." if done else "Nothing was due.")
        say("Nothing waits." if following is None else f"Next is something due on {shown(following)}.")
