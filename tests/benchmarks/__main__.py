"""python -m tests.benchmarks: measure, print a table, and write bench.json."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from tests.benchmarks.clicks import clicks
from tests.benchmarks.crowd import crowd
from tests.benchmarks.cycles import release, year
from tests.benchmarks.dashboards import dashboards
from tests.benchmarks.demonstration import demonstration
from tests.benchmarks.measuring import Figure
from tests.benchmarks.over_http import over_http
from tests.benchmarks.steps import steps
from tests.benchmarks.waiting import waiting

RESULT = Path("bench.json")


def measured(folder: Path) -> Iterator[Figure]:
    """Every figure, as soon as it is known."""
    yield from steps()
    yield from clicks(folder)
    yield from over_http(folder)
    yield from crowd(folder)
    yield from waiting(folder)
    yield from release(folder)
    yield from year(folder)
    yield from dashboards(folder)
    yield from demonstration(folder)


def main() -> None:
    """Measure everything once."""
    console, figures = Console(), []
    with tempfile.TemporaryDirectory() as folder, console.status("Measuring") as status:
        for figure in measured(Path(folder)):
            figures.append(figure)
            status.update(f"Measured: {figure.name}")
    console.print(_table(figures))
    rows = [{**asdict(figure), "met": figure.met} for figure in figures]
    RESULT.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2))


def _table(figures: list[Figure]) -> Table:
    table = Table("What", "Value", "Unit", "Goal", "Met", title="Benchmarks")
    for figure in figures:
        goal = "" if figure.goal is None else f"≤ {figure.goal:g}"
        met = {None: "", True: "yes", False: "NO"}[figure.met]
        table.add_row(
            figure.name,
            f"{figure.value:,.3g}" if figure.value < 100 else f"{figure.value:,.0f}",
            figure.unit,
            goal,
            met,
        )
    return table


if __name__ == "__main__":
    main()
