"""A council of any size for measuring: the demonstration council, more auditors, and as many cases as are needed."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.errors import Invalid
from engine.service.people import directory
from engine.service.policy import deployments
from engine.service.tasks import answering, work
from engine.store.database import Database
from engine.store.schema.execution import task
from tests.factories.council import SET_UP, Council, people, policy, teams


def council(path: Path, start: datetime, auditors: int = 0) -> Council:
    """A council in a new SQLite file, with so many auditors more than the demonstration has."""
    database = Database(f"sqlite:///{path}")
    database.create_tables()
    found = Council(database, start)
    deployments.deploy(found.engine, SET_UP, policy(), "the policy of the checkout")
    directory.add_council(found.engine, SET_UP, [*people(), *map(_auditor, range(auditors))], teams())
    return found


def _auditor(number: int) -> dict[str, Any]:
    return {
        "username": f"auditor{number}",
        "name": f"Auditor {number}",
        "post": "Specialist",
        "team": None,
        "line_manager": "colin",
        "in_audit_pool": True,
        "cleared": False,
        "email": None,
        "active": True,
        "trained_on": "2026-01-12",
    }


def cases(first: int, count: int, homes: int | None = None) -> Iterator[dict[str, Any]]:
    """So many open cases, spread over so many teams, or over all."""
    homes_of_all = [one for one in teams() if one["service_area"]][:homes]
    workers = {one["team"]: one["username"] for one in people() if one["post"] == "Social Worker"}
    for number in range(first, first + count):
        home = homes_of_all[number % len(homes_of_all)]
        yield {
            "reference": f"CF-{number}",
            "service_area": home["service_area"],
            "team": home["name"],
            "social_worker": workers.get(home["name"]),
            "status": "open",
            "restricted": False,
        }


def population_list(first: int, count: int) -> bytes:
    """The same as a file to upload."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["case_reference", "service_area", "team", "social_worker", "status", "restricted"])
    for row in cases(first, count):
        writer.writerow([*list(row.values())[:5], "no"])
    return text.getvalue().encode()


def open_tasks(found: Council) -> list[Any]:
    """Every open task, the oldest first."""
    query = select(task).where(task.c.status == "open").order_by(task.c.opened_at, task.c.id)
    return found.ask(lambda question: list(question.connection.execute(query)))


class Typist:
    """Somebody who completes tasks, and remembers what a form accepted the last time: typing is not measured."""

    def __init__(self, found: Council) -> None:
        self._found = found
        self._typed: dict[tuple[str, str], Mapping[str, Any]] = {}

    def complete(self, one: Any, **given: object) -> None:
        """Let the first of its holders complete a task."""
        person, known = self._found.holders(one)[0], (one.element, repr(given))
        try:
            work.complete(self._found.engine, person, one.id, self._typed[known])
        except (KeyError, Invalid):
            self._typed[known] = answering.for_task(self._found.engine, one.id, given)
            work.complete(self._found.engine, person, one.id, self._typed[known])
