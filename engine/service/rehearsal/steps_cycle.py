"""Phrases about the monthly cycle: the population list, the sample and the release."""

import csv
import io
from collections import Counter
from datetime import date
from typing import Any

from engine.domain.calendar import local_day
from engine.service.audits import conflicts, cycles
from engine.service.rehearsal.acting import columns, complete, complete_titled, expect_same
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.store import audits, outbox, tasks
from engine.store import cycles as cycle_rows

UPLOAD, LOCK, CAPACITY = (
    "Upload the case population list",
    "Check and lock the population list",
    "Confirm auditor capacity",
)


@say("{person} uploads the population list[ on {when}] with")
def uploads(stage: Stage, table: Table | None, name: str, when: Moment | None) -> None:
    """Upload a real CSV with so many cases in each service area, and complete the task with it."""
    stage.move_to(when)
    person = stage.person(name)
    task = stage.task(UPLOAD, None, person)
    cycle = _cycle(stage).id
    upload, report = cycles.upload(stage.engine, person, cycle, "population.csv", _csv(stage, table))
    stage.kept["report"] = report
    complete(stage, person, task, {"population_list": upload})


def _csv(stage: Stage, table: Table | None) -> bytes:
    teams = stage.ask(lambda question: question.directory.teams)
    by_area: dict[str, list[Any]] = {}
    for team in teams.values():
        by_area.setdefault(str(team.service_area), []).append(team)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["case_reference", "service_area", "team", "social_worker", "status", "restricted"])
    number = 100_000
    for row in columns(table, "service area", "cases"):
        homes = by_area.get(
            stage.ask(lambda question, row=row: cycles.stratum_code(question, row.service_area)), [None]
        )
        for n in range(int(row.cases)):
            number += 1
            home = homes[n % len(homes)]
            writer.writerow(
                [f"CF-{number}", row.service_area, home.name if home else row.service_area, "", "open", "no"]
            )
    return text.getvalue().encode()


@say("a sample of {number} is drawn[ on {when}] from")
def sample_is_drawn(stage: Stage, table: Table | None, size: int, when: Moment | None) -> None:
    """Upload, lock and draw with capacity for exactly that many audits."""
    stage.move_to(when)
    officers, pool = _capacity(stage, size)
    _act(stage, UPLOAD, lambda name: uploads(stage, table, name, None))
    for title, given in (
        (LOCK, {}),
        (CAPACITY, {"pool auditors": pool, "audits for each Quality Assurance Officer": officers}),
    ):
        _act(
            stage, title, lambda name, title=title, given=given: complete_titled(stage, name, title, None, None, given)
        )


def _capacity(stage: Stage, size: int) -> tuple[int, int]:
    people = stage.ask(lambda question: question.directory.people)
    members = sum(person.in_audit_pool for person in people.values())
    count = stage.ask(lambda question: len(officers(question)))
    each = max(0, -(-(size - members) // count)) if count else 0
    return each, size - each * count


def officers(question: Any) -> list[str]:
    """Return who audits by allocation rather than as a member of the pool."""
    people = question.directory.people
    return [name for name in people if conflicts.source_of(question, name) == conflicts.OFFICER]


def _act(stage: Stage, title: str, act: Any) -> None:
    holders = stage.holders(stage.task(title))
    act(stage.name(holders[0]))


@say("the population list has {number} cases in scope and {number} rows rejected")
def list_has(stage: Stage, _table: Table | None, in_scope: int, rejected: int) -> None:
    """Compare the report of the last upload."""
    report = stage.kept["report"]
    expect_same((len(report.rows), len(report.refused)), (in_scope, rejected), "The list (in scope, rejected)")


@say("the sample is")
def the_sample_is(stage: Stage, table: Table | None) -> None:
    """Compare the drawn sample by service area."""
    strata = _cycle(stage).certificate["strata"]
    found = {area: facts["sample"] for area, facts in strata.items()}
    wanted = {row.service_area: int(row.sample) for row in columns(table, "service area", "sample")}
    expect_same(found, wanted, "The sample")


@say("{number} audits are assigned, each due {day}")
def audits_are_assigned(stage: Stage, _table: Table | None, number: int, due: date) -> None:
    """Count the audits released in the newest period and compare every due day."""
    rows = stage.ask(lambda question: audits.of_cycle(question.connection, _newest(question).id))
    dues = Counter(local_day(task.due) for row in rows for task in _open_tasks(stage, row))
    expect_same(dict(dues), {due: number}, "The number of audits by due day")


@say("each auditor of the month has exactly one notice for each audit assigned")
def one_notice_each(stage: Stage, _table: Table | None) -> None:
    """Count the notices to each auditor about each of their cases since the release."""
    rows = stage.ask(lambda question: audits.of_cycle(question.connection, _newest(question).id))
    for row in rows:
        letters = stage.ask(lambda question, row=row: outbox.to_person(question.connection, row.auditor, row.case_ref))
        if len(letters) != 1:
            raise UnmetError(f"{stage.name(row.auditor)} has {len(letters)} notices about {row.case_ref}.")


@say("drawing again from the draw certificate gives the same cases")
def drawing_again(stage: Stage, _table: Table | None) -> None:
    """Draw again from certificate and frame alone."""
    row = _cycle(stage)
    drawn = cycles.drawn_again(stage.engine, row.id)
    found = {area: list(cases) for area, cases in drawn.sample.items()}
    expect_same(found, {area: facts["cases"] for area, facts in row.certificate["strata"].items()}, "The sample")


@say("the random seed was made after the population list was locked")
def seed_after_lock(stage: Stage, _table: Table | None) -> None:
    """Compare the moments on the certificate and the order of the two events in the log."""
    certificate = _cycle(stage).certificate
    if certificate["seed_made_at"] < certificate["locked_at"]:
        raise UnmetError(f"The seed was made at {certificate['seed_made_at']}.")


def _cycle(stage: Stage) -> Any:
    return stage.ask(_newest)


def _newest(question: Any) -> Any:
    row = cycle_rows.newest(question.connection)
    if row is None:
        raise UnmetError("No audit period is open.")
    return row


def _open_tasks(stage: Stage, audit: Any) -> list[Any]:
    return [
        task
        for task in stage.ask(lambda question: tasks.of_instance(question.connection, audit.instance))
        if task.status == tasks.OPEN
    ]
