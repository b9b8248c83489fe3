"""The demonstration council at work: its people, the policy of the checkout, and work that no test is about.

It is Tuesday 1 December 2026, nine in the morning. A test plays it with usernames: `mo` is the Practice Manager of
North CIN, `nia` its social worker, `kim` an auditor of the pool, `gail` the administrator, `asha` the Service Manager.
"""

import csv
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from engine.domain.calendar import LONDON
from engine.service import clockwork
from engine.service.clock import VirtualClock
from engine.service.command import Command, Question
from engine.service.engine import Engine
from engine.service.people import directory
from engine.service.periods import assigning
from engine.service.policy import deployments
from engine.service.posts import task_holders
from engine.service.record_system import extracts
from engine.service.tasks import answering, beginning, work
from engine.service.tasks.starting import facts_about
from engine.store import actions, audits, cycles, events, incidents, instances, outbox, tasks
from engine.store.database import Database
from engine.store.schema import metadata

ROOT = Path(__file__).parents[2]
COUNCIL = ROOT / "webapp" / "demo" / "council"
SET_UP, SOMEBODY = "the set-up", "the tests"
AUDIT, REVIEW, REMEDY = "Audit the case record", "Review the audit", "Complete the remedial actions"
# Cases that tests leave alone.
OTHERS = (
    ("CF-90001", "CWD", "Children with Disabilities", "cat"),
    ("CF-90002", "Next Step", "Next Step", "del"),
    ("CF-90003", "CFA", "Assessment Central", "ben"),
)
Answer = TypeVar("Answer")


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment by the clock on the wall in London."""
    return datetime.combine(date(year, month, day), time(hour, minute), LONDON)


MORNING = at(2026, 12, 1)


@cache
def policy() -> Mapping[str, bytes]:
    """The policy files of the checkout."""
    return deployments.read_snapshot(ROOT)


def people() -> list[dict[str, Any]]:
    """The rows of the council's people as the directory takes them."""
    return [
        {
            **row,
            "team": row["team"] or None,
            "line_manager": row["line_manager"] or None,
            "in_audit_pool": row["in_audit_pool"] == "yes",
            "cleared": False,
            "email": None,
            "active": True,
        }
        for row in _rows("people")
    ]


def teams() -> list[dict[str, Any]]:
    fields = ("service_area", "practice_manager", "service_manager", "head_of_service")
    return [{"name": row["team"], **{field: row[field] or None for field in fields}} for row in _rows("teams")]


