"""Process instances: a lost update is Stale, and what is due is claimed by one, in due order."""

import pytest
from sqlalchemy import insert, text

from engine.errors import Busy, NotFound, Stale
from engine.store import instances, tasks
from engine.store.database import Database
from engine.store.schema.execution import instance
from tests.store.rows import MINUTE, NOW, a_task, add_instances, an_instance

CHANGED = {
    "status": "running",
    "state": b"later",
    "version": 2,
    "tokens": ["fetch"],
    "open_tasks": [3],
    "reminders": {"3": [["at", "reminder", "holder"]]},
    "next_due": NOW,
    "timer_due": None,
    "task_due": None,
    "events": 2,
    "head": "i",
    "finished_at": None,
}


def test_what_was_read_at_the_present_version_is_written(database):
    add_instances(database, an_instance("this"))
    with database.transaction() as connection:
        instances.write(connection, "this", 1, CHANGED)
    with database.reading() as connection:
        row = instances.get(connection, "this")
        assert {name: getattr(row, name) for name in CHANGED} == CHANGED
        assert instances.get(connection, "others").version == 1


def test_what_was_read_at_an_earlier_version_is_stale(database):
    add_instances(database, an_instance("this", version=2))
    with pytest.raises(Stale, match="This work was changed by somebody else"), database.transaction() as connection:
        instances.write(connection, "this", 1, CHANGED)
    with database.reading() as connection:
        assert instances.get(connection, "this").state == b"state"


@pytest.mark.parametrize("find", [instances.get, instances.lock])
def test_an_unknown_instance_is_not_found(database, find):
    add_instances(database)
    with pytest.raises(NotFound, match="no process instance nothing"), database.transaction() as connection:
        find(connection, "nothing")


def test_the_longest_due_is_claimed_first_and_only_while_it_runs(database):
    add_instances(
        database,
        an_instance("late", next_due=NOW),
        an_instance("latest", next_due=NOW - MINUTE),
        an_instance("soon", next_due=NOW + MINUTE),
        an_instance("stopped", next_due=NOW - 2 * MINUTE, status="incident"),
        an_instance("done", next_due=NOW - 2 * MINUTE, status="finished"),
    )
    claimed = []
    for _ in range(3):
        with database.transaction() as connection:
            row = instances.first_due(connection, NOW)
            claimed.append(row and row.id)
            if row is not None:
                instances.write(connection, row.id, 1, {**CHANGED, "next_due": None})
    assert claimed == ["latest", "late", None]
    with database.reading() as connection:
        assert instances.next_due(connection) == NOW + MINUTE


def test_nothing_is_next_when_nothing_waits(database):
    add_instances(database)
    with database.reading() as connection:
        assert instances.next_due(connection) is None


@pytest.fixture
def two(shelf):
    """One database on PostgreSQL as two processes see it."""
    with shelf.copy("postgresql", "empty") as url:
        databases = Database(url), Database(url)
        yield databases
        for one in databases:
            one.close()


def test_what_one_process_has_claimed_the_other_passes_over(two):
    one, other = two
    add_instances(one, an_instance("first", next_due=NOW - MINUTE), an_instance("second", next_due=NOW))
    with one.transaction() as mine, other.transaction() as theirs:
        assert instances.first_due(mine, NOW).id == "first"
        assert instances.first_due(theirs, NOW).id == "second"
        with one.transaction() as third:
            assert instances.first_due(third, NOW) is None
    with other.transaction() as connection:
        assert instances.first_due(connection, NOW).id == "first"


def test_a_claim_goes_with_the_transaction_that_made_it(two):
    one, other = two
    add_instances(one, an_instance("first", next_due=NOW))
    with pytest.raises(ZeroDivisionError), one.transaction() as mine:
        assert instances.first_due(mine, NOW).id == "first"
        1 / 0  # noqa: B018 - what happens to a process that dies
    with other.transaction() as theirs:
        assert instances.first_due(theirs, NOW).id == "first"


def test_an_instance_that_one_steps_the_other_waits_for(two):
    one, other = two
    add_instances(one, an_instance("this"))
    with one.transaction() as mine:
        instances.lock(mine, "this")
        with pytest.raises(Busy), other.transaction() as theirs:
            theirs.execute(text("SET LOCAL lock_timeout = '50ms'"))
            instances.lock(theirs, "this")
        with other.transaction() as theirs:
            assert instances.get(theirs, "this").version == 1
            assert instances.lock(theirs, "others").id == "others"


def test_a_business_key_is_used_once(database):
    add_instances(database, an_instance("october", business_key=instances.new_key("monthly", "2026-10")))
    again = an_instance("again", business_key=instances.new_key("monthly", "2026-10"))
    with pytest.raises(Exception, match="business_key"), database.transaction() as connection:
        connection.execute(insert(instance), again)


def test_the_unfinished_instances_of_a_process_about_a_case_are_found(database):
    add_instances(
        database,
        an_instance("one", audit="a1"),
        an_instance("two", status="incident", audit="a2"),
        an_instance("finished", status="finished"),
        an_instance("given_up", status="given up"),
        an_instance("visit", process="visit"),
        an_instance("elsewhere", case_ref="CF-2"),
    )
    with database.reading() as connection:
        assert sorted(instances.waiting_for_case(connection, "errand", "CF-1", None)) == ["one", "two"]
        assert instances.waiting_for_case(connection, "errand", "CF-1", "a1") == ["one"]
        assert instances.waiting_for_case(connection, "errand", "CF-1", "another audit") == []


def test_what_is_about_no_audit_is_told_of_every_audit_of_its_case(database):
    add_instances(database, an_instance("other", audit="a1"), an_instance("whole", audit=None))
    with database.reading() as connection:
        assert instances.waiting_for_case(connection, "errand", "CF-1", "a2") == ["whole"]


def test_what_waits_for_a_moment_is_found_by_its_timer_or_by_its_open_task(database):
    add_instances(
        database,
        an_instance("timer", next_due=NOW),
        an_instance("stopped", next_due=NOW, status="incident"),
        an_instance("task"),
        an_instance("no_date"),
        an_instance("task_done"),
        an_instance("finished", next_due=NOW, status="finished"),
    )
    with database.transaction() as connection:
        tasks.add(
            connection,
            [
                a_task("t1", instance="task", due=NOW),
                a_task("t2", instance="no_date"),
                a_task("t3", instance="task_done", due=NOW, status="done"),
            ],
        )
    with database.reading() as connection:
        assert instances.with_due_work(connection) == ["stopped", "task", "timer"]
