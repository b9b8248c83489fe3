"""A machine without a clock: whoever reads it, in the runtime or in SpiffWorkflow, fails."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NoReturn
from unittest.mock import patch

READS = ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "process_time", "thread_time")
ROOMS = ("engine.", "SpiffWorkflow.")


class ClockReadError(AssertionError):
    """Somebody asked the machine for the time."""


def _explode(*_arguments: object, **_keywords: object) -> NoReturn:
    raise ClockReadError("the machine's clock was read")


class _Datetime(datetime):
    now = utcnow = today = _explode


class _Date(date):
    today = _explode


@contextmanager
def no_clock() -> Iterator[None]:
    """Take every clock away, in all modules of the runtime and of the library."""
    patches: list[Any] = [patch.object(time, name, _explode) for name in READS]
    for name, module in list(sys.modules.items()):
        if name.startswith(ROOMS):
            patches += [patch.object(module, "datetime", _Datetime)] if vars(module).get("datetime") is datetime else []
            patches += [patch.object(module, "date", _Date)] if vars(module).get("date") is date else []
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in reversed(patches):
            one.stop()
