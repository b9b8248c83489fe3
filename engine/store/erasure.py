"""Erasing what a record said, everywhere it stands, so that figures without names remain (R-05).

Rows stay where they are counted; what people wrote, whom it was about and who they were goes. The case reference gives
way to a pseudonym, the same in every table. Event details give way to a marker; their hashes stay (domain/eventlog).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, delete, select, update

from engine.store.schema.compliance import finding
from engine.store.schema.concern import concern
from engine.store.schema.council import (
    assignment,
    audit,
    audit_holder,
    barring,
    case_record,
    certificate,
    closure_answer,
    cycle,
    frame,
    management_decision,
    remedial_action,
    review,
    upload,
)
from engine.store.schema.delegation import delegation
from engine.store.schema.disagreement import disagreement
from engine.store.schema.exchange import outgoing_record
from engine.store.schema.execution import draft, event, incident, instance, outbox, submission, task
from engine.store.schema.exercise import exercise, exercise_copy
from engine.store.schema.recovery import re_audit
from engine.store.schema.report import report_edition
from engine.store.schema.retention import retention_decision, retention_item
from engine.store.schema.support import difficulty, help_thread, recommendation
from engine.store.schema.sustained import sustained_finding
from engine.store.schema.thematic import thematic_audit

NOBODY: Final = ""
_AFTER_ANY_DIGIT: Final = "g"
_SUPPORT: Final[Mapping[Table, Mapping[str, Any]]] = {
    recommendation: {"case_ref": None, "made_by": NOBODY, "closed_by": None},
    help_thread: {"case_ref": None, "helper": NOBODY},
    difficulty: {"case_ref": None, "told_by": NOBODY},
}
OF_AUDIT: Final[Mapping[Table, Mapping[str, Any]]] = {
    audit: {"auditor": NOBODY},
    audit_holder: {"auditor": NOBODY},
    review: {"reviewer": NOBODY},
    remedial_action: {"what": "", "work": [], "completed_by": None, "authorised_by": None},
    management_decision: {"reference": "", "proposer": NOBODY, "decided_by": None},
    finding: {"details": {}, "reviewer": NOBODY, "how_cleared": None},
    sustained_finding: {"evidence": None, "reviewer": None},
    disagreement: {"raised_by": NOBODY},
    re_audit: {},
    **_SUPPORT,
}
OF_INSTANCE: Final[Mapping[Table, Mapping[str, Any]]] = {
    instance: {"state": b"", "tokens": [], "open_tasks": [], "reminders": {}, "case_ref": None},
    task: {"facts": {}, "case_ref": None},
    incident: {"message": "", "command": {}, "skips": None},
    certificate: {},
    closure_answer: {"reasons": []},
    concern: {"raised_by": NOBODY, "told": None},
    exercise: {"agreed": None},
    exercise_copy: {"reviewer": NOBODY},
    thematic_audit: {"title": "", "cases": []},
    **_SUPPORT,
}
_HISTORIES: Final = (concern, disagreement)
_ENTERED: Final = (submission, draft, report_edition)
_LETTER: Final = {"subject": "", "body": "", "case_ref": None}


def instances_of_audit(connection: Connection, identifier: str) -> list[str]:
    """Return the ids of the process instances of an audit. A safeguarding concern is a record of its own."""
    query = select(instance.c.id).where(
        instance.c.audit == identifier, instance.c.id.not_in(select(concern.c.instance))
    )
    return list(connection.execute(query.order_by(instance.c.id)).scalars())


def instances_of_exercise(connection: Connection, identifier: str) -> list[str]:
    """Return the ids of a reliability exercise's instance and of those of its copies."""
    query = select(exercise_copy.c.instance).where(exercise_copy.c.exercise == identifier)
    return [identifier, *connection.execute(query.order_by(exercise_copy.c.instance)).scalars()]


def erase_instances(connection: Connection, instances: Sequence[str], pseudonym: str) -> None:
    """Erase what was entered into process instances, what they held, and the letters that they wrote."""
    for table, values in OF_INSTANCE.items():
        _blank(connection, table, table.c.id if table is instance else table.c.instance, instances, values, pseudonym)
    for table in _HISTORIES:
        _forget_who(connection, table, instances)
    for table in _ENTERED:
        connection.execute(delete(table).where(table.c.instance.in_(instances)))
    handed_on = delegation.c.task.in_(select(task.c.id).where(task.c.instance.in_(instances)))
    connection.execute(update(delegation).where(handed_on).values(given_by=NOBODY, given_to=NOBODY, note=""))
    for one in instances:
        connection.execute(update(outbox).where(_written_by(connection, one)).values(_LETTER))


def _written_by(connection: Connection, identifier: str) -> ColumnElement[bool]:
    """Return what is true of the letters that an instance wrote: their keys begin with its id, in the index's order."""
    key: ColumnElement[str] = outbox.c.dedup_key
    if connection.dialect.name == "postgresql":
        key = key.collate("C")
    return and_(key >= identifier, key < f"{identifier}{_AFTER_ANY_DIGIT}")


def _forget_who(connection: Connection, table: Table, instances: Sequence[str]) -> None:
    """Keep of each line of a history what was reached and when, so that times can still be counted."""
    query = select(table.c.instance, table.c.history).where(table.c.instance.in_(instances))
    for key, lines in connection.execute(query).all():
        kept = [{"state": line["state"], "at": line["at"]} for line in lines]
        connection.execute(update(table).where(table.c.instance == key).values(history=kept))


