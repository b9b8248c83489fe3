"""Task rows: closed once, moved with their case, found by title."""

import pytest

from engine.errors import NotFound
from engine.store import tasks
from tests.store.rows import MINUTE, NOW, a_task, add_tasks


def rows(database):
    """Tasks of every shape: named, of a team's post, of a post, of others, closed."""
    add_tasks(
        database,
        a_task("named", assignee="ann", due=NOW + MINUTE),
        a_task("of_team", post="Leader", team="North", due=NOW),
        a_task("of_post", post="Clerk"),
        a_task("taken", post="Leader", team="North", assignee="ann", due=NOW - MINUTE),
        a_task("taken_by_other", post="Leader", team="North", assignee="bob"),
        a_task("named_other", assignee="bob"),
        a_task("other_team", post="Leader", team="South"),
        a_task("other_post", post="Head", team="North"),
        a_task("post_of_team_only", post="Clerk", team="North"),
        a_task("no_team", post="Leader"),
        a_task("closed", assignee="ann", status="done"),
        a_task("withdrawn", post="Clerk", status="withdrawn"),
        a_task("nobodys"),
    )


@pytest.mark.parametrize("status", [tasks.DONE, tasks.WITHDRAWN])
def test_a_task_is_closed_with_who_and_when_and_its_neighbour_stays(database, status):
    rows(database)
    with database.transaction() as connection:
        tasks.close(connection, ["named"], status, NOW, "ann")
        tasks.close(connection, [], status, NOW, "ann")
    with database.reading() as connection:
        closed, other = tasks.get(connection, "named"), tasks.get(connection, "of_team")
    assert (closed.status, closed.closed_at, closed.closed_by) == (status, NOW, "ann")
    assert (other.status, other.closed_at) == ("open", None)


def test_open_work_of_a_post_follows_the_case_to_its_new_team(database):
    add_tasks(
        database,
        a_task("follows", post="Leader", team="North"),
        a_task("named", assignee="ann"),
        a_task("closed", post="Leader", team="North", status="done"),
        a_task("other_case", post="Leader", team="North", case_ref="CF-2"),
    )
    with database.transaction() as connection:
        tasks.move_team(connection, "CF-1", "South")
    with database.reading() as connection:
        teams = {one: tasks.get(connection, one).team for one in ("follows", "named", "closed", "other_case")}
    assert teams == {"follows": "South", "named": None, "closed": "North", "other_case": "North"}


def test_the_load_of_people_counts_their_open_tasks_by_name(database):
    rows(database)
    with database.reading() as connection:
        assert tasks.open_load(connection, ["ann", "bob", "eve"]) == {"ann": 2, "bob": 2, "eve": 0}
        assert tasks.open_load(connection, []) == {}


def test_open_work_is_found_by_case_and_by_title(database):
    add_tasks(
        database,
        a_task("this"),
        a_task("done", status="done"),
        a_task("other_case", case_ref="CF-2"),
        a_task("other_title", title="Carry"),
    )
    with database.reading() as connection:
        assert [row.id for row in tasks.open_titled(connection, "Fetch", "CF-1")] == ["this"]
        assert {row.id for row in tasks.open_titled(connection, "Fetch", None)} == {"this", "other_case"}
        assert {row.id for row in tasks.open_for_case(connection, "CF-1")} == {"this", "other_title"}


@pytest.mark.parametrize("find", [tasks.get, tasks.lock])
def test_an_unknown_task_is_not_found(database, find):
    rows(database)
    with pytest.raises(NotFound, match=r"no task x\.1"), database.transaction() as connection:
        find(connection, "x.1")
