"""The tables of the folder council/."""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "council"

Row = dict[str, Any]


def rows(name: str) -> Iterator[Row]:
    """Yield the rows of a .csv file; an empty cell is None."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {key: value or None for key, value in row.items()}


@cache
def settings(name: str) -> Row:
    """Return what stands in a .toml file."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
