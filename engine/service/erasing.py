"""Erasing a record for good, and the tombstone that it leaves in the event log (R-05, I-01)."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from engine.domain.eventlog import ERASED, STREAMS, Link, fingerprint, marker
from engine.service import retention
from engine.service.command import Command
from engine.store import cycles, ended, erasure, events
from engine.store import retention as decisions

LOG = "retention"
DRAWN = "drawn"


def erase(command: Command, item: Any, review: str) -> bool:
    """Erase the record of a listed item everywhere it stands; False when work on it goes on again, and it stays.

    What was entered, kept and written goes, with the case and the people; grades, states, categories and dates stay
    for the figures. Every event stays in its chain without its details, and a tombstone says so.
    """
    instances = _instances(command, item)
    if ended.unfinished(command.connection, instances):
        return False
    pseudonym = f"erased {item.record_id}"
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
    tombstone = {"record": item.record, "id": item.record_id, "class": item.retention_class, "review": review}
    command.note(LOG, ERASED, {**tombstone, STREAMS: told})
    return True


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
    links = [(_link(row), row.hash) for row in events.of_stream(command.connection, stream)]
    return fingerprint([(link, stored) for link, stored in links if link.is_erased])


def _link(row: Any) -> Link:
    return Link(row.stream, row.n, row.kind, row.actor, row.at.astimezone(UTC), row.details, row.previous)
