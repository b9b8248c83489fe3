"""The only module that knows APScheduler, which here does nothing but tick.

Nothing is kept in its job store: what is due stands in the database, and each tick claims it there. So any number of
processes may tick, and one that is killed loses nothing (design notes on reliability, 2.3).
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from engine.errors import Refusal
from engine.service.clock import Clock, SystemClock

# That a tick is left out while the one before still runs is meant, not worth a warning.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Loop:
    """Something done again and again: `once` does all that is due and returns; then it rests for `seconds`."""

    name: str
    seconds: float
    once: Callable[[], object]


def keep_ticking(
    loops: Sequence[Loop],
    stop: threading.Event,
    told: Callable[[str, Exception], None],
    clock: Clock | None = None,
) -> None:
    """Run every loop at once and then by its interval until `stop` is set; return when all have come to rest.

    A loop that fails is told of by name and tried again when it is next due; none holds up another, and none runs
    beside itself.
    """
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(len(loops))},
        timezone=UTC,
    )
    first = (clock or SystemClock()).now()
    for loop in loops:
        _add(scheduler, loop, first, told)
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)


def _add(scheduler: BackgroundScheduler, loop: Loop, first: datetime, told: Callable[[str, Exception], None]) -> None:
    scheduler.add_job(
        _watched(loop, told),
        "interval",
        seconds=loop.seconds,
        id=loop.name,
        next_run_time=first,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )


def _watched(loop: Loop, told: Callable[[str, Exception], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            loop.once()
        except Exception as error:
            told(loop.name, error)

    return run


def sentence_of(error: Exception) -> str:
    """Return what may be told of a loop's failure: the sentence of a refusal, otherwise only its kind.

    The message of any other error might hold what somebody wrote about a child.
    """
    return error.sentence if isinstance(error, Refusal) else f"It failed unexpectedly ({type(error).__name__})."
