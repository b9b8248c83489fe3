"""Migrations lead to exactly the tables that the program uses, on both databases, however often they run."""

import importlib
import pkgutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, insert, inspect, select, text

import engine.store
from engine.errors import DatabaseNotReady, DatabaseUnusable
from engine.store import migration
from engine.store.database import Database, open_database
from engine.store.schema import metadata
from engine.store.schema.execution import deployment, event, instance
from tests.factories.databases import Shelf
from tests.store.rows import NOW, an_instance


@pytest.fixture
def database(shelf: Shelf, backend: str, tmp_path: Path) -> Iterator[Database]:
    """A database that holds nothing yet."""
    url = f"sqlite:///{tmp_path / 'casefile.db'}" if backend == "sqlite" else shelf.server.create("unmigrated")
    made = Database(url)
    yield made
    made.close()
    if backend == "postgresql":
        shelf.server.drop(url)


def table_modules() -> dict[str, list[Table]]:
    """Every module of the room that holds tables, so that a new one cannot be forgotten."""
    modules = (
        importlib.import_module(f"engine.store.{one.name}") for one in pkgutil.iter_modules(engine.store.__path__)
    )
    return {
        module.__name__: tables
        for module in modules
        if (tables := [value for value in vars(module).values() if isinstance(value, Table)])
    }


def test_every_table_of_every_module_is_known_to_the_migrations() -> None:
    found = {table.name for tables in table_modules().values() for table in tables}
    assert found == set(metadata.tables)


def test_the_migrated_tables_are_those_of_the_program(database: Database) -> None:
    migration.upgrade(database)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_a_column_that_no_migration_makes_is_found_by_the_comparison(database: Database) -> None:
    migration.upgrade(database)
    with database.transaction() as connection:
        connection.execute(text("ALTER TABLE schedule DROP COLUMN active"))
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) != []


def test_constraints_have_the_names_that_the_tables_give_them(database: Database) -> None:
    migration.upgrade(database)
    with database.reading() as connection:
        looking = inspect(connection)
        for table in metadata.tables.values():
            named = {one["name"] for one in looking.get_indexes(table.name) if not one.get("duplicates_constraint")}
            assert named == {index.name for index in table.indexes}
            assert looking.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    assert migration.upgrade(database) == migration.newest()
    with database.transaction() as connection:
        connection.execute(text("INSERT INTO revision (name, number) VALUES ('kept', 7)"))
    assert migration.upgrade(database) == migration.newest()
    with database.reading() as connection:
        assert connection.execute(text("SELECT name, number FROM revision")).all() == [("kept", 7)]


def test_two_programs_that_upgrade_at_once_wait_for_each_other(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)

    def upgrade() -> str:
        other = Database(url)
        reached = migration.upgrade(other)
        other.close()
        return reached

    with ThreadPoolExecutor(3) as programs:
        assert [one.result(60) for one in [programs.submit(upgrade) for _ in range(3)]] == [migration.newest()] * 3


def test_an_upgrade_goes_all_the_way_down_and_up_again(database: Database) -> None:
    migration.upgrade(database)
    with database.transaction() as connection:
        command.downgrade(migration.configured(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migration.upgrade(database)
    assert migration.is_up_to_date(database)


def test_work_cancelled_before_there_was_a_word_for_it_is_found_by_its_event(database: Database) -> None:
    migration.upgrade(database)
    told = {"n": 2, "actor": "asha", "at": NOW, "details": {}, "previous": "p", "hash": "h"}
    with database.transaction() as connection:
        command.downgrade(migration.configured(connection), "0027")
        deployed = {"number": 1, "digest": "d", "files": b"", "deployed_at": NOW, "deployed_by": "x", "note": ""}
        connection.execute(insert(deployment), {**deployed, "in_force_from": NOW})
        ended = [an_instance("drawn_twice", status="given up"), an_instance("broken", status="given up")]
        connection.execute(insert(instance), [*ended, an_instance("others")])
        kinds = {"drawn_twice": "cancelled", "broken": "given up", "others": "completed"}
        connection.execute(insert(event), [{**told, "stream": name, "kind": kind} for name, kind in kinds.items()])
        command.upgrade(migration.configured(connection), "0028")
        found = {row.id: row.status for row in connection.execute(select(instance.c.id, instance.c.status))}
    assert found == {"drawn_twice": "cancelled", "broken": "given up", "others": "running"}


def test_an_empty_database_is_not_ready_and_says_what_to_run(database: Database) -> None:
    assert not migration.is_up_to_date(database)
    with pytest.raises(DatabaseNotReady, match=r"has not been set up\. Run casefile db upgrade first\."):
        migration.require(database)
    migration.upgrade(database)
    migration.require(database)


def test_a_database_left_behind_is_not_ready(database: Database) -> None:
    migration.upgrade(database)
    with database.transaction() as connection:
        command.downgrade(migration.configured(connection), "0001")
    assert migration.revision(database) == "0001"
    with pytest.raises(DatabaseNotReady, match=r"earlier version of Casefile\. Run casefile db upgrade first\."):
        migration.require(database)


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    migration.upgrade(database)
    with database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (migration.require, migration.upgrade):
        with pytest.raises(DatabaseUnusable, match="a newer version of Casefile made it"):
            attempt(database)
    assert migration.revision(database) == "9999"


def test_tables_without_a_revision_are_left_alone(database: Database) -> None:
    database.create_tables()
    with pytest.raises(DatabaseUnusable, match="holds tables that no migration made"):
        migration.upgrade(database)


def test_looking_for_a_database_does_not_make_it(tmp_path: Path) -> None:
    missing = open_database(f"sqlite:///{tmp_path / 'nowhere' / 'casefile.db'}")
    with pytest.raises(DatabaseNotReady):
        migration.require(missing)
    assert list(tmp_path.iterdir()) == []
    migration.upgrade(missing)
    assert migration.is_up_to_date(missing)
    missing.close()


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    nobody = open_database("postgresql+psycopg://casefile:secret@127.0.0.1:1/casefile")
    for attempt in (migration.require, migration.upgrade, migration.revision):
        with pytest.raises(DatabaseUnusable) as refused:
            attempt(nobody)
        assert "secret" not in refused.value.sentence
        assert "Connection refused" in refused.value.sentence


@pytest.mark.parametrize("address", ["", "casefile", "nonsense://x", "sqlite:/x", "postgresql+nodriver://x/y"])
def test_an_address_that_means_no_database_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(DatabaseUnusable, match="cannot be used"):
        open_database(address)


def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "casefile.db"
    file.write_text("this is a letter, not a database " * 50)
    for attempt in (migration.require, migration.upgrade):
        with pytest.raises(DatabaseUnusable, match="file is not a database"):
            attempt(open_database(f"sqlite:///{file}"))
