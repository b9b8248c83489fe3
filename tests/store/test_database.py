"""One place begins and commits: settings in force, nothing half written, one view for reading, writers in a queue."""

import subprocess
import sys
from threading import Event, Thread

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.errors import Busy
from engine.store import schema
from engine.store.database import Database
from engine.store.schema.execution import instance, revision
from tests.factories.council import ROOT
from tests.store.counting import NAME
from tests.store.rows import an_instance


@pytest.fixture
def sqlite(shelf):
    with shelf.copy("sqlite", "empty") as url:
        database = Database(url)
        yield database
        database.close()


def put(connection, name, number=1):
    connection.execute(insert(revision), {"name": name, "number": number})


def names(connection):
    return set(connection.execute(select(revision.c.name)).scalars())


def address(database):
    return database.url.render_as_string(hide_password=False)


def test_sqlite_runs_with_the_measured_settings_on_every_connection(sqlite):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    with sqlite.reading() as one, sqlite.reading() as two, sqlite.transaction() as three:
        for connection in (one, two, three):
            found = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in wanted}
            assert found == wanted


def test_postgresql_gives_up_waiting_and_speaks_utc(shelf):
    wanted = {
        "lock_timeout": "5s",
        "statement_timeout": "30s",
        "idle_in_transaction_session_timeout": "30s",
        "TimeZone": "UTC",
    }
    with shelf.copy("postgresql", "empty") as url:
        database = Database(url)
        with database.reading() as connection:
            found = {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in wanted}
        database.close()
    assert found == wanted


def test_a_transaction_is_kept_whole_or_not_at_all(database):
    with database.transaction() as connection:
        put(connection, "kept")
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        put(connection, "lost")
        1 / 0  # noqa: B018 - anything that goes wrong
    with database.reading() as connection:
        assert names(connection) == {"kept"}


def test_another_process_sees_what_was_committed_and_nothing_else(database):
    other = Database(address(database))
    with database.transaction() as connection:
        put(connection, "new")
        with other.reading() as elsewhere:
            assert names(elsewhere) == set()
    with other.reading() as elsewhere:
        assert names(elsewhere) == {"new"}
    other.close()


def test_reading_is_one_view_although_others_write_meanwhile(database):
    with database.transaction() as connection:
        put(connection, "first")
    with database.reading() as reading:
        before = names(reading)
        with database.transaction() as writing:
            put(writing, "second")
        assert names(reading) == before == {"first"}
    with database.reading() as reading:
        assert names(reading) == {"first", "second"}


def test_nothing_written_while_reading_is_kept(database):
    try:
        with database.reading() as connection:
            put(connection, "sneaked in")
    except DBAPIError as error:
        assert "read-only" in str(error)
    with database.reading() as connection:
        assert names(connection) == set()


def test_a_row_must_belong_to_what_it_names(database):
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.execute(insert(instance), an_instance("orphan", deployment=4711))


def test_a_writer_on_sqlite_waits_until_the_one_before_has_ended(sqlite):
    happened, trying = [], Event()

    def second():
        trying.set()
        with sqlite.transaction() as connection:
            happened.append("second begins")
            put(connection, "second")

    with sqlite.transaction() as connection:
        thread = Thread(target=second)
        thread.start()
        assert trying.wait(10)
        thread.join(0.1)
        put(connection, "first")
        happened.append("first ends")
    thread.join(10)
    assert happened == ["first ends", "second begins"]


def test_a_command_on_sqlite_begins_as_a_writer(sqlite):
    other = Database(address(sqlite))
    with sqlite.transaction(), other.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA busy_timeout=0")
        with pytest.raises(Busy), connection.execution_options(casefile_write=True).begin():
            pass
    other.close()


def test_four_processes_that_read_and_write_lose_no_count_and_meet_no_lock(database):
    times = 40
    with database.transaction() as connection:
        put(connection, NAME, 0)
        put(connection, "another", 7)
    command = [sys.executable, "-m", "tests.store.counting", address(database), str(times)]
    processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in processes] == [(b"", 0)] * 4
    with database.reading() as connection:
        assert dict(connection.execute(select(revision.c.name, revision.c.number)).all()) == {
            NAME: 4 * times,
            "another": 7,
        }


def test_a_private_database_lives_in_memory_and_is_shared_by_threads():
    database = Database("sqlite://")
    database.create_tables()

    def write(number):
        with database.transaction() as connection:
            put(connection, f"n{number}")

    threads = [Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    with database.reading() as connection:
        assert len(names(connection)) == 8
    database.close()


def test_every_table_is_known_to_whoever_opens_a_database():
    described = {path.stem for path in (ROOT / "engine" / "store" / "schema").glob("*.py")} - {"__init__", "naming"}
    assert "personal" in described
    assert described <= set(schema.__all__)
