"""Phrases about the review of reviews."""

from typing import Any

from engine.domain.sampling import redraw, sampled_cases
from engine.service.audits import sustained_rates
from engine.service.rehearsal.acting import columns, complete, expect_same
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.store import sustained

TASK = "Review whether improvements have lasted"


@say("the review of reviews looks at {number} remedial actions")
def looks_at(stage: Stage, _table: Table | None, number: int) -> None:
    """Count the actions that were drawn."""
    expect_same(len(_drawn(stage)), number, "The number of remedial actions that were drawn")


@say("drawing the review of reviews again gives the same remedial actions")
def drawn_again(stage: Stage, _table: Table | None) -> None:
    """Draw again from what is kept alone."""
    row = _newest(stage)
    redraw(row.certificate, row.frame)
    keys = sorted(key for found in sampled_cases(row.certificate).values() for key in found)
    expect_same(keys, sorted(f"{one.audit}/{one.action_number}" for one in _drawn(stage)), "What was drawn")


@say("the reviewers record for the review of reviews on {when}")
def record(stage: Stage, table: Table | None, when: Moment) -> None:
    """Record for each drawn action whether it has lasted."""
    stage.move_to(when)
    rows = columns(table, "number", "lasting")
    findings = [{"number": int(row.number), "lasting": row.lasting.replace(" ", "_")} for row in rows]
    task = stage.task(TASK)
    complete(stage, stage.holders(task)[0], task, {"findings": findings})


@say("the review of reviews may not be recorded with a remedial action left out")
def not_with_one_left_out(stage: Stage, _table: Table | None) -> None:
    """Record all but the last of the drawn actions, and expect a refusal."""
    task = stage.task(TASK)
    findings = [{"number": row.number, "lasting": "sustained"} for row in _drawn(stage)[:-1]]
    person = stage.holders(task)[0]
    stage.refused(lambda: complete(stage, person, task, {"findings": findings}), "each of the")


@say("{percent} of the improvements that the review of reviews could tell have lasted")
def have_lasted(stage: Stage, _table: Table | None, wanted: float) -> None:
    """Compare the share over all categories."""
    instance = _newest(stage).instance
    found = stage.ask(lambda question: sustained_rates.by_category(question, instance))
    told = sum(one.sustained + one.partly + one.not_sustained for one in found)
    share = 100 * sum(one.sustained for one in found) / told if told else None
    expect_same(share, wanted, "The share in percent")


def _newest(stage: Stage) -> Any:
    row = stage.ask(lambda question: sustained.newest(question.connection))
    if row is None:
        raise UnmetError("No review of reviews has drawn anything.")
    return row


def _drawn(stage: Stage) -> list[Any]:
    instance = _newest(stage).instance
    return list(stage.ask(lambda question: sustained.findings_of(question.connection, instance)))
