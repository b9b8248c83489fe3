"""The directory's rows, in one order on both databases, and the revision that tells of every change."""

from datetime import date

from engine.domain.people import Absence
from engine.store import people, revisions
from tests.store.rows import NOW

DAY = date(2026, 12, 24)


def person(username, **fields):
    known = {"username": username, "name": username.title(), "post": "Leader", "team": "North", "line_manager": None}
    return {**known, "in_audit_pool": True, "cleared": False, "email": None, "active": True, **fields}


def team(name, **fields):
    leaders = {"practice_manager": None, "service_manager": None, "head_of_service": None}
    return {"name": name, "service_area": "LAC", **leaders, **fields}


def fill(database):
    with database.transaction() as connection:
        people.add_teams(connection, [team("South"), team("North", practice_manager="ann")])
        people.add_people(connection, [person("zed"), person("ann"), person("mia", active=False)])


def read(database):
    with database.reading() as connection:
        return people.directory(connection)


def revision(database):
    with database.reading() as connection:
        return revisions.numbers(connection)[people.REVISION]


def test_the_directory_comes_in_alphabetical_order_whatever_was_changed_last(database):
    fill(database)
    with database.transaction() as connection:
        people.change_person(connection, "ann", {"in_audit_pool": False})
    found = read(database)
    assert list(found.people) == ["ann", "mia", "zed"]
    assert list(found.teams) == ["North", "South"]
    assert [found.people[one].in_audit_pool for one in found.people] == [False, True, True]
    assert found.in_post("Leader") == ("ann", "zed")


def test_absences_and_closure_days_belong_to_the_directory(database):
    fill(database)
    with database.transaction() as connection:
        people.add_absences(connection, [Absence("ann", DAY, DAY)], NOW)
        assert people.add_closure_days(connection, [DAY], "snow", NOW) == [DAY]
    found = read(database)
    assert found.is_absent("ann", DAY)
    assert not found.is_absent("zed", DAY)
    assert found.closure_days == {DAY}


def test_a_closure_day_that_is_known_is_not_added_again(database):
    with database.transaction() as connection:
        people.add_closure_days(connection, [DAY], "snow", NOW)
    before = revision(database)
    with database.transaction() as connection:
        assert people.add_closure_days(connection, [DAY], "again", NOW) == []
    assert revision(database) == before


def test_every_change_raises_the_revision(database):
    fill(database)
    seen = [revision(database)]
    for change in (
        lambda connection: people.change_person(connection, "ann", {"cleared": True}),
        lambda connection: people.add_absences(connection, [Absence("ann", DAY, DAY)], NOW),
        lambda connection: people.add_closure_days(connection, [DAY], "snow", NOW),
        lambda connection: people.add_people(connection, [person("new")]),
        lambda connection: people.add_teams(connection, [team("East")]),
    ):
        with database.transaction() as connection:
            change(connection)
        seen.append(revision(database))
    assert seen == list(range(seen[0], seen[0] + 6))


def test_only_who_is_active_has_a_password(database):
    fill(database)
    with database.transaction() as connection:
        for name in ("ann", "mia"):
            people.change_person(connection, name, {"password": f"hash of {name}"})
    with database.reading() as connection:
        found = [people.password_of(connection, one) for one in ("ann", "mia", "zed", "nobody")]
    assert found == ["hash of ann", None, None, None]
    assert not hasattr(read(database).people["ann"], "password")
