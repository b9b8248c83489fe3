"""Lists and counts of where work stands are answered by indexes: among many that wait no query reads them all."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from engine.store import standings
from engine.store.schema.execution import instance, task
from engine.store.standings import OVERDUE, SOON, STANDING_STILL, UNDATED, Narrowing
from tests.factories.plans import learn, plans, scanned
from tests.store.rows import MINUTE, NOW, a_task, add_instances, an_instance

MANY, FEW, PAGE = 6_000, 5, 50
COLUMNS = {"instance": "id", "process": "process", "due": "task_due", "case_ref": "case_ref"}


@pytest.fixture
def crowd(database):
    """Many errands and visits, each with a task that is due, and few with nothing due, begun last."""
    dated = [
        an_instance(
            f"i{number}",
            process=("errand", "visit")[number % 2],
            parent=None,
            finished_at=None,
            case_ref=f"CF-{number}",
            started_at=NOW + number * MINUTE,
            task_due=NOW + number * MINUTE,
        )
        for number in range(MANY)
    ]
    late = NOW + timedelta(days=30)
    undated = [
        {**dated[0], "id": f"u{number}", "case_ref": None, "started_at": late, "task_due": None}
        for number in range(FEW)
    ]
    add_instances(database, *dated, *undated)
    own = [{name: one[column] for name, column in COLUMNS.items()} for one in dated]
    rows = [a_task(f"t{number}", **one) for number, one in enumerate(own)]
    with database.transaction() as connection:
        connection.execute(insert(task), rows)
        connection.execute(insert(task), [a_task("last", instance="u0")])
        learn(connection)
    return database


@pytest.mark.parametrize("process", ["", "errand"])
def test_the_few_with_nothing_due_are_found_without_looking_at_the_others(crowd, process):
    wanted = Narrowing(process, due=UNDATED)
    listing, counting = plans(
        crowd,
        lambda connection: (
            standings.listed(connection, wanted, NOW, PAGE, 0),
            standings.count(connection, wanted, NOW, standings.MOST_COUNTED),
        ),
    )
    for plan in (listing, counting):
        assert "undated" in plan and not scanned(plan, "instance"), plan
    with crowd.reading() as connection:
        found = [row.id for row in standings.listed(connection, wanted, NOW, PAGE, 0)]
    others = ["others"] if process in ("", "errand") else []
    assert sorted(found) == sorted([*others, *(f"u{number}" for number in range(FEW))])


@pytest.mark.parametrize(
    "wanted",
    [
        Narrowing(),
        Narrowing("errand"),
        Narrowing("errand", due=OVERDUE),
        Narrowing(due=SOON, due_before=NOW + 9 * MINUTE),
        Narrowing(begun_before=NOW + 9 * MINUTE),
        Narrowing(state=STANDING_STILL),
        Narrowing(case="CF-59"),
        Narrowing(case="CF-"),
        Narrowing("errand", case="CF-59"),
    ],
    ids=lambda wanted: " ".join(f"{name}" for name, value in vars(wanted).items() if value) or "all",
)
def test_a_page_of_a_list_reads_no_table_from_end_to_end(crowd, wanted):
    found = plans(crowd, lambda connection: standings.listed(connection, wanted, NOW, PAGE, 0))
    assert [plan for plan in found if scanned(plan, "instance") or scanned(plan, "task")] == []


def test_the_few_cases_that_begin_so_are_counted_by_their_index_and_no_others(crowd):
    wanted = Narrowing(case="CF-599")
    found = plans(crowd, lambda connection: standings.count(connection, wanted, NOW, standings.MOST_COUNTED))
    assert "ix_instance_case" in found[0]
    assert [plan for plan in found if scanned(plan, "instance")] == []
    with crowd.reading() as connection:
        assert standings.count(connection, wanted, NOW) == 11
        assert standings.count(connection, Narrowing(case="CF-"), NOW) == MANY + 1


def test_the_few_that_stopped_and_those_that_are_late_are_counted_by_indexes(crowd):
    found = plans(
        crowd, lambda connection: (standings.stopped(connection), standings.late(connection, NOW + 9 * MINUTE))
    )
    assert len(found) == 2
    assert [plan for plan in found if scanned(plan, "instance") or scanned(plan, "task")] == []


def test_a_scan_is_seen(crowd):
    (found,) = plans(
        crowd, lambda connection: connection.execute(instance.select().where(instance.c.head == "x")).all()
    )
    assert scanned(found, "instance")
