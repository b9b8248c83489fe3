"""The figures of a report as lines of a table, the same for every kind of file."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from webapp.render.words import moment

Report = Mapping[str, Any]
Cell = str | int | float | None

HEAD: Final = (
    "Part",
    "Figure",
    "What it is",
    "Of",
    "Value",
    "Low",
    "High",
    "Confidence",
    "Method",
    "From",
    "Out of",
    "Cases",
    "Finding",
    "Remarks",
)
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")


def front(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what a report says of itself, each with its label."""
    yield "Report", str(report["title"])
    if report["about"]:
        yield "About", str(report["about"])
    if report["marking"]:
        yield "Marking", str(report["marking"])
    yield "Period", str(report["period_in_words"])
    if report["audit_period"]:
        yield "Audit period", f"{report['audit_period']} ({report['edition']})"
    yield "Status", str(report["status"])
    yield "Made", moment(report["made_at"])
    if "signed_at" in report:
        yield "Signed", f"{report['signed_by']}, {moment(report['signed_at'])}"
    for one in report.get("comments", ()):
        yield one["title"], one["text"]


def lines(report: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield the figures, part by part, as HEAD names the cells; shares are from 0 to 1."""
    for part in report["parts"]:
        for one in part["figures"]:
            yield (
                part["title"],
                one["title"],
                one["what"],
                one["population"],
                one["value"],
                one["low"],
                one["high"],
                one["level"],
                one["method"],
                one["n"],
                one["of"],
                one["cases"],
                one["sentence"],
                " ".join(one["remarks"]),
            )


def kinds(report: Report) -> Iterator[str]:
    """Yield the kind of each of these figures, such as "share" or "count"."""
    for part in report["parts"]:
        for one in part["figures"]:
            yield one["kind"]


def tables(report: Report) -> Iterator[Mapping[str, Any]]:
    """Yield the tables of a report in order."""
    for part in report["parts"]:
        yield from part["tables"]


def file_name(report: Report, form: str) -> str:
    """Return the name of the file of a report, such as "management_report-2026-11.xlsx"."""
    about = f"-{_UNSAFE.sub('-', report['about'])}" if report["about"] else ""
    return f"{report['name']}-{report['period']}{about}.{form}"
