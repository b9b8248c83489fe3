"""Where instances stand: counted by process, by element, by due date; listed by what is looked for."""

import pytest
from sqlalchemy import insert

from engine.store import cases, standings
from engine.store.schema.execution import incident, instance, task
from engine.store.standings import ENDED, OVERDUE, SOON, STANDING_STILL, UNDATED, Narrowing
from tests.store.rows import MINUTE, NOW, a_task, add_instances, an_instance

CASE = {"service_area": "LAC", "social_worker": "sam", "status": "open", "restricted": False, "changed_at": NOW}


def a_visit(identifier, **fields):
    return an_instance(
        identifier, **{"process": "visit", "parent": None, "finished_at": None, "task_due": None, **fields}
    )


@pytest.fixture
def known(database):
    """Two visits under way, one stopped, one finished, and the errand that no test is about."""
    add_instances(
        database,
        a_visit("v1", tokens=["knock", "knock", "wait_x"], case_ref="CF-1", started_at=NOW, task_due=NOW - MINUTE),
        a_visit("v2", tokens=["waitaxe"], case_ref="CF-2", started_at=NOW - MINUTE, parent="v1", task_due=NOW + MINUTE),
        a_visit("v3", tokens=["knock"], status="incident", started_at=NOW + MINUTE, parent="v1"),
        a_visit("v4", process="visit", status="finished", finished_at=NOW, tokens=["knock"]),
    )
    rows = [
        a_task("t1", instance="v1", process="visit", element="knock", due=NOW - MINUTE, lane="Caller"),
        a_task("t2", instance="v2", process="visit", element="wait_x", due=NOW + MINUTE),
        a_task("t3", instance="v4", process="visit", element="knock", status="done", closed_at=NOW, due=NOW - MINUTE),
        a_task("t4", instance="v4", process="visit", element="knock", status="withdrawn", closed_at=NOW),
    ]
    failed = {"instance": "v3", "element": "knock", "message": "", "command": {}, "at": NOW, "attempts": 1}
    with database.transaction() as connection:
        connection.execute(insert(task), [{"closed_at": None, "closed_by": None, **row} for row in rows])
        connection.execute(insert(incident), {**failed, "status": "open"})
        cases.add(
            connection, [{**CASE, "reference": "CF-1", "team": "North"}, {**CASE, "reference": "CF-2", "team": "South"}]
        )
    return database


def listed(database, **wanted):
    with database.reading() as connection:
        found = Narrowing("visit", **wanted)
        rows = standings.listed(connection, found, NOW, 10, 0)
        assert standings.count(connection, found, NOW) == len(rows)
        return [row.id for row in rows]


def test_what_is_unfinished_is_counted_by_process_and_what_stopped_apart(known):
    with known.reading() as connection:
        found = {row.process: (row.number, row.oldest) for row in standings.unfinished(connection)}
        assert found["visit"] == (3, NOW - MINUTE)
        assert found["errand"][0] == 1
        assert standings.stopped(connection) == {"visit": 1}
        assert standings.finished_since(connection, NOW) == {"visit": 1}
        assert standings.finished_since(connection, NOW + MINUTE) == {}


def test_tokens_are_counted_by_element_for_one_process(known):
    with known.reading() as connection:
        assert standings.waiting(connection, "visit") == {"knock": 3, "wait_x": 1, "waitaxe": 1}
        assert standings.stopped_at(connection, "visit") == {"knock": 1}
        assert standings.stopped_at(connection, "errand") == {}


def test_open_tasks_past_due_are_counted_by_element(known):
    with known.reading() as connection:
        assert standings.overdue(connection, NOW) == {"visit": {"knock": 1}}
        assert standings.overdue(connection, NOW + 2 * MINUTE) == {"visit": {"knock": 1, "wait_x": 1}}
        assert standings.late(connection, NOW) == {"visit": 1}


def test_an_instance_with_two_overdue_tasks_is_late_once(known):
    row = a_task("t5", instance="v1", key=5, process="visit", element="wait_x", due=NOW - MINUTE)
    with known.transaction() as connection:
        connection.execute(insert(task), {"closed_at": None, "closed_by": None, **row})
    with known.reading() as connection:
        assert standings.late(connection, NOW) == {"visit": 1}


def test_a_row_says_who_has_what_is_due_next(known):
    with known.reading() as connection:
        rows = {row.id: row for row in standings.listed(connection, Narrowing("visit"), NOW, 10, 0)}
        assert (rows["v1"].lane, rows["v1"].due, rows["v1"].team) == ("Caller", NOW - MINUTE, "North")
        assert (rows["v3"].lane, rows["v3"].due) == (None, None)


