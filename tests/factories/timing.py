"""How long work takes, whatever else the machine and the collector are doing."""

import gc
from collections.abc import Callable
from time import process_time


def least_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Return the least processor seconds that `work` takes in a few runs without garbage collection.

    For bounds on what hostile input may cost. How fast ordinary work is, the benchmarks say.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return min(_seconds(work) for _ in range(runs))
    finally:
        if collecting:
            gc.enable()


def _seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began
