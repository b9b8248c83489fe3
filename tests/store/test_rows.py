"""Rows by one column: read in order, changed and dropped, and nobody else's with them."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import MultipleResultsFound

from engine.store.rows import Rows
from engine.store.schema.council import case_record
from tests.factories.running import BEGIN

OF_TEAM = Rows(case_record.c.team, case_record.c.reference.desc())
BY_REFERENCE = Rows(case_record.c.reference)


@pytest.fixture
def connection(database):
    cases = [("CF-1", "North CIN"), ("CF-2", "South CIN"), ("CF-3", "North CIN"), ("CF-4", None)]
    common = {"service_area": "CP&P/CIN", "status": "open", "restricted": False, "changed_at": BEGIN}
    with database.transaction() as connection:
        rows = [{"reference": reference, "team": team, **common} for reference, team in cases]
        connection.execute(insert(case_record), rows)
        yield connection


def test_rows_are_read_in_the_order_asked_for(connection):
    assert [row.reference for row in OF_TEAM.all(connection, "North CIN")] == ["CF-3", "CF-1"]
    assert OF_TEAM.all(connection, "nowhere") == []


def test_one_row_is_read_or_none(connection):
    found = BY_REFERENCE.one(connection, "CF-2")
    assert found is not None
    assert found.changed_at == BEGIN
    assert BY_REFERENCE.one(connection, "CF-9") is None
    with pytest.raises(MultipleResultsFound):
        OF_TEAM.one(connection, "North CIN")


def test_only_the_wanted_rows_and_the_named_columns_change(connection):
    OF_TEAM.change(connection, "North CIN", {"status": "closed", "restricted": True})
    OF_TEAM.change(connection, "North CIN", {"restricted": False})
    rows = {
        row.reference: (row.status, row.restricted)
        for team in ("North CIN", "South CIN")
        for row in OF_TEAM.all(connection, team)
    }
    assert rows == {"CF-1": ("closed", False), "CF-3": ("closed", False), "CF-2": ("open", False)}


def test_only_the_wanted_rows_are_dropped(connection):
    OF_TEAM.drop(connection, "North CIN")
    assert [BY_REFERENCE.one(connection, f"CF-{number}") is None for number in range(1, 5)] == [
        True,
        False,
        True,
        False,
    ]