def test_a_list_of_all_processes_is_one_list(known):
    with known.reading() as connection:
        found = {row.process for row in standings.listed(connection, Narrowing(), NOW, 10, 0)}
        assert found == {"visit", "errand"}
        assert list(standings.teams(connection)) == ["North", "South"]


def test_tasks_that_were_done_are_listed_and_no_others(known):
    with known.reading() as connection:
        assert [row.element for row in standings.closed_tasks(connection, "visit", NOW, 10)] == ["knock"]
        assert standings.closed_tasks(connection, "visit", NOW + MINUTE, 10) == []
        assert standings.closed_tasks(connection, "visit", NOW - MINUTE, 10, NOW) == []
        assert len(standings.closed_tasks(connection, "visit", NOW - MINUTE, 10, NOW + MINUTE)) == 1


def test_what_is_unfinished_is_listed_oldest_first(known):
    assert listed(known) == ["v2", "v1", "v3"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"element": "knock"}, ["v1", "v3"]),
        ({"element": "wait_x"}, ["v1"]),
        ({"element": "%"}, []),
        ({"element": '"], "'}, []),
        ({"team": "North"}, ["v1", "v3"]),
        ({"team": "South", "element": "waitaxe"}, ["v2"]),
        ({"due": OVERDUE}, ["v1"]),
        ({"due": SOON, "due_before": NOW + MINUTE}, ["v2"]),
        ({"due": SOON, "due_before": NOW}, []),
        ({"due": UNDATED}, ["v3"]),
        ({"post": "Caller"}, ["v1"]),
        ({"post": "Nobody"}, []),
        ({"case": "CF"}, ["v2", "v1", "v3"]),
        ({"case": "CF-1"}, ["v1", "v3"]),
        ({"case": "%"}, []),
        ({"begun_before": NOW}, ["v2"]),
        ({"state": ENDED}, ["v4"]),
        ({"state": ENDED, "ended_since": NOW + MINUTE}, []),
        ({"state": STANDING_STILL}, ["v3"]),
        ({"state": "anything else"}, ["v2", "v1", "v3"]),
    ],
)
@pytest.mark.parametrize("few", [0, 1_000])
def test_a_list_can_be_narrowed_whether_few_or_many_are_found(known, monkeypatch, few, wanted, found):
    monkeypatch.setattr(standings, "MOST_COUNTED", few)
    assert listed(known, **wanted) == found


@pytest.mark.parametrize(("most", "counted"), [(None, 3), (5, 3), (3, 3), (2, 3), (1, 2)])
def test_more_than_is_wanted_is_not_counted(known, most, counted):
    with known.reading() as connection:
        assert standings.count(connection, Narrowing("visit"), NOW, most) == counted


def test_teams_and_relatives_are_told(known):
    with known.reading() as connection:
        assert list(standings.teams(connection, "visit")) == ["North", "South"]
        assert [row.id for row in standings.family(connection, "v1", None)] == ["v2", "v3"]
        assert [row.id for row in standings.family(connection, "v2", "v1")] == ["v1"]
        assert [row.id for row in standings.family(connection, "others", None)] == []


def test_only_teams_with_a_case_that_unfinished_work_is_about_are_told(known):
    more = [
        a_visit("v5", status="finished", finished_at=NOW, case_ref="CF-3"),
        a_visit("v6"),
        a_visit("v7", process="errand", case_ref="CF-4"),
        a_visit("v8", case_ref="CF-6"),
    ]
    homes = {"CF-3": "East", "CF-4": "Far", "CF-5": "North", "CF-6": None, "CF-7": "West"}
    with known.transaction() as connection:
        connection.execute(insert(instance), more)
        cases.add(connection, [{**CASE, "reference": reference, "team": team} for reference, team in homes.items()])
    with known.reading() as connection:
        assert list(standings.teams(connection, "visit")) == ["North", "South"]
        assert list(standings.teams(connection)) == ["Far", "North", "South"]


def test_instances_of_one_process_only(known):
    with known.reading() as connection:
        assert connection.execute(instance.select().where(instance.c.process == "errand")).one().id == "others"
        assert [row.id for row in standings.listed(connection, Narrowing("errand"), NOW, 10, 0)] == ["others"]


def test_the_deployments_that_unfinished_instances_keep_are_told(known):
    with known.reading() as connection:
        assert list(standings.deployments(connection, "visit")) == [1]
        assert list(standings.deployments(connection, "tea")) == []
