"""Dashboards over a year of audit periods: how long a page takes once the service is warm."""

from pathlib import Path

from engine.service.reports import opening
from engine.service.reports.reading import Wanted
from engine.store.database import Database
from tests.benchmarks.measuring import Figure, milliseconds, seconds
from tests.factories.council import Council, at
from webapp.render.panels import panels

TIMES, GOAL = 5, 300
ASKED = (
    ("quality_dashboard", "asha", {}),
    ("meeting_dashboard", "ian", {}),
    ("team_dashboard", "mo", {"team": "North CIN"}),
    ("auditor_dashboard", "bev", {"person": "bev"}),
)


def dashboards(folder: Path) -> list[Figure]:
    """Open each dashboard over the year that `cycles.year` left in `folder`."""
    database = Database(f"sqlite:///{folder / 'year.db'}")
    found = Council(database, at(2027, 11, 1))
    figures = [_one(found, name, reader, about) for name, reader, about in ASKED]
    database.close()
    return figures


def _one(found: Council, name: str, reader: str, about: dict[str, str]) -> Figure:
    def page() -> None:
        report = opening.opened(found.engine, reader, Wanted(name, "2027-10", **about)).report
        assert report["parts"]
        for part in report["parts"]:
            panels(part)

    page()
    took = milliseconds([seconds(page) for _ in range(TIMES)])
    return Figure(f"{name} over a year of 120 audits a month", took, "ms", GOAL)
