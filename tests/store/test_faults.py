"""What a database cannot do is told in words; what is only busy can be told from it."""

from threading import Event, Thread

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.errors import Busy, Unstorable
from engine.store import events, incidents
from engine.store.database import Database
from engine.store.schema.council import team
from engine.store.schema.execution import revision
from tests.store.rows import NOW, an_event


@pytest.fixture
def postgresql(shelf):
    """An empty database on PostgreSQL, for what cannot happen on SQLite, where only one writes at a time."""
    with shelf.copy("postgresql", "empty") as url:
        database = Database(url)
        yield database
        database.close()


def test_a_number_too_large_is_refused_in_words(database):
    with pytest.raises(Unstorable, match="too long, too large"), database.reading() as connection:
        incidents.get(connection, 10**30)


@pytest.mark.parametrize("name", ["x" * 129, "a\0b"], ids=["too long", "a NUL"])
def test_text_that_postgresql_cannot_keep_is_refused_in_words(postgresql, name):
    with pytest.raises(Unstorable, match="take out unusual characters"), postgresql.transaction() as connection:
        connection.execute(insert(team), {"name": name})
    with postgresql.reading() as connection:
        assert connection.execute(select(team)).all() == []


def test_half_a_character_is_refused_in_words(database):
    with pytest.raises(Unstorable), database.transaction() as connection:
        connection.execute(insert(team), {"name": "\ud800"})


def test_two_events_at_one_place_are_busy_and_not_a_fault(database):
    with database.transaction() as connection:
        events.append(connection, [an_event("case CF-1", 1), an_event("case CF-2", 1)])
    with pytest.raises(Busy), database.transaction() as connection:
        events.append(connection, [an_event("case CF-1", 1)])


def test_the_same_key_twice_is_busy_and_not_a_fault(database):
    with database.transaction() as connection:
        events.append(connection, [an_event("commands", 1, command_key="once")])
    with pytest.raises(Busy), database.transaction() as connection:
        events.append(connection, [an_event("commands", 2, command_key="once")])


def test_any_other_row_that_is_there_already_stays_a_fault(database):
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.execute(insert(team), [{"name": "North"}, {"name": "North"}])


def test_a_statement_that_is_wrong_stays_a_fault(database):
    with pytest.raises(Exception, match="nowhere") as raised, database.reading() as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(raised.value, Busy)


def test_a_row_that_somebody_holds_is_busy(postgresql):
    hold = select(revision).with_for_update()
    with postgresql.transaction() as connection:
        connection.execute(insert(revision), {"name": "n", "number": 1})
    with postgresql.transaction() as holding:
        holding.execute(hold)
        with pytest.raises(Busy), postgresql.transaction() as waiting:
            waiting.execute(text("SET LOCAL lock_timeout = '50ms'"))
            waiting.execute(hold)


def test_one_of_two_that_wait_for_each_other_is_busy(postgresql):
    with postgresql.transaction() as connection:
        connection.execute(insert(revision), [{"name": "a", "number": 1}, {"name": "b", "number": 1}])
    ended, holds_b = [], Event()

    def other():
        try:
            with postgresql.transaction() as connection:
                connection.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
                connection.execute(touch("b"))
                holds_b.set()
                connection.execute(touch("a"))
            ended.append("done")
        except Busy:
            ended.append("busy")

    thread = Thread(target=other)
    try:
        with postgresql.transaction() as connection:
            connection.execute(touch("a"))
            thread.start()
            assert holds_b.wait(10)
            connection.execute(touch("b"))
        ended.append("done")
    except Busy:
        ended.append("busy")
    thread.join(10)
    assert sorted(ended) == ["busy", "done"]


def touch(name):
    return update(revision).where(revision.c.name == name).values(number=revision.c.number + 1)


def test_a_server_that_is_not_there_is_no_refusal_of_a_statement():
    nobody = Database("postgresql+psycopg://casefile@127.0.0.1:1/casefile")
    with pytest.raises(OperationalError), nobody.reading() as connection:
        connection.execute(select(revision))


def test_nothing_of_a_refused_transaction_is_kept(database):
    with pytest.raises(Busy), database.transaction() as connection:
        events.append(connection, [an_event("s", 1, at=NOW)])
        events.append(connection, [an_event("s", 1, at=NOW)])
    with database.reading() as connection:
        assert events.of_stream(connection, "s") == []
