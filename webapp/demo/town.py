"""The further cases of the demonstration council: so many for each social worker as caseloads.csv says."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from webapp.demo.tables import Row, rows

COLUMNS = ("case_reference", "service_area", "team", "social_worker", "status", "restricted")


def cases() -> Iterator[Row]:
    """Yield all cases as the record system knows them."""
    yield from of_stories()
    for load in rows("caseloads"):
        yield from _caseload(load)


def of_stories() -> Iterator[Row]:
    """Yield the cases of cases.csv, which are all that the stories know."""
    for row in rows("cases"):
        named = {("reference" if key == "case_reference" else key): value for key, value in row.items()}
        yield {**named, "restricted": row["restricted"] == "yes"}


@cache
def teams() -> Mapping[str, str]:
    """Return the team of each case by its reference."""
    return {str(case["reference"]): str(case["team"]) for case in cases()}


def as_list(found: Iterable[Row]) -> bytes:
    """Return cases as a population list, as the Social Care Research Analyst uploads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in found)
    return text.getvalue().encode()


def _caseload(load: Row) -> Iterator[Row]:
    first = int(str(load["first_reference"]))
    for number in range(first, first + int(str(load["cases"]))):
        facts: dict[str, Any] = {key: load[key] for key in ("service_area", "team", "social_worker")}
        yield {"reference": f"CF-{number}", **facts, "status": "open", "restricted": False}


def _cells(row: Row) -> tuple[Any, ...]:
    restricted = "yes" if row["restricted"] else "no"
    return (*(row[key] for key in ("reference", "service_area", "team", "social_worker", "status")), restricted)
