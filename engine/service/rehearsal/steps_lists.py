"""Phrases about single rows of a population list, and about cases that leave the sample."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from engine.domain.sampling import sampled_cases
from engine.service.audits import cycles
from engine.service.record_system import extracts
from engine.service.rehearsal.acting import complete, complete_titled, expect_same
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, StoryError, Table, UnmetError
from engine.service.rehearsal.stage import STORY, Stage
from engine.store import audits, cases, events
from engine.store import cycles as cycle_rows

UPLOAD, RELEASE = "Upload the case population list", "Release the assignments"


@say("{person} uploads the population list[ on {when}] with the rows")
def uploads_rows(stage: Stage, table: Table | None, name: str, when: Moment | None) -> None:
    """Upload a CSV with exactly these columns and rows, and complete the task with it."""
    stage.move_to(when)
    person, text = stage.person(name), io.StringIO()
    csv.writer(text).writerows(table or ())
    task = stage.task(UPLOAD, None, person)
    upload, report = cycles.upload(stage.engine, person, _newest(stage).id, "population.csv", text.getvalue().encode())
    stage.kept.update(report=report, rows=table)
    complete(stage, person, task, {"population_list": upload})


@say("the population list keeps {case} in service area {quoted}")
def keeps(stage: Stage, _table: Table | None, case: str, area: str) -> None:
    """Compare the service area under which a case was accepted."""
    found = [row.stratum for row in stage.kept["report"].rows if row.case_reference == case]
    expect_same(found, [area], f"The population list has {case} in a list that")


@say("row {number} of the population list is rejected[ because {quoted}]")
def row_is_rejected(stage: Stage, _table: Table | None, number: int, because: str | None) -> None:
    """Expect a row (the header is row 1) to be refused, with these words in its reason."""
    reasons = [one.sentence for one in stage.kept["report"].refused if one.row == number]
    if not reasons:
        raise UnmetError(f"Row {number} is accepted.")
    if because is not None and not any(because.lower() in reason.lower() for reason in reasons):
        raise UnmetError(f"Row {number} is rejected because: {'; '.join(reasons)}")


@say("row {number} of the population list is listed as a duplicate")
def row_is_duplicate(stage: Stage, _table: Table | None, number: int) -> None:
    """Expect a row to be listed as a duplicate of another."""
    found = sorted(row for one in stage.kept["report"].duplicates for row in one.other_rows)
    if number not in found:
        raise UnmetError(f"Listed as duplicates are the rows {found}.")


@say("nothing is kept of the column {quoted} of the population list")
def column_is_not_kept(stage: Stage, _table: Table | None, column: str) -> None:
    """Expect what stood in a column to be in no row that was kept, and in nothing on record of the period."""
    header, *rows = stage.kept["rows"]
    if column not in header:
        raise StoryError(f"The list that was uploaded has no column “{column}”.")
    cells = {row[header.index(column)] for row in rows} - {""}
    period = _newest(stage)
    noted = stage.ask(lambda question: events.of_stream(question.connection, f"cycle {period.id}"))
    kept = "".join(map(str, (*_frame(stage), period, *(one.details for one in noted))))
    found = sorted(cell for cell in cells if cell in kept)
    if found:
        raise UnmetError(f"Kept is: {', '.join(found)}.")


@say("a drawn case of service area {quoted} closes on {when}")
def drawn_case_closes(stage: Stage, _table: Table | None, area: str, when: Moment) -> None:
    """Let the first drawn case of a service area be closed in the record system."""
    stage.move_to(when)
    drawn = sampled_cases(_newest(stage).certificate).get(area, ())
    if not drawn:
        raise StoryError(f"No case of {area} was drawn.")
    stage.kept["closed"] = drawn[0]
    if not stage.ask(lambda question: cases.known(question.connection, [drawn[0]])):
        extracts.add_cases(stage.engine, STORY, [_row(stage, drawn[0], area)])
    extracts.apply(stage.engine, STORY, extracts.CaseChange(drawn[0], status=cases.CLOSED))


def _row(stage: Stage, case: str, area: str) -> dict[str, Any]:
    (team,) = [one.team for one in _frame(stage) if one.case_ref == case]
    facts = {"reference": case, "service_area": area, "team": team, "social_worker": None}
    return {**facts, "status": cases.OPEN, "restricted": False}


@say("{person} releases the assignments on {when}")
def releases(stage: Stage, _table: Table | None, name: str, when: Moment) -> None:
    """Release the audits of the period."""
    complete_titled(stage, name, RELEASE, None, when, {"outcome": "release"})


@say("the closed case is replaced by another case of service area {quoted}")
def is_replaced(stage: Stage, _table: Table | None, area: str) -> None:
    """Expect an audit of the next reserve and none of the closed case."""
    gone = stage.kept["closed"]
    by = [one["by"] for one in _newest(stage).certificate["reserves_used"] if one["replaced"] == gone]
    cycle = _cycle(stage)
    audited = stage.ask(lambda question: {row.case_ref for row in audits.of_cycle(question.connection, cycle)})
    if gone in audited or not by or by[0] not in audited:
        raise UnmetError(f"{gone} was replaced by {by or 'no case'}.")
    expect_same([one.stratum for one in _frame(stage) if one.case_ref == by[0]], [area], "The service area of it")


@say("restricted cases are audited by nobody who is not cleared")
def restricted_only_by_cleared(stage: Stage, _table: Table | None) -> None:
    """Expect every restricted case of the newest period to be with a cleared auditor, or replaced."""
    people = stage.ask(lambda question: question.directory.people)
    for case, auditor in _restricted(stage):
        if not people[auditor].cleared:
            raise UnmetError(f"{case} is with {stage.name(auditor)}.")


def _restricted(stage: Stage) -> Iterator[tuple[str, str]]:
    restricted, cycle = {row.case_ref for row in _frame(stage) if row.restricted}, _cycle(stage)
    for row in stage.ask(lambda question: cycle_rows.assignments(question.connection, cycle)):
        if row.case_ref in restricted:
            yield row.case_ref, row.auditor


def _frame(stage: Stage) -> list[Any]:
    cycle = _cycle(stage)
    return list(stage.ask(lambda question: cycle_rows.frame_of(question.connection, cycle)))


def _cycle(stage: Stage) -> str:
    return str(_newest(stage).id)


def _newest(stage: Stage) -> Any:
    row = stage.ask(lambda question: cycle_rows.newest(question.connection))
    if row is None:
        raise UnmetError("No audit period is open.")
    return row
