"""Erasing a record for good, and the tombstone that it leaves in the event log (R-05, I-01)."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from engine.domain.eventlog import ERASED, STREAMS, Link, fingerprint, marker
from engine.service.command import Command
from engine.service.record_keeping import retention
from engine.store import cycles, ended, erasure, events
from engine.store import retention as decisions
from engine.store.events import CASE_STREAM, LOOKS_STREAM

LOG = "retention"
DRAWN = "drawn"


def erase(command: Command, item: Any, review: str) -> str | None:
    """Erase the record of a listed item everywhere it stands, and return the id that it is known by from then on; None
    when work on it goes on again, and it stays.

    What was entered, kept and written goes, with the case and the people; grades, states, categories and dates stay
    for the figures. Every event stays in its chain without its details, and a tombstone says so.
    """
    instances = _instances(command, item)
    if ended.unfinished(command.connection, instances):
        return None
    pseudonym = f"erased {item.id if item.record == retention.CASE_HISTORY else item.record_id}"
    incidents = erasure.incident_streams(command.connection, instances)
    if item.record == retention.AUDIT:
        erasure.erase_audit(command.connection, item.record_id, pseudonym)
    elif item.record == retention.POPULATION:
        erasure.erase_population_list(command.connection, item.record_id)
    elif item.record == retention.LETTER:
        erasure.erase_letter(command.connection, int(item.record_id))
    elif item.record == retention.SENT:
        erasure.erase_sent_record(command.connection, int(item.record_id), pseudonym)
    erasure.erase_instances(command.connection, instances, pseudonym)
    decisions.forget_case(command.connection, item.record, item.record_id)
    told = {stream: _erase_details(command, stream, (), review) for stream in (*instances, *incidents)}
    if item.record == retention.POPULATION:
        stream = f"cycle {item.record_id}"
        told[stream] = _erase_details(command, stream, (DRAWN,), review)
    if item.record == retention.CASE_HISTORY:
        told |= _erase_case(command, str(item.record_id), pseudonym, review)
    known_as = pseudonym if item.record == retention.CASE_HISTORY else str(item.record_id)
    tombstone = {"record": item.record, "id": known_as, "class": item.retention_class, "review": review}
    command.note(LOG, ERASED, {**tombstone, STREAMS: told})
    return known_as


def _erase_case(command: Command, case: str, pseudonym: str, review: str) -> dict[str, str]:
    """Erase what happened to a case and who looked at it: the events stay under another name. Return fingerprints."""
    told = {}
    for kind in (CASE_STREAM, LOOKS_STREAM):
        stream, renamed = f"{kind}{case}", f"{kind}{pseudonym}"
        if events.last_of_stream(command.connection, stream) is not None:
            erasure.erase_details(command.connection, stream, (), marker(review))
            erasure.rename_stream(command.connection, stream, renamed)
            told[renamed] = _remains(command, renamed)
    erasure.erase_case(command.connection, case, pseudonym)
    command.forget_case(case)
    return told


def _instances(command: Command, item: Any) -> list[str]:
    connection, identifier = command.connection, str(item.record_id)
    if item.record == retention.AUDIT:
        return erasure.instances_of_audit(connection, identifier)
    if item.record == retention.EXERCISE:
        return erasure.instances_of_exercise(connection, identifier)
    if item.record == retention.POPULATION:
        return [cycles.get(connection, identifier).instance]
    return [] if item.record in retention.OF_NO_PROCESS else [identifier]


def _erase_details(command: Command, stream: str, kinds: Sequence[str], review: str) -> str:
    """Erase the details of a stream's events and return the fingerprint of what is left of all erased ones."""
    erasure.erase_details(command.connection, stream, kinds, marker(review))
    return _remains(command, stream)


def _remains(command: Command, stream: str) -> str:
    links = [(_link(row), row.hash) for row in events.of_stream(command.connection, stream)]
    return fingerprint([(link, stored) for link, stored in links if link.is_erased])


def _link(row: Any) -> Link:
    return Link(row.stream, row.n, row.kind, row.actor, row.at.astimezone(UTC), row.details, row.previous)
