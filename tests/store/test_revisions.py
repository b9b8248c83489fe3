"""Revisions: counters that any number of processes raise."""

from engine.store import revisions
from engine.store.database import Database


def test_the_first_change_is_number_one_and_each_name_counts_for_itself(database):
    with database.transaction() as connection:
        for name in ("directory", "deployment", "directory"):
            revisions.raise_number(connection, name)
    with database.reading() as connection:
        assert revisions.numbers(connection) == {"directory": 2, "deployment": 1}


def test_nothing_has_changed_before_the_first_change(database):
    with database.reading() as connection:
        assert revisions.numbers(connection) == {}


def test_a_change_that_was_rolled_back_counts_for_nothing(database):
    other = Database(database.url.render_as_string(hide_password=False))
    with other.engine.connect() as connection:
        revisions.raise_number(connection, "directory")
    with database.reading() as connection:
        assert revisions.numbers(connection) == {}
    other.close()
