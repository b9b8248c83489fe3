"""Phrases about records whose retention period is over."""

from typing import Any

from engine.domain.calendar import local_day, months_later
from engine.service.record_keeping import verification
from engine.service.rehearsal.acting import columns, complete
from engine.service.rehearsal.book import say
from engine.service.rehearsal.phrases import Moment, Table, UnmetError
from engine.service.rehearsal.stage import Stage
from engine.service.tasks.facts import facts_for
from engine.store import erasure, retention, submissions

TASK = "Decide about records due for review"
A_YEAR = 12


@say("the audit of {case} is listed for review as {quoted}")
def is_listed(stage: Stage, _table: Table | None, case: str, retention_class: str) -> None:
    """Expect the audit on the list of an open review, in this class."""
    items = [item for item in _items(stage) if item.case_ref == case and item.record == "audit"]
    if not items:
        raise UnmetError(f"No audit of {case} is on the list.")
    if items[0].retention_class != retention_class:
        raise UnmetError(f"It is listed as {items[0].retention_class}.")
    stage.kept[_key(case)] = items[0].record_id


@say("the audit of {case} is not listed for review")
def is_not_listed(stage: Stage, _table: Table | None, case: str) -> None:
    """Expect the audit on no list that is open."""
    if any(item.case_ref == case for item in _items(stage)):
        raise UnmetError(f"A record of {case} is on the list.")


@say(
    "{person} decides about the records due for review on {when} as",
    "{person} decides about the records due for review on {when}, leaving out {case}, as",
)
def decides(stage: Stage, table: Table | None, name: str, when: Moment, *left_out: str) -> None:
    """Decide in the newest review about each class that the table names, and keep the others for a year."""
    case = left_out[0] if left_out else None
    stage.move_to(when)
    task = _newest(stage)
    named = {row.records: row.decision for row in columns(table, "records", "decision")}
    until = months_later(local_day(stage.clock.now()), A_YEAR).isoformat()
    decisions = [
        {
            "number": one["number"],
            "retention_decision": named.get(one["retention_class"], retention.KEEP),
            "retention_reason": "Decided in a story",
            "keep_until": until,
        }
        for one in _classes(stage, task)
    ]
    complete(stage, stage.person(name), task, {"decisions": decisions, "exceptions": case or ""})


@say("what was entered in the audit of {case} is erased")
def is_erased(stage: Stage, _table: Table | None, case: str) -> None:
    """Expect no answer of the audit that was listed to be left."""
    if _entered(stage, case):
        raise UnmetError("Its answers can still be read.")


@say("what was entered in the audit of {case} is kept")
def is_kept(stage: Stage, _table: Table | None, case: str) -> None:
    """Expect the answers of the audit that was listed to be there."""
    if not _entered(stage, case):
        raise UnmetError("Its answers are gone.")


@say("the event log holds")
def log_holds(stage: Stage, _table: Table | None) -> None:
    """Verify every hash chain of the event log, tombstones included."""
    found = verification.verify(stage.engine)
    if not found.is_sound:
        raise UnmetError(found.breaks[0])


def _entered(stage: Stage, case: str) -> list[Any]:
    if _key(case) not in stage.kept:
        raise UnmetError(f"No audit of {case} was listed for review in this story.")
    audit = stage.kept[_key(case)]
    instances = stage.ask(lambda question: erasure.instances_of_audit(question.connection, audit))
    return [
        row
        for one in instances
        for row in stage.ask(lambda question, one=one: submissions.of_instance(question.connection, one))
    ]


def _key(case: str) -> str:
    return f"audit of {case} listed for review"


def _items(stage: Stage) -> list[Any]:
    """Return what the open reviews list."""
    reviews = [task.instance for task in stage.tasks(TASK)]
    return [
        item
        for review in reviews
        for item in stage.ask(lambda question, review=review: retention.items_of(question.connection, review))
    ]


def _newest(stage: Stage) -> Any:
    found = stage.tasks(TASK)
    if not found:
        raise UnmetError("No record is due for review.")
    return max(found, key=lambda task: task.opened_at)


def _classes(stage: Stage, task: Any) -> list[Any]:
    form = stage.ask(lambda question: question.policy.form(task.form))
    return list(stage.ask(lambda question: facts_for(question, task, form))["due_classes"])
