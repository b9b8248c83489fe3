"""Sets up the demonstration council: its people, teams and cases, the policy of the checkout, and what happened since.

Everybody of people.csv may sign in there, by choosing their name. What happened was done by the same use cases as
anybody's work, on a clock of its own that runs from two months ago until now.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.service import deployments, directory, extracts
from engine.service.engine import Engine

DATA = Path(__file__).parent / "council"
CHECKOUT = Path(__file__).parents[2]
SET_UP = "the demonstration"
MAIL = "demonstration.example"

Row = dict[str, Any]


def load(engine: Engine, policy: Path = CHECKOUT) -> None:
    """Add the people, teams and cases to an empty council, and deploy the processes/ and forms/ of `policy`.

    NotFound without those folders, NotDeployable with all their problems.
    """
    directory.add_council(engine, SET_UP, list(people()), list(teams()))
    extracts.add_cases(engine, SET_UP, list(cases()))
    deployments.deploy(engine, SET_UP, deployments.read_snapshot(policy), "the policy of the demonstration")


def people() -> Iterator[Row]:
    """Yield the rows of the directory's people. Their addresses are of a name that no mail can reach (RFC 2606)."""
    for row in rows("people"):
        in_pool = row["in_audit_pool"] == "yes"
        email = f"{row['username']}@{MAIL}"
        yield {**row, "in_audit_pool": in_pool, "cleared": False, "email": email, "active": True}


def teams() -> Iterator[Row]:
    """Yield the rows of the directory's teams."""
    for row in rows("teams"):
        yield _renamed(row, {"team": "name"})


def cases() -> Iterator[Row]:
    """Yield the cases as the record system knows them."""
    for row in rows("cases"):
        yield {**_renamed(row, {"case_reference": "reference"}), "restricted": row["restricted"] == "yes"}


def population_list() -> bytes:
    """Return the month's population list, as the Social Care Research Analyst uploads it."""
    return (DATA / "cases.csv").read_bytes()


def rows(name: str) -> Iterator[Row]:
    """Yield the rows of a table of the folder council/; an empty cell is None."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {key: value or None for key, value in row.items()}


def _renamed(row: Row, names: Mapping[str, str]) -> Row:
    return {names.get(key, key): value for key, value in row.items()}


__all__ = ["cases", "load", "people", "population_list", "rows", "teams"]
