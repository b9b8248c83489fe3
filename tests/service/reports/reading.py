"""Reading reports in tests: a report's figures by id, and by group where there are several."""

from typing import Any

from engine.service.reports import reading
from engine.service.reports.reading import Made, Wanted
from tests.factories.council import Council


def made(council: Council, name: str, period: str = "2026-12", **about: str) -> Made:
    """The report with the rows behind it, as anybody's right would have it."""
    return council.ask(lambda question: reading.make(question, Wanted(name, period, **about)))


def figures(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Figures by "subject.id" or "subject.id group"."""
    return {
        f"{part['subject']}.{one['id']}" + (f" {one['group']}" if one["group"] else ""): one
        for part in report["parts"]
        for one in part["figures"]
    }


def table(report: dict[str, Any], subject: str, name: str) -> list[list[Any]]:
    """The rows of a table."""
    tables = (one for part in report["parts"] if part["subject"] == subject for one in part["tables"])
    return next(one["rows"] for one in tables if one["id"] == name)
