"""Records for the record system: written once, claimed by one sender at a time, and settled for good."""

from engine.store import outgoing
from engine.store.database import Database
from tests.store.rows import MINUTE, NOW


def record(key: str, at=NOW):
    return {
        "key": key, "kind": "remedial_action", "case_ref": "CF-1", "body": {"state": "open"}, "at": at,
        "status": outgoing.WAITING, "tries": 0, "next_try": at,
    }  # fmt: skip


def add(database: Database, *records) -> None:
    with database.transaction() as connection:
        outgoing.add(connection, records)


def claim(database: Database, at=NOW, limit: int = 10, since=NOW - 60 * MINUTE):
    with database.transaction() as connection:
        return outgoing.claim(connection, at, at + 5 * MINUTE, limit, since)


def test_a_record_with_the_same_key_is_written_once(database):
    add(database, record("case CF-1:1"))
    add(database, record("case CF-1:1"), record("case CF-1:2"))
    add(database)
    with database.reading() as connection:
        assert outgoing.count_by_status(connection) == {"waiting": 2}


def test_records_of_a_moment_and_later_come_oldest_first(database):
    add(database, record("late", NOW + 2 * MINUTE), record("early", NOW - MINUTE), record("now"))
    with database.reading() as connection:
        assert [row.key for row in outgoing.since(connection, NOW)] == ["now", "late"]


def test_what_is_claimed_is_nobody_elses_until_its_lease_runs_out(database):
    add(database, record("one"), record("two"), record("later", NOW + 60 * MINUTE))
    assert [row.key for row in claim(database, limit=1)] == ["one"]
    assert [row.key for row in claim(database)] == ["two"]
    assert claim(database) == []
    assert [(row.key, row.tries) for row in claim(database, NOW + 6 * MINUTE)] == [("one", 1), ("two", 1)]


def test_what_was_made_before_the_wanted_moment_is_left(database):
    add(database, record("before", NOW - MINUTE), record("after"))
    assert [row.key for row in claim(database, since=NOW)] == ["after"]


def test_only_the_last_claim_settles_a_record(database):
    add(database, record("one"))
    (first,) = claim(database)
    (second,) = claim(database, NOW + 6 * MINUTE)
    with database.transaction() as connection:
        late = outgoing.settle(connection, first.id, first.tries + 1, outgoing.FAILED, {"next_try": None})
        assert not late
        assert outgoing.settle(connection, second.id, second.tries + 1, outgoing.SENT, {"next_try": None})
        assert outgoing.count_by_status(connection) == {"sent": 1}


def test_failed_records_can_wait_again(database):
    add(database, record("one"), record("two"))
    (first, _) = claim(database)
    with database.transaction() as connection:
        outgoing.settle(connection, first.id, 1, outgoing.FAILED, {"next_try": None})
        assert outgoing.wait_again(connection, NOW) == 1
    assert [(row.key, row.tries) for row in claim(database)] == [("one", 0)]
