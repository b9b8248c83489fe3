"""The event log: places in streams, and one event for each key."""

import pytest

from engine.errors import Busy
from engine.store import events
from engine.store.database import Database
from tests.store.rows import MINUTE, NOW, an_event


@pytest.fixture
def log(database):
    with database.transaction() as connection:
        events.append(
            connection,
            [
                an_event("case CF-1", 1, kind="first", details={"b": 1, "a": [None, "é"]}),
                an_event("case CF-2", 1, kind="other"),
                an_event("case CF-1", 2, kind="second", at=NOW + MINUTE, command_key="once", answer={"task": "t"}),
            ],
        )
    return database


def test_a_stream_is_read_in_order_with_its_details_as_they_were(log):
    with log.reading() as connection:
        rows = events.of_stream(connection, "case CF-1")
        assert [(row.n, row.kind) for row in rows] == [(1, "first"), (2, "second")]
        assert list(rows[0].details.items()) == [("b", 1), ("a", [None, "é"])]
        assert events.of_stream(connection, "case CF-9") == []


def test_the_last_event_of_a_stream_is_its_own(log):
    with log.reading() as connection:
        assert events.last_of_stream(connection, "case CF-1").kind == "second"
        assert events.last_of_stream(connection, "case CF-9") is None


def test_an_event_is_found_by_the_key_of_its_command(log):
    with log.reading() as connection:
        assert events.by_command(connection, "once").answer == {"task": "t"}
        assert events.by_command(connection, "never") is None


def test_events_of_one_kind_are_found_from_a_moment_on(log):
    with log.reading() as connection:
        assert [row.n for row in events.kinds_since(connection, "case CF-1", "second", NOW)] == [2]
        assert events.kinds_since(connection, "case CF-1", "second", NOW + 2 * MINUTE) == []
        assert events.count(connection) == 3


def test_who_adds_to_a_stream_keeps_others_from_it_and_not_from_others(shelf):
    with shelf.copy("postgresql", "empty") as url:
        one, two = Database(url), Database(url)
        with one.transaction() as mine:
            events.hold(mine, "case CF-1")
            with two.transaction() as theirs:
                events.hold(theirs, "case CF-2")
            with pytest.raises(Busy), two.transaction() as theirs:
                theirs.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
                events.hold(theirs, "case CF-1")
        with two.transaction() as theirs:
            events.hold(theirs, "case CF-1")
        for database in (one, two):
            database.close()