def erase_audit(connection: Connection, identifier: str, pseudonym: str) -> None:
    """Erase the rows of an audit and of what came of it; grades, dates, states and categories stay."""
    row = connection.execute(select(audit.c.case_ref, audit.c.cycle).where(audit.c.id == identifier)).one()
    for table, values in OF_AUDIT.items():
        key = table.c.id if table is audit else table.c.audit
        _blank(connection, table, key, [identifier], values, pseudonym)
    mine = select(remedial_action.c.id, remedial_action.c.details).where(remedial_action.c.audit == identifier)
    for action, details in connection.execute(mine).all():
        kept = {name: details[name] for name in ("category", "priority") if name in details}
        connection.execute(update(remedial_action).where(remedial_action.c.id == action).values(details=kept))
    if row.cycle is not None:
        _rename_in_cycle(connection, row.cycle, row.case_ref, pseudonym)


def _rename_in_cycle(connection: Connection, identifier: str, case: str, pseudonym: str) -> None:
    """Put the pseudonym wherever a period's draw names the case, so that its figures can still be reckoned."""
    named = {"case_ref": pseudonym, "social_worker": None}
    connection.execute(update(frame).where(frame.c.cycle == identifier, frame.c.case_ref == case).values(named))
    assigned = (assignment.c.cycle == identifier, assignment.c.case_ref == case)
    connection.execute(update(assignment).where(*assigned).values(case_ref=pseudonym, auditor=NOBODY))
    connection.execute(delete(barring).where(barring.c.cycle == identifier, barring.c.case_ref == case))
    kept = connection.execute(select(cycle.c.certificate).where(cycle.c.id == identifier)).scalar()
    if kept is not None:
        values = {"certificate": _renamed(kept, {case: pseudonym})}
        connection.execute(update(cycle).where(cycle.c.id == identifier).values(values))


def _renamed(value: Any, pseudonyms: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _renamed(one, pseudonyms) for name, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, pseudonyms) for one in value]
    return pseudonyms.get(value, value) if isinstance(value, str) else value


def erase_population_list(connection: Connection, identifier: str) -> None:
    """Erase the uploaded lists of a period, its frame, and every case of its draw that has no audit of its own."""
    connection.execute(update(upload).where(upload.c.cycle == identifier).values(sha256="", file_name=""))
    connection.execute(delete(frame).where(frame.c.cycle == identifier))
    connection.execute(delete(barring).where(barring.c.cycle == identifier))
    row = connection.execute(select(cycle).where(cycle.c.id == identifier)).one()
    audited = set(connection.execute(select(audit.c.case_ref).where(audit.c.cycle == identifier)).scalars())
    named = [] if row.certificate is None else sorted(_cases_of(row.certificate) - audited)
    pseudonyms = {case: f"{identifier} {number}" for number, case in enumerate(named, start=1)}
    values = {
        "certificate": None if row.certificate is None else _renamed(row.certificate, pseudonyms),
        "report": None if row.report is None else {**row.report, "refused": [], "duplicates": []},
        "capacity": None if row.capacity is None else {**row.capacity, "unmatched": []},
    }
    connection.execute(update(cycle).where(cycle.c.id == identifier).values(values))
    unaudited = (assignment.c.cycle == identifier, assignment.c.case_ref.not_in(audited))
    connection.execute(delete(assignment).where(*unaudited))


def _cases_of(certificate: Mapping[str, Any]) -> set[str]:
    drawn = {case for facts in certificate["strata"].values() for case in facts["cases"]}
    used = certificate["reserves_used"]
    return drawn | {one["by"] for one in used} | {one["replaced"] for one in used}


def erase_letter(connection: Connection, identifier: int) -> None:
    """Erase what a letter says, and about which case it was."""
    connection.execute(update(outbox).where(outbox.c.id == identifier).values(_LETTER))


def erase_sent_record(connection: Connection, identifier: int, pseudonym: str) -> None:
    """Erase what was sent to the record system, and about which case it was."""
    values: dict[str, Any] = {"key": pseudonym, "case_ref": pseudonym, "body": {}, "error": None}
    connection.execute(update(outgoing_record).where(outgoing_record.c.id == identifier).values(values))


def rename_stream(connection: Connection, stream: str, renamed: str) -> None:
    """Let the events of a stream, whose details are all erased, stand under another name."""
    connection.execute(update(event).where(event.c.stream == stream).values(stream=renamed))


def erase_case(connection: Connection, reference: str, pseudonym: str) -> None:
    """Forget a case: what the record system said of it, and its reference on review lists."""
    connection.execute(delete(case_record).where(case_record.c.reference == reference))
    listed = (retention_item.c.record_id == reference) | (retention_item.c.case_ref == reference)
    connection.execute(update(retention_item).where(listed).values(record_id=pseudonym, case_ref=None))
    decided = retention_decision.c.record_id == reference
    connection.execute(update(retention_decision).where(decided).values(record_id=pseudonym))


def incident_streams(connection: Connection, instances: Sequence[str]) -> list[str]:
    """Return the event streams of the incidents of these instances."""
    query = select(incident.c.id).where(incident.c.instance.in_(instances)).order_by(incident.c.id)
    return [f"incident {number}" for number in connection.execute(query).scalars()]


def erase_details(connection: Connection, stream: str, kinds: Sequence[str], marker: Mapping[str, Any]) -> None:
    """Put a marker in the place of the details of a stream's events, of these kinds only where any are named."""
    query = update(event).where(event.c.stream == stream)
    query = query.where(event.c.kind.in_(kinds)) if kinds else query
    connection.execute(query.values(details=marker, answer=None))


def _blank(
    connection: Connection,
    table: Table,
    key: Column[Any],
    wanted: Sequence[str],
    values: Mapping[str, Any],
    pseudonym: str,
) -> None:
    named = {"case_ref": pseudonym} if "case_ref" in table.c and "case_ref" not in values else {}
    blanked = {**named, **values}
    if blanked:
        connection.execute(update(table).where(key.in_(wanted)).values(blanked))
