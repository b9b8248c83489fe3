"""Incidents: attempts are counted for the same work, and automatic tries are claimed by one."""

import pytest

from engine.errors import NotFound
from engine.store import incidents
from tests.store.rows import MINUTE, NOW

DUE = {"kind": "due", "process": "errand"}


def failure(instance, command=DUE, **fields):
    known = {"instance": instance, "element": "fetch", "message": "It failed.", "at": NOW}
    return {**known, "command": command, **fields}


def keep(database, *failures):
    with database.transaction() as connection:
        return [incidents.keep(connection, one) for one in failures]


def opened(database, instance=None):
    with database.reading() as connection:
        return [(row.instance, row.attempts) for row in incidents.open_incidents(connection, instance)]


def test_the_same_work_of_the_same_instance_is_one_incident_with_its_attempts_counted(database):
    first, other, again = keep(database, failure("i"), failure("j"), failure("i", message="It failed again."))
    assert (first.id, first.attempts, again.id, again.attempts) == (again.id, 1, first.id, 2)
    assert opened(database) == [("i", 2), ("j", 1)]
    assert opened(database, "j") == [("j", 1)]
    with database.reading() as connection:
        assert incidents.get(connection, first.id).message == "It failed again."
        assert incidents.get(connection, other.id).message == "It failed."


def test_other_work_of_the_same_instance_is_another_incident(database):
    keep(database, failure("i"), failure("i", {"kind": "completed", "process": "errand"}))
    assert opened(database) == [("i", 1), ("i", 1)]


def test_a_settled_incident_stays_settled_when_the_work_fails_anew(database):
    (first,) = keep(database, failure("i"))
    with database.transaction() as connection:
        incidents.settle(connection, first.id, "asha", NOW)
    (second,) = keep(database, failure("i"))
    assert second.id != first.id
    with database.reading() as connection:
        row = incidents.get(connection, first.id)
    assert (row.status, row.settled_by, row.settled_at, row.next_try) == ("settled", "asha", NOW, None)


def test_what_went_on_settles_only_what_the_clock_had_stopped(database):
    mine, by_hand, other = keep(database, failure("i"), failure("i", {"kind": "completed"}), failure("j"))
    with database.transaction() as connection:
        assert incidents.settle_stop(connection, "i", "the clock", NOW) == [mine.id]
    with database.reading() as connection:
        assert [row.id for row in incidents.open_incidents(connection)] == [by_hand.id, other.id]


def test_the_next_try_that_is_due_is_claimed_and_a_new_failure_plans_none(database):
    early, late, _, settled = keep(database, failure("i"), failure("j"), failure("k"), failure("l"))
    with database.transaction() as connection:
        incidents.change(connection, late.id, {"next_try": NOW})
        incidents.change(connection, early.id, {"next_try": NOW - MINUTE})
        incidents.change(connection, settled.id, {"next_try": NOW, "status": incidents.SETTLED})
        assert incidents.next_try(connection) == NOW - MINUTE
        assert incidents.first_due(connection, NOW).id == early.id
        assert incidents.first_due(connection, NOW - 2 * MINUTE) is None
    keep(database, failure("i"))
    with database.reading() as connection:
        assert incidents.get(connection, early.id).next_try is None
        assert incidents.next_try(connection) == NOW


@pytest.mark.parametrize("find", [incidents.get, incidents.lock])
def test_an_unknown_incident_is_not_found(database, find):
    keep(database, failure("i"))
    with pytest.raises(NotFound, match="no incident 99"), database.transaction() as connection:
        find(connection, 99)
