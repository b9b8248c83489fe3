"""Recurring processes: each occurrence is claimed by one."""

from engine.store import schedules
from engine.store.database import Database
from tests.store.rows import MINUTE, NOW


def fill(database):
    with database.transaction() as connection:
        for process, at in (("monthly", NOW), ("yearly", NOW - MINUTE), ("later", NOW + MINUTE)):
            schedules.add(connection, process, at)


def test_the_longest_due_comes_first_and_goes_to_its_next_day(database):
    fill(database)
    taken = []
    with database.transaction() as connection:
        while (row := schedules.due(connection, NOW)) is not None:
            taken.append(row.process)
            schedules.move(connection, row.process, NOW + 9 * MINUTE)
    assert taken == ["yearly", "monthly"]
    with database.reading() as connection:
        assert schedules.next_at(connection) == NOW + MINUTE
        assert schedules.processes(connection) == {"monthly", "yearly", "later"}


def test_a_schedule_that_ends_is_gone_and_the_others_stay(database):
    fill(database)
    with database.transaction() as connection:
        schedules.end(connection, "yearly")
        assert schedules.due(connection, NOW).process == "monthly"
        assert schedules.processes(connection) == {"monthly", "later"}


def test_nothing_is_next_without_schedules(database):
    with database.reading() as connection:
        assert schedules.next_at(connection) is None


def test_two_processes_that_tick_at_once_claim_different_occurrences(shelf):
    with shelf.copy("postgresql", "empty") as url:
        one, two = Database(url), Database(url)
        fill(one)
        with one.transaction() as mine, two.transaction() as theirs:
            assert schedules.due(mine, NOW).process == "yearly"
            assert schedules.due(theirs, NOW).process == "monthly"
            with one.transaction() as third:
                assert schedules.due(third, NOW) is None
        for database in (one, two):
            database.close()
