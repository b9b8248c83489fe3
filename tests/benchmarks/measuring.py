"""Measuring so that a shared, noisy machine does not matter: pairs in turn, medians, ratios."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import event

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One line of the table. `goal` is the most that the value may be, None when it is only told."""

    name: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met, None without one."""
        return None if self.goal is None else self.value <= self.goal


def seconds(work: Work) -> float:
    """How long one piece of work takes by the wall, with the rubbish of the one before it collected first."""
    gc.collect(0)
    gc.disable()
    try:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began
    finally:
        gc.enable()


def in_turn(pairs: Iterator[tuple[Work, Work]]) -> list[tuple[float, float]]:
    """The seconds of each pair of works, one after the other."""
    return [(seconds(one), seconds(other)) for one, other in pairs]


def ratio(times: list[tuple[float, float]]) -> float:
    """The median of how many times longer the first of each pair took than the second."""
    return median(one / other for one, other in times)


def milliseconds(times: list[float]) -> float:
    return median(times) * 1_000


@contextmanager
def statements(engine: Any) -> Iterator[dict[str, int]]:
    """Count what is sent to a database meanwhile: statements (BEGIN left out) and commits."""
    found = {"statements": 0, "commits": 0}

    def executed(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found["statements"] += not statement.startswith("BEGIN")

    def committed(_connection: Any) -> None:
        found["commits"] += 1

    event.listen(engine, "before_cursor_execute", executed)
    event.listen(engine, "commit", committed)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "commit", committed)
