"""Lists of open tasks: whose they are, in which order, narrowed, and counted no further than anybody reads."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from engine.store import inboxes
from engine.store.barring import Barred
from engine.store.inboxes import Narrowing, everybodys, held_by_others, named, of_posts, taken_by
from engine.store.schema.council import audit, audit_holder, case_record
from tests.store.rows import MINUTE, NOW, a_task, add_tasks

LEADS_NORTH = (("Leader", "North"), ("Clerk", None))


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


def listed(database, ways, limit=50, offset=0, wanted=inboxes.EVERYTHING, seen=None):
    with database.reading() as connection:
        found = inboxes.page(connection, ways, limit, offset, wanted, seen)
        assert inboxes.count(connection, ways, wanted, seen) >= len(found)
        return [row.id for row in found]


def test_what_is_due_first_comes_first_and_what_has_no_date_last(database):
    rows(database)
    assert listed(database, [*named("ann"), *of_posts(LEADS_NORTH)]) == ["taken", "of_team", "named", "of_post"]


def test_named_work_is_that_of_one_person(database):
    rows(database)
    assert listed(database, named("bob")) == ["named_other", "taken_by_other"]
    assert listed(database, named("nobody")) == []
    assert listed(database, []) == []


def test_a_post_without_a_team_holds_only_tasks_without_one(database):
    rows(database)
    assert listed(database, of_posts([("Leader", None)])) == ["no_team"]
    assert listed(database, of_posts([("Leader", None), ("Leader", "South")])) == ["no_team", "other_team"]


def test_what_somebody_took_from_a_post_is_found_by_post_and_person(database):
    rows(database)
    assert listed(database, taken_by(LEADS_NORTH, ["bob"])) == ["taken_by_other"]
    assert listed(database, taken_by(LEADS_NORTH, ["ann", "bob"])) == ["taken", "taken_by_other"]
    assert listed(database, taken_by([("Head", "North")], ["bob"])) == []
    assert listed(database, taken_by(LEADS_NORTH, [])) == []


def test_work_is_listed_in_pages_and_counted_whole(database):
    rows(database)
    ways = [*named("ann"), *of_posts(LEADS_NORTH)]
    pages = [listed(database, ways, 2, offset) for offset in (0, 2, 4)]
    assert pages == [["taken", "of_team"], ["named", "of_post"], []]
    with database.reading() as connection:
        assert inboxes.count(connection, ways) == 4


def test_no_more_is_counted_than_anybody_reads(database, monkeypatch):
    rows(database)
    monkeypatch.setattr(inboxes, "MOST", 2)
    with database.reading() as connection:
        assert inboxes.count(connection, everybodys()) == 3
        assert inboxes.count(connection, named("nobody")) == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Narrowing(case="CF-2"), ["two"]),
        (Narrowing(case="CF-"), ["one", "two", "three", "four", "undated"]),
        (Narrowing(case="CF-_"), []),
        (Narrowing(case="cf"), []),
        (Narrowing(process="errand"), ["one", "two", "three", "undated"]),
        (Narrowing(process="other"), ["four"]),
        (Narrowing(due_before=NOW), ["one"]),
        (Narrowing(due_from=NOW, due_before=NOW + 2 * MINUTE), ["two"]),
        (Narrowing(undated=True), ["undated"]),
    ],
)
def test_work_is_narrowed(database, wanted, found):
    add_tasks(
        database,
        a_task("one", assignee="ann", due=NOW - MINUTE),
        a_task("two", assignee="ann", due=NOW, case_ref="CF-2"),
        a_task("three", assignee="ann", due=NOW + 2 * MINUTE),
        a_task("four", assignee="ann", due=NOW + timedelta(days=9), process="other", case_ref="CF-11"),
        a_task("undated", assignee="ann"),
        a_task("of_bob", assignee="bob", due=NOW - MINUTE, case_ref="CF-2"),
    )
    assert listed(database, named("ann"), wanted=wanted) == found


def add_cases(database, **teams):
    with database.transaction() as connection:
        for reference, team in teams.items():
            row = {"reference": reference.replace("_", "-"), "service_area": "CWD", "team": team, "status": "open"}
            connection.execute(insert(case_record), {**row, "restricted": False, "changed_at": NOW})


def test_others_hold_the_posts_of_a_team_and_what_is_named_to_its_members_about_its_cases(database):
    add_cases(database, CF_1="North", CF_2="South")
    add_tasks(
        database,
        a_task("post", post="Leader", team="North"),
        a_task("taken", post="Leader", team="North", assignee="bob"),
        a_task("mine", post="Leader", team="North", assignee="ann"),
        a_task("member", assignee="bob"),
        a_task("no_case", assignee="bob", case_ref=None),
        a_task("elsewhere", assignee="bob", case_ref="CF-2"),
        a_task("stranger", assignee="zoe"),
        a_task("closed", assignee="bob", status="done"),
    )
    places, members = [("Leader", "North")], ["ann", "bob"]
    of_team = held_by_others("ann", members, places, ["North"])
    assert set(listed(database, of_team)) == {"post", "taken", "member", "no_case"}
    of_all = held_by_others("ann", members, places, None)
    assert set(listed(database, of_all)) == {"post", "taken", "member", "no_case", "elsewhere"}


def test_of_others_work_one_sees_no_process_that_one_may_not_and_nothing_of_ones_own_audit(database):
    with database.transaction() as connection:
        given = {"case_ref": "CF-1", "instance": "i", "auditor": "bob", "source": "pool", "state": "assigned"}
        flags = {"selected": False, "late": False, "deferments": 0, "assigned_at": NOW}
        for name in ("a1", "a2"):
            connection.execute(insert(audit), {"id": name, **given, **flags})
        connection.execute(insert(audit_holder), {"audit": "a1", "auditor": "ann", "from_at": NOW, "to_at": NOW})
        connection.execute(insert(audit_holder), {"audit": "a2", "auditor": "bob", "from_at": NOW})
    add_tasks(
        database,
        a_task("own", audit="a1"),
        a_task("other", audit="a2"),
        a_task("none"),
        a_task("hidden", process="secret"),
    )
    seen = inboxes.seen_by("ann", ["errand"], Barred("ann", (), own=False, others=False))
    assert listed(database, everybodys(), seen=seen) == ["none", "other"]
    assert listed(database, everybodys()) == ["hidden", "none", "other", "own"]


def test_work_about_a_restricted_record_is_hidden_from_those_whom_it_is_kept_from(database):
    add_cases(database, CF_1="North", CF_2="North")
    with database.transaction() as connection:
        connection.execute(update(case_record).where(case_record.c.reference == "CF-2").values(restricted=True))
    add_tasks(database, a_task("open"), a_task("restricted", case_ref="CF-2"), a_task("none", case_ref=None))
    for teams, own, others, found in (
        ((), False, False, ["none", "open", "restricted"]),
        ((), True, True, ["none", "open"]),
        ((), False, True, ["none", "open"]),
        (("North",), False, True, ["none", "open", "restricted"]),
        (("North",), True, False, ["none", "open"]),
        ((), True, False, ["none", "open", "restricted"]),
    ):
        seen = inboxes.seen_by("ann", ["errand"], Barred("ann", teams, own=own, others=others))
        assert listed(database, everybodys(), seen=seen) == found
