"""A folder in memory for databases that do not outlive a test run, so that no test waits for a disk."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - the folders made there have names that nobody can guess
ENOUGH = 2 * 2**30


def in_memory() -> Path | None:
    """A folder that is kept in memory, where the machine has one with room; copying a database there is cheap."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if roomy else None
