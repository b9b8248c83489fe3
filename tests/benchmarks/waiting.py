"""What waits must cost nothing: a tick and an inbox among a thousand instances and among a hundred thousand."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from engine.service import clockwork
from engine.service.inboxes import inbox
from engine.service.inboxes.inbox import ALL, EVERYBODY, MINE, TEAM, Wanted
from engine.service.overview import standing
from engine.service.record_system import extracts
from engine.store.schema.council import audit as audit_row
from engine.store.schema.council import case_record
from engine.store.schema.execution import instance, task
from tests.benchmarks import town
from tests.benchmarks.measuring import Figure, Work, in_turn, milliseconds, ratio, seconds, statements
from tests.benchmarks.pages import pages
from tests.factories.council import Council, at

FEW, MANY = 1_000, 100_000
DUE, GROUPS = 10, 8
BEGIN = at(2026, 11, 2)
LATER = BEGIN + timedelta(days=35)
INBOX, ROUNDS = 50, 41
FIRST_CASE = 1_000_000
ANSWER = 150
MEETING, WORKER = "asha", "nia"
INBOXES = (
    ("a manager's inbox", "mo", ALL, INBOX),
    ("an auditor's inbox", "auditor0", MINE, INBOX),
    ("the work of a manager's teams", "oz", TEAM, INBOX),
    ("everybody's work", "gail", EVERYBODY, INBOX),
)
PAGES = {
    "the page My tasks": ("mo", "/"),
    "the page of a case": ("mo", "/cases/CF-700000"),
    "all that happened to a case": ("mo", "/cases/CF-700000/history"),
    "a social worker's cases": (WORKER, "/cases"),
    "the list of all work": (MEETING, "/standing/list"),
    "the list of what is late": (MEETING, "/standing/list?due=overdue"),
    "the audit periods": ("gail", "/periods"),
    "the figures": (MEETING, "/figures"),
    "the directory": ("mo", "/directory"),
}


def waiting(folder: Path) -> list[Figure]:
    """Compare ticks and inboxes of a small and a large council."""
    small, large = (_filled(folder / f"{count}.db", count) for count in (FEW, MANY))
    figures = [*_inboxes(small, large), *pages(small, large, PAGES), *_ticks(small, large), *_meeting(large)]
    for found in (small, large):
        found.database.close()
    return figures


def _filled(path: Path, count: int) -> Council:
    """A council with `count` waiting audits: DUE of each group, and the rest of a group that begins much later."""
    found = town.council(path, BEGIN, auditors=1)
    extracts.add_cases(found.engine, "the set-up", list(town.cases(700_000, GROUPS + 1, homes=1)))
    for number in range(GROUPS):
        found.pass_to(BEGIN + timedelta(days=number))
        _clone(found, f"CF-{700_000 + number}", DUE - 1, spread=False)
    found.clock.move_to(LATER)
    _clone(found, f"CF-{700_000 + GROUPS}", count - GROUPS * DUE - 1, spread=True)
    found.clock = found.engine.clock = type(found.clock)(BEGIN + timedelta(days=GROUPS))
    return found


def _clone(found: Council, case: str, count: int, *, spread: bool) -> None:
    """Begin an audit and copy its rows, its state among them; spread them over many cases, people and posts if wanted.

    Copies have audits and cases of their own where they are spread.
    """
    audit = found.assign(case, "kim")
    with found.database.transaction() as connection:
        (of_instance,) = connection.execute(select(instance).where(instance.c.id == audit.instance))
        (of_task,) = connection.execute(select(task).where(task.c.instance == audit.instance))
        names = [f"{audit.instance[:6]}{number:010x}" for number in range(count)]
        own = [{"case_ref": f"CF-{FIRST_CASE + number}", "audit": name} for number, name in enumerate(names) if spread]
        about = own or [{}] * count
        connection.execute(
            insert(instance),
            [{**of_instance._mapping, "id": name, **one} for name, one in zip(names, about, strict=True)],
        )
        connection.execute(insert(task), list(_tasks(of_task, names, about, spread)))
        if own:
            connection.execute(insert(case_record), _cases(audit.assigned_at, count))
            connection.execute(insert(audit_row), list(_audits(audit, names, about)))


def _cases(now: datetime, count: int) -> list[dict[str, Any]]:
    """So many cases in all teams; one social worker has the first of them, and nobody yet the others."""
    rows = town.cases(FIRST_CASE, count)
    workers = [WORKER] * INBOX + [None] * count
    return [{**row, "social_worker": worker, "changed_at": now} for row, worker in zip(rows, workers, strict=False)]


def _audits(row: Any, names: list[str], about: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
    for name, one in zip(names, about, strict=True):
        yield {**row._mapping, "id": name, "instance": name, "case_ref": one["case_ref"]}


def _tasks(row: Any, names: list[str], about: list[dict[str, str]], spread: bool) -> Iterator[dict[str, Any]]:
    for number, (name, one) in enumerate(zip(names, about, strict=True)):
        own: dict[str, Any] = {"id": f"{name}.{row.key}", "instance": name, **one}
        if spread and number % 2:
            team = "North CIN" if number < 2 * INBOX else f"Team {number // 2 // INBOX}"
            own |= {"assignee": None, "post": "Practice Manager", "team": team}
        elif spread:
            own |= {"assignee": f"auditor{number // 2 // INBOX}"}
        yield {**row._mapping, **own}


def _inboxes(small: Council, large: Council) -> list[Figure]:
    figures = []
    for name, person, view, holds in INBOXES:
        pages = [inbox.open_inbox(found.engine, person, 1, Wanted(view)) for found in (small, large)]
        assert [len(page.rows) for page in pages] == [holds, holds], [page.counts for page in pages]
        times = in_turn((_inbox(large, person, view), _inbox(small, person, view)) for _ in range(ROUNDS))
        figures += [
            Figure(f"{name}: {MANY:,} open tasks / {FEW:,}", ratio(times), "times", 1.5),
            Figure(f"… among {MANY:,}", milliseconds([one for one, _ in times]), "ms"),
        ]
    return figures


def _meeting(large: Council) -> list[Figure]:
    """What the monthly meeting looks at counts all that waits, so it grows; it is measured at its largest."""
    pages = (
        ("where everything stands", lambda: standing.overview(large.engine, MEETING)),
        ("where the audits stand", lambda: standing.of_process(large.engine, MEETING, standing.Filter("case_audit"))),
    )
    return [
        Figure(f"{name}, among {MANY:,}", milliseconds([seconds(page) for _ in range(5)]), "ms", ANSWER)
        for name, page in pages
    ]


def _inbox(found: Council, person: str, view: str) -> Work:
    return lambda: inbox.open_inbox(found.engine, person, 1, Wanted(view))


def _ticks(small: Council, large: Council) -> list[Figure]:
    times = in_turn(_due_ticks(small, large))
    assert len(times) >= GROUPS, len(times)
    with statements(large.database.engine) as sent:
        clockwork.tick(large.engine)
    return [
        Figure(f"a tick with {DUE} due: {MANY:,} waiting / {FEW:,}", ratio(times), "times", 1.5),
        Figure(f"… among {MANY:,}", milliseconds([one for one, _ in times]), "ms"),
        Figure("statements of a tick with nothing due", sent["statements"], "statements"),
    ]


def _due_ticks(small: Council, large: Council) -> Iterator[tuple[Work, Work]]:
    """Both ticks at each moment at which the same number is due in both."""
    while (due := clockwork.next_moment(small.engine)) is not None and due < LATER:
        assert clockwork.next_moment(large.engine) == due
        yield _tick(large, due), _tick(small, due)


def _tick(found: Council, due: datetime) -> Work:
    found.clock.move_to(due)

    def tick() -> None:
        done = clockwork.tick(found.engine)
        assert done > 0

    return tick
