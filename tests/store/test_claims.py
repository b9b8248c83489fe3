"""Claiming a task: one statement tells the task, its instance and its case, each as it is read alone."""

import pytest

from engine.errors import NotFound
from engine.store import cases, instances, tasks
from engine.store.claims import claim
from tests.benchmarks.measuring import statements
from tests.store.rows import NOW, a_task, add_tasks

CASE = {"reference": "CF-1", "service_area": "LAC", "team": "North", "social_worker": "sam", "status": "open"}


@pytest.fixture
def known(database):
    add_tasks(database, a_task("about_a_case"), a_task("about_none", case_ref=None, key=2), a_task("other", key=3))
    with database.transaction() as connection:
        cases.add(
            connection,
            [{**CASE, "restricted": False, "changed_at": NOW, "reference": one} for one in ("CF-1", "CF-2")],
        )
    return database


def test_what_is_claimed_is_what_each_table_holds(known):
    with known.transaction() as connection:
        found = claim(connection, "about_a_case")
        assert found.task._asdict() == tasks.get(connection, "about_a_case")._asdict()
        assert found.instance._asdict() == instances.get(connection, "others")._asdict()
        assert found.case._asdict() == cases.get(connection, "CF-1")._asdict()


def test_a_task_about_no_case_is_claimed_without_one(known):
    with known.transaction() as connection:
        found = claim(connection, "about_none")
    assert (found.task.id, found.instance.id, found.case) == ("about_none", "others", None)


def test_one_statement_is_enough(known):
    with known.transaction() as connection, statements(connection.engine) as sent:
        claim(connection, "about_a_case")
    assert sent["statements"] == 1


def test_an_unknown_task_cannot_be_claimed(known):
    with known.transaction() as connection, pytest.raises(NotFound, match="task nothing"):
        claim(connection, "nothing")
