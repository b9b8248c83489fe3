"""Deployments: snapshots come back byte for byte, and the one in force follows from the moment."""

import pytest

from engine.errors import NotFound
from engine.store import deployments, revisions
from tests.store.rows import MINUTE, NOW

FILES = {"processes/b.bpmn": "<é/>\r\n".encode(), "forms/a.json": b"{}", "forms/notices/n.txt": b""}


def add(database, digest, at, files=FILES):
    values = {"digest": digest, "deployed_at": NOW, "deployed_by": "ian", "in_force_from": at, "note": "n"}
    with database.transaction() as connection:
        return deployments.add(connection, files, values)


def test_the_files_of_a_deployment_come_back_byte_for_byte(database):
    add(database, "other", NOW, {"forms/z.json": b"other"})
    number = add(database, "this", NOW)
    with database.reading() as connection:
        assert deployments.snapshot(connection, number) == FILES


def test_the_last_that_came_into_force_is_in_force(database):
    first, second = add(database, "a", NOW), add(database, "b", NOW + 2 * MINUTE)
    earlier = add(database, "c", NOW + MINUTE)
    with database.reading() as connection:
        found = [deployments.in_force(connection, NOW + minutes * MINUTE) for minutes in (-1, 0, 1, 2, 9)]
        assert [row.number for row in deployments.every(connection)] == [earlier, second, first]
    assert found == [None, (first, "a"), (earlier, "c"), (second, "b"), (second, "b")]


def test_of_two_from_the_same_moment_the_later_number_is_in_force(database):
    add(database, "a", NOW)
    later = add(database, "b", NOW)
    with database.reading() as connection:
        assert deployments.in_force(connection, NOW) == (later, "b")


def test_every_deployment_raises_the_revision(database):
    add(database, "a", NOW)
    add(database, "b", NOW)
    with database.reading() as connection:
        assert revisions.numbers(connection) == {deployments.REVISION: 2}


def test_an_unknown_deployment_is_not_found(database):
    add(database, "a", NOW)
    with pytest.raises(NotFound, match="no deployment 9"), database.reading() as connection:
        deployments.snapshot(connection, 9)


def test_what_came_into_force_is_told_in_that_order_with_its_files(database):
    add(database, "second", NOW + MINUTE)
    add(database, "first", NOW, {"forms/z.json": b"other"})
    add(database, "still to come", NOW + 3 * MINUTE)
    with database.reading() as connection:
        found = list(deployments.came_into_force(connection, NOW + 2 * MINUTE))
    assert found == [(NOW, {"forms/z.json": b"other"}), (NOW + MINUTE, FILES)]