def cases() -> list[dict[str, Any]]:
    return [
        {
            "reference": row["case_reference"],
            "service_area": row["service_area"],
            "team": row["team"],
            "social_worker": row["social_worker"],
            "status": row["status"],
            "restricted": row["restricted"] == "yes",
        }
        for row in _rows("cases")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (COUNCIL / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


class Council:
    """An engine over one database with a clock moved by hand, and short names for what tests do with it."""

    def __init__(self, database: Database, start: datetime = MORNING) -> None:
        self.clock = VirtualClock(start)
        self.database = database
        self.engine = Engine(database, self.clock)
        self._others: list[Council] = []

    def close(self) -> None:
        """Close every connection, those of other processes too."""
        for council in (*self._others, self):
            council.database.close()

    def again(self) -> "Council":
        """The same council as another process sees it: nothing in memory, the same database and clock."""
        other = Council(Database(self.database.url.render_as_string(hide_password=False)))
        other.clock = self.clock
        other.engine = Engine(other.database, self.clock)
        self._others.append(other)
        return other

    def ask(self, question: Callable[[Question], Answer]) -> Answer:
        return self.engine.ask(question)

    def run(self, command: Callable[[Command], Answer], actor: str = SOMEBODY) -> Answer:
        return self.engine.run(actor, command)

    def pass_to(self, moment: datetime) -> None:
        """Let time pass, doing what falls due at its moment."""
        clockwork.tick_until(self.engine, self.clock, moment)

    def deploy(self, changes: Mapping[str, bytes | None], in_force_from: datetime | None = None) -> int:
        """Deploy the policy with some files changed, added, or (None) left out."""
        changed = {**policy(), **changes}
        files = {path: content for path, content in changed.items() if content is not None}
        return deployments.deploy(self.engine, SOMEBODY, files, "changed by a test", in_force_from)

    # Work

    def assign(self, case: str, auditor: str, *, drawn: bool = False) -> Any:
        """Begin an audit and return its row."""
        return self.audit(assigning.assign(self.engine, SOMEBODY, case, auditor, selected_for_review=drawn))

    def task(self, title: str, case: str | None = None) -> Any:
        """The one open task with this title."""
        (found,) = self.ask(lambda question: tasks.open_titled(question.connection, title, case))
        return found

    def titles(self, case: str) -> list[str]:
        """The titles of the open tasks about a case."""
        return sorted(task.title for task in self.ask(lambda question: tasks.open_for_case(question.connection, case)))

    def holders(self, task: Any) -> tuple[str, ...]:
        return self.ask(lambda question: task_holders(question, task))

    def filled(self, task: Any, **given: object) -> dict[str, Any]:
        """Raw answers that the task's form accepts."""
        return answering.for_task(self.engine, task.id, given)

    def complete(self, person: str, title: str, case: str | None = None, **given: object) -> Any:
        """Complete the one open task with this title and return the row it had."""
        task = self.task(title, case)
        work.complete(self.engine, person, task.id, self.filled(task, **given))
        return task

    def authorise_audit(self, case: str, actions: int = 0) -> None:
        """Let the auditor authorise the audit of a case with so many remedial actions."""
        rows = [{"what": f"Do the thing {number}"} for number in range(1, actions + 1)]
        required = {"remedial_action_required": "yes" if actions else "no", "remedial_actions": rows}
        task = self.task(AUDIT, case)
        work.complete(self.engine, task.assignee, task.id, self.filled(task, **required))

    def begin(self, person: str, process: str, case: str, **given: object) -> str:
        """Let somebody begin a process about a case by its start form; return the instance."""
        facts = self.ask(lambda question: facts_about(question, case))
        raw = answering.for_start(self.engine, process, facts, given)
        return beginning.begin(self.engine, person, process, raw, facts)

    # What came of it

    def audit(self, audit: str) -> Any:
        return self.ask(lambda question: audits.get(question.connection, audit))

    def instance(self, identifier: str) -> Any:
        return self.ask(lambda question: instances.get(question.connection, identifier))

    def task_row(self, task: str) -> Any:
        return self.ask(lambda question: tasks.get(question.connection, task))

    def actions(self, case: str) -> list[Any]:
        return self.ask(lambda question: actions.of_case(question.connection, case))

    def letters(self, person: str, case: str | None = None) -> list[Any]:
        return self.ask(lambda question: outbox.to_person(question.connection, person, case))

    def events(self, stream: str) -> list[Any]:
        return self.ask(lambda question: events.of_stream(question.connection, stream))

    def incidents(self) -> list[Any]:
        return self.ask(lambda question: incidents.open_incidents(question.connection))

    def cycles(self) -> list[str]:
        """The audit periods, newest first."""
        return [row.id for row in self.ask(lambda question: cycles.every(question.connection))]

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, for telling whether anything changed."""
        with self.database.reading() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables
            }


def fill(database: Database) -> None:
    """Set up the council a month before the tests begin, with work that no test is about."""
    council = Council(database, at(2026, 11, 2))
    deployments.deploy(council.engine, SET_UP, policy(), "the policy of the checkout")
    directory.add_council(council.engine, SET_UP, people(), teams())
    extracts.add_cases(council.engine, SET_UP, cases())
    extracts.add_cases(council.engine, SET_UP, [_other(*row) for row in OTHERS])
    _other_work(council)
    council.pass_to(MORNING)


def _other(reference: str, area: str, team: str, worker: str) -> dict[str, Any]:
    return {
        "reference": reference,
        "service_area": area,
        "team": team,
        "social_worker": worker,
        "status": "open",
        "restricted": False,
    }


def _other_work(council: Council) -> None:
    """One audit not begun, one in quality assurance, one with a remedial action open and its closure refused."""
    council.assign("CF-90001", "bev")
    council.assign("CF-90002", "dan", drawn=True)
    council.authorise_audit("CF-90002", 1)
    council.assign("CF-90003", "finn")
    council.authorise_audit("CF-90003", 2)
    council.begin("tara", "case_closure", "CF-90003")
