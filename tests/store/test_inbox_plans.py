"""A task is found by the beginning of its case's reference without looking at the many that are about others."""

import pytest
from sqlalchemy import insert

from engine.store import inboxes
from engine.store.inboxes import Narrowing, everybodys, named, of_posts
from engine.store.schema.execution import task
from tests.factories.plans import learn, plans, scanned
from tests.store.rows import MINUTE, NOW, a_task, add_instances, an_instance

MANY, PAGE = 6_000, 50
WAYS = {
    "everybody's": everybodys(),
    "one person's": named("ann"),
    "a post's": of_posts([("Leader", "North"), ("Clerk", None)]),
}


@pytest.fixture
def crowd(database):
    """Many open tasks about as many cases, half of them of one person, half of a post."""
    add_instances(database, an_instance("i"))
    rows = [
        a_task(
            f"t{number}",
            instance="i",
            case_ref=f"CF-{number}",
            due=NOW + number * MINUTE,
            assignee="ann" if number % 2 else None,
            post=None if number % 2 else "Leader",
            team=None if number % 2 else "North",
        )
        for number in range(MANY)
    ]
    with database.transaction() as connection:
        connection.execute(insert(task), rows)
        learn(connection)
    return database


@pytest.mark.parametrize("ways", WAYS)
def test_few_are_found_and_counted_by_the_index_of_their_cases(crowd, ways):
    wanted = Narrowing(case="CF-599")
    found = plans(
        crowd,
        lambda connection: (
            inboxes.page(connection, WAYS[ways], PAGE, 0, wanted),
            inboxes.count(connection, WAYS[ways], wanted),
        ),
    )
    assert [plan for plan in found if "ix_task_case" not in plan or "SCAN task" in plan or scanned(plan, "task")] == []


@pytest.mark.parametrize("ways", WAYS)
def test_a_page_of_many_is_found_in_the_order_in_which_they_are_due_or_among_those_of_the_post(crowd, ways):
    found = plans(crowd, lambda connection: inboxes.page(connection, WAYS[ways], PAGE, 0, Narrowing(case="CF-")))
    assert not scanned(found[-1], "task")
    assert any(index in found[-1] for index in ("ix_task_due", "ix_task_assignee", "ix_task_post"))


def test_what_begins_so_is_found(crowd):
    with crowd.reading() as connection:
        found = [row.id for row in inboxes.page(connection, everybodys(), PAGE, 0, Narrowing(case="CF-599"))]
    assert found == ["t599", *(f"t{number}" for number in range(5990, 6000))]
