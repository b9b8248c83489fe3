"""Phrases about thematic audits."""

from typing import Any

from engine.domain.estimates import Rules, estimate_share
from engine.domain.strata import Stratum
from engine.service.rehearsal.acting import expect_same, start
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.store import audits, cases, thematic

PROCESS = "thematic_audit"


@say("{person} starts a thematic audit {quoted} on {when} of cases in service area {quoted}")
def starts(stage: Stage, _table: Table | None, name: str, title: str, when: Moment, area: str) -> None:
    """Start a snapshot of every case in a service area."""
    stage.move_to(when)
    given = {"thematic_title": title, "thematic_area": area, "thematic_kind": "snapshot"}
    start(stage, name, PROCESS, {}, given)


@say("every open case in service area {quoted} is in the thematic audit")
def every_case_is_in(stage: Stage, _table: Table | None, area: str) -> None:
    """Compare the frame with the cases that the council knows."""
    found = stage.ask(lambda question: thematic.census(question.connection, cases.OPEN, area, None))
    expect_same(sorted(_newest(stage).cases), sorted(found), "The thematic audit")


@say("the thematic audit reports no sampling error")
def no_sampling_error(stage: Stage, _table: Table | None) -> None:
    """Expect that figures of the census carry no interval."""
    count = len(_newest(stage).cases)
    share = estimate_share("any", [Stratum("theme", count, (1.0,) * count)], Rules(census=True))
    if share.interval is not None or share.error:
        raise UnmetError(f"It reports an error of {share.error}.")


@say("no member of the audit pool has used their monthly audit")
def no_monthly_audit_used(stage: Stage, _table: Table | None) -> None:
    """Expect no audit of a monthly cycle with a member of the pool."""
    people = stage.ask(lambda question: question.directory.people)
    for name in (one for one, person in people.items() if person.in_audit_pool):
        for row in stage.ask(lambda question, name=name: audits.holdings_of(question.connection, name)):
            audit = stage.ask(lambda question, row=row: audits.get(question.connection, row.audit))
            if audit.cycle is not None:
                raise UnmetError(f"{stage.name(name)} has an audit of the period {audit.cycle}.")


def _newest(stage: Stage) -> Any:
    row = stage.ask(lambda question: thematic.newest(question.connection))
    if row is None:
        raise UnmetError("There is no thematic audit.")
    return row
