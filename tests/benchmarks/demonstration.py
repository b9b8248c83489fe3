"""The demonstration council: how long its whole past takes before it can be shown first."""

from pathlib import Path

from tests.benchmarks.measuring import Figure, seconds
from webapp.demo.running import set_up

GOAL = 60


def demonstration(folder: Path) -> list[Figure]:
    """Set the demonstration up as `casefile demo` does."""

    def live() -> None:
        set_up(folder / "demo.db").database.close()

    return [Figure("the demonstration, set up with its whole past", seconds(live), "s", GOAL)]
