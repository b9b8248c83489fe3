"""Whoever changes the event log behind the program's back is found, wherever and however it is done (I-01)."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from engine.domain.eventlog import Link
from engine.service.record_keeping import verification
from engine.service.record_keeping.verification import verify, walk
from engine.store.database import Connection
from engine.store.schema.execution import event, instance
from tests.factories.council import AUDIT, SOMEBODY, Council

PLACES = 60


class UndoneError(Exception):
    """What was done to the database is taken back."""


@contextmanager
def tampering(council: Council) -> Iterator[Connection]:
    """A connection of somebody with rights on the database; what is done there is undone afterwards."""
    with pytest.raises(UndoneError), council.database.transaction() as connection:
        yield connection
        raise UndoneError


@pytest.fixture
def busy(council: Council) -> Council:
    """A council with some more in its log: audits at work, absences, and a policy that changed."""
    for case, auditor in (("CF-20931", "kim"), ("CF-21040", "zoe"), ("CF-30510", "kim")):
        council.assign(case, auditor)
        council.task(AUDIT, case)
    council.deploy({"processes/README.md": b"# Changed"})
    return council


def places(council: Council, of_instances: bool = True) -> list[Any]:
    """Events at random places, always the same ones; the first and last of their streams are among them."""
    with council.database.reading() as connection:
        rows = list(connection.execute(select(event).order_by(event.c.stream, event.c.n)))
        known = set(connection.execute(select(instance.c.id)).scalars())
    if of_instances:
        rows = [row for row in rows if row.stream in known]
    return random.Random(20261201).choices(rows, k=PLACES)


def test_a_log_that_nobody_touched_holds(busy: Council) -> None:
    heard: list[int] = []
    found = verify(busy.engine, told=heard.append)
    assert found.breaks == []
    assert found.is_sound
    assert found.events == verification.number_of_events(busy.engine) == heard[-1] == len(heard) > 20


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "completed by nobody"},
        {"actor": "somebody else"},
        {"details": {"task": "another"}},
        {"hash": "0" * 64},
        {"previous": "f" * 64},
        {"stream": "case CF-20931x"},
        {"n": 9999},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(busy: Council, change: dict[str, Any]) -> None:
    for row in places(busy, of_instances=False):
        with tampering(busy) as connection:
            connection.execute(update(event).where(event.c.id == row.id).values(**change))
            assert not walk(connection).is_sound, row


def test_a_moved_moment_is_found(busy: Council) -> None:
    for row in places(busy, of_instances=False):
        with tampering(busy) as connection:
            earlier = row.at.replace(microsecond=(row.at.microsecond + 1) % 1_000_000)
            connection.execute(update(event).where(event.c.id == row.id).values(at=earlier))
            assert not walk(connection).is_sound, row


def test_a_deleted_event_is_found(busy: Council) -> None:
    for row in places(busy):
        with tampering(busy) as connection:
            connection.execute(delete(event).where(event.c.id == row.id))
            assert not walk(connection).is_sound, row


def test_an_inserted_event_is_found_even_with_a_true_hash(busy: Council) -> None:
    for row in places(busy):
        with tampering(busy) as connection:
            connection.execute(text("UPDATE event SET n = -n WHERE stream = :stream AND n > :n"), made(row))
            connection.execute(text("UPDATE event SET n = 1 - n WHERE stream = :stream AND n < 0"), made(row))
            connection.execute(insert(event), forged(row))
            assert not walk(connection).is_sound, row


def test_an_event_added_at_the_end_is_found_even_with_a_true_hash(busy: Council) -> None:
    for row in places(busy):
        with tampering(busy) as connection:
            last = connection.execute(
                select(event).where(event.c.stream == row.stream).order_by(event.c.n.desc())
            ).first()
            connection.execute(insert(event), forged(last))
            assert not walk(connection).is_sound, row


def test_reordered_events_are_found(busy: Council) -> None:
    with busy.database.reading() as connection:
        pairs = connection.execute(
            text(
                "SELECT one.id AS one, two.id AS two, one.n AS n FROM event one JOIN event two "
                "ON one.stream = two.stream AND two.n = one.n + 1"
            )
        ).all()
    for pair in random.Random(1).choices(pairs, k=PLACES):
        with tampering(busy) as connection:
            for identifier, n in ((pair.one, -1), (pair.two, pair.n), (pair.one, pair.n + 1)):
                connection.execute(update(event).where(event.c.id == identifier).values(n=n))
            assert not walk(connection).is_sound, pair


def test_events_swapped_between_streams_are_found(busy: Council) -> None:
    some = places(busy)
    for one, other in pairwise(some):
        if one.stream == other.stream:
            continue
        with tampering(busy) as connection:
            steps = ((one.id, "aside", 1), (other.id, one.stream, one.n), (one.id, other.stream, other.n))
            for identifier, stream, n in steps:
                connection.execute(update(event).where(event.c.id == identifier).values(stream=stream, n=n))
            assert not walk(connection).is_sound, (one, other)


def test_a_truncated_log_of_an_instance_is_found(busy: Council) -> None:
    for row in places(busy):
        with tampering(busy) as connection:
            connection.execute(delete(event).where(event.c.stream == row.stream, event.c.n >= row.n))
            (told,) = walk(connection).breaks
            assert told.startswith(f"{row.stream}: the log ends at event {row.n - 1}, ")


def test_a_rebuilt_chain_is_found_by_the_instance_that_knows_its_head(busy: Council) -> None:
    for row in places(busy)[:20]:
        with tampering(busy) as connection:
            rebuild(connection, row)
            (told,) = walk(connection).breaks
            assert told == f"{row.stream}: the last event is not the one that its process instance knows."


def test_every_truncation_is_found_by_heads_that_were_written_down_earlier(busy: Council) -> None:
    noted = verify(busy.engine).heads
    assert any(" " in stream for stream in noted), "streams that belong to no instance"
    busy.assign("CF-50008", "zoe")
    assert verify(busy.engine, noted).is_sound, "a log that only grew"
    for row in places(busy, of_instances=False):
        if row.stream not in noted:
            continue
        with tampering(busy) as connection:
            connection.execute(delete(event).where(event.c.stream == row.stream, event.c.n >= row.n))
            assert f"{row.stream}: event {noted[row.stream].n} is not there as it was written down earlier." in (
                walk(connection, noted).breaks
            )


def test_an_instance_that_was_removed_with_all_but_its_log_is_found(busy: Council) -> None:
    audit = busy.assign("CF-50008", "zoe")
    with tampering(busy) as connection:
        connection.execute(text("DELETE FROM task WHERE instance = :id"), {"id": audit.instance})
        connection.execute(delete(instance).where(instance.c.id == audit.instance))
        assert f"{audit.instance}: there is no process instance that these events belong to." in (
            walk(connection).breaks
        )


@pytest.mark.parametrize("spoilt", ["{not json", "", '{"task": NaN}', '{"task": "\\ud800"}'])
def test_details_that_cannot_be_read_any_more_are_told_and_the_walk_goes_on(busy: Council, spoilt: str) -> None:
    row = places(busy)[0]
    with tampering(busy) as connection:
        connection.execute(text("UPDATE event SET details = :spoilt WHERE id = :id"), {"spoilt": spoilt, "id": row.id})
        found = walk(connection)
        assert f"{row.stream}: event {row.n} cannot be read any more." in found.breaks
        assert found.events == verification.number_of_events(busy.engine)


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(
    "spoilt",
    [
        "at = 'yesterday'",
        "at = 7",
        "n = 'first'",
        "kind = x'00ff'",
        "hash = 5",
        "details = 5",
        "kind = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_database_that_takes_anything_is_read_all_the_same(busy: Council, spoilt: str) -> None:
    row = places(busy)[0]
    with tampering(busy) as connection:
        connection.execute(text(f"UPDATE event SET {spoilt} WHERE id = {row.id}"))
        assert not walk(connection).is_sound


def made(row: Any) -> dict[str, Any]:
    return {"stream": row.stream, "n": row.n}


def forged(row: Any) -> dict[str, Any]:
    """An event that follows `row` by every rule of the chain."""
    link = Link(row.stream, row.n + 1, "forged", SOMEBODY, row.at, {"by": "a tamperer"}, row.hash)
    return {**vars(link), "hash": link.hash}


def rebuild(connection: Connection, row: Any) -> None:
    """Change an event and reckon every hash after it again, as somebody who knows the rule can."""
    head = None
    for one in connection.execute(select(event).where(event.c.stream == row.stream).order_by(event.c.n)).all():
        actor = "somebody else" if one.n == row.n else one.actor
        link = Link(one.stream, one.n, one.kind, actor, one.at, one.details, one.previous if head is None else head)
        head = link.hash
        values = {"actor": actor, "previous": link.previous, "hash": head}
        connection.execute(update(event).where(event.c.id == one.id).values(**values))
