"""Whole audit periods: the release of a thousand audits, and a year in which everything is done."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.service.audits import cycles
from engine.service.case_file import remedies
from engine.service.cases import actions
from engine.service.periods import capacity, draws, matching, progress, standing
from engine.store import audits
from tests.benchmarks import town
from tests.benchmarks.measuring import Figure
from tests.factories.council import Council, at

OFFICERS, EACH = 4, 20
MONTHS, AUDITS = 12, 120
Deed = Callable[[Any], None]


def release(folder: Path, count: int = 1_000) -> list[Figure]:
    """Release so many audits in one transaction."""
    found = town.council(folder / "release.db", at(2026, 11, 2), auditors=count)
    found.pass_to(at(2026, 11, 10))
    period = Period(found, first=100_000, audits=count)
    for _ in range(3):
        period.work_off()
    (task,) = town.open_tasks(found)
    assert task.element == "release_the_assignments"
    began = time.perf_counter()
    period.typist.complete(task)
    took = time.perf_counter() - began
    released = len(found.ask(lambda question: audits.of_cycle(question.connection, period.cycle)))
    pages = list(_pages(found, period.cycle, count))
    found.database.close()
    assert released == count, released
    return [Figure(f"release of {count:,} audits, all or none", took, "s", 20), *pages]


def _pages(found: Council, cycle: str, count: int) -> Iterator[Figure]:
    """The pages of the period with so many audits, each asked for by its Service Manager."""
    (reader,) = found.ask(lambda question: question.directory.in_post("Service Manager, Quality Assurance"))
    asked: Mapping[str, Callable[[], Any]] = {
        "list of periods": lambda: standing.listed(found.engine, reader),
        "who can audit": lambda: capacity.of_period(found.engine, reader, cycle),
        "draw, drawn again": lambda: draws.repeat(found.engine, reader, cycle),
        "cases and auditors": lambda: matching.of_period(found.engine, reader, cycle),
        "progress by auditor": lambda: progress.by_auditor(found.engine, reader, cycle),
        "audits": lambda: progress.audits(found.engine, reader, cycle),
    }
    for name, ask in asked.items():
        ask()
        began = time.perf_counter()
        ask()
        yield Figure(f"a period of {count:,}: {name}", (time.perf_counter() - began) * 1000, "ms", 200)


def year(folder: Path) -> list[Figure]:
    """Live through a year of audit periods on a clock moved by hand, with every task done and every case cleared."""
    found = town.council(folder / "year.db", at(2026, 11, 2), auditors=AUDITS - OFFICERS * EACH + 20)
    began, clicks, cleared = time.perf_counter(), Counter[str](), 0
    for month in range(MONTHS):
        year, number = divmod(10 + month, 12)
        found.pass_to(at(2026 + year, number + 1, 10))
        period = Period(found, first=100_000 + 1_000 * month, audits=AUDITS)
        while done := period.work_off():
            clicks.update(done)
            found.pass_to(found.clock.now() + timedelta(days=1))
        cleared += period.close_cases()
    took = time.perf_counter() - began
    found.database.close()
    assert clicks["audit_case_record"] == cleared == MONTHS * AUDITS, (clicks, cleared)
    return [
        Figure("a year: 12 periods of 120 audits, all done", took, "s", 90),
        Figure("… clicks in that year", clicks.total() + cleared, "clicks"),
    ]


class Period:
    """One audit period and what its people do."""

    def __init__(self, found: Council, first: int, audits: int) -> None:
        self._found, self._first, self._audits = found, first, audits
        self.cycle = found.cycles()[0]
        self.typist = town.Typist(found)
        self._deeds: Mapping[str, Deed] = {
            "upload_population_list": self._upload,
            "confirm_auditor_capacity": self._confirm,
            "audit_case_record": self._audit,
            "complete_remedial_actions": self._remedy,
        }

    def work_off(self) -> Counter[str]:
        """Do every task that is open now; return how often each was done."""
        done = Counter[str]()
        for task in town.open_tasks(self._found):
            self._deeds.get(task.element, self.typist.complete)(task)
            done[task.element] += 1
        return done

    def close_cases(self) -> int:
        """Ask to close the case of every audit; return how many are cleared."""
        rows = self._found.ask(lambda question: audits.of_cycle(question.connection, self.cycle))
        managers = self._found.ask(lambda question: question.directory.teams)
        for row in rows:
            team = self._found.ask(lambda question, row=row: question.case(row.case_ref).team)
            self._found.begin(managers[team].practice_manager, "case_closure", row.case_ref)
        answers = self._found.ask(
            lambda question: [audits.certificates(question.connection, row.case_ref) for row in rows]
        )
        return sum(map(bool, answers))

    def _upload(self, task: Any) -> None:
        found, content = self._found, town.population_list(self._first, self._audits * 3)
        upload, _ = cycles.upload(found.engine, found.holders(task)[0], self.cycle, "open cases.csv", content)
        self.typist.complete(task, population_list=upload)

    def _confirm(self, task: Any) -> None:
        pool = self._audits - OFFICERS * EACH
        self.typist.complete(task, pool_auditors=str(pool), audits_for_each_officer=str(EACH))

    def _audit(self, task: Any) -> None:
        rows = [{"what": "Bring the chronology up to date"}] if int(task.case_ref[3:]) % 2 else []
        required = "yes" if rows else "no"
        grades = _grades(int(task.case_ref[3:]))
        self.typist.complete(task, remedial_action_required=required, remedial_actions=rows, **grades)

    def _remedy(self, task: Any) -> None:
        found, person = self._found, self._found.holders(task)[0]
        for card in remedies.of_task(found.engine, person, task.id):
            actions.sign_off(found.engine, person, card.action.id, "Done; see the record of this week.")
        self.typist.complete(task)


def _grades(number: int) -> dict[str, str]:
    """Grades that differ from case to case: two of three are good, and some sections are weaker than others."""
    good, less = "good", "requires_improvement"
    return {
        "overall_grade": good if number % 3 else less,
        "voice_grade": good if number % 2 else less,
        "plan_grade": good if number % 5 else less,
        "oversight_grade": less if number % 4 else good,
    }
