"""Several people who press their buttons at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from engine.errors import Refusal


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each in a thread; return what each gave or how it was refused."""
    together = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        together.wait(10)
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result(60) for one in [threads.submit(do, act) for act in acts]]
