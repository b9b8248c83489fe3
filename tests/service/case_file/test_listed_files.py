"""The lists of remedial actions four months on as files: one table for each team, and every export on record."""

from datetime import date

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.audits import cycles
from engine.service.case_file import listed_files
from engine.store import compliance

TEAM, OTHER = "North CIN", "South CIN"
ROW = {
    "instance": "0" * 16, "audit": "1" * 16, "fulfilled": "not_applicable", "completed": "yes", "authorised": "no",
    "standing": "withdrawn", "outstanding": 0, "details": {}, "reviewer": "una",
}  # fmt: skip


@pytest.fixture
def reviewed(council):
    """An action of each of two teams that no list has told of yet, and one that an earlier list told of."""
    told = (("CF-20931", None), ("CF-30510", None), ("CF-20932", "0123456789abcdef"))
    rows = [
        {**ROW, "case_ref": case, "action_number": 1, "batch": batch, "team": TEAM if batch else None,
         "reviewed_at": council.clock.now()}
        for case, batch in told
    ]  # fmt: skip
    council.run(lambda command: compliance.add(command.connection, rows))
    return council


def tables(report):
    return {table["group"]: [row[:6] for row in table["rows"]] for part in report["parts"] for table in part["tables"]}


def exported(council):
    return [one.details["form"] for one in council.events("lists") if one.kind == "exported"]


def test_a_team_takes_its_own_list_away_and_that_is_recorded(reviewed):
    report = listed_files.of_team(reviewed.engine, "mo", TEAM, None, "csv")
    assert tables(report) == {TEAM: [["CF-20932", 1, "", "Not applicable", "Yes", "No"]]}
    assert report["marking"] == "OFFICIAL-SENSITIVE"
    assert exported(reviewed) == ["csv"]


def test_who_may_not_see_a_list_takes_none_away(reviewed):
    with pytest.raises(NotAllowed):
        listed_files.of_team(reviewed.engine, "mo", OTHER, None, "csv")
    assert exported(reviewed) == []


def test_who_sends_the_list_takes_all_teams_away_before(reviewed):
    reviewed.run(lambda command: cycles.begin_scheduled(command, "compliance_list", date(2026, 12, 1)))
    task = reviewed.task("Distribute the compliance list")
    report = listed_files.of_task(reviewed.engine, "gail", task.id, "xlsx")
    assert {team: [row[0] for row in rows] for team, rows in tables(report).items()} == {
        TEAM: ["CF-20931"], "East Looked After": ["CF-30510"],
    }  # fmt: skip
    with pytest.raises(NotFound):
        listed_files.of_task(reviewed.engine, "mo", task.id, "xlsx")
    assert exported(reviewed) == ["xlsx"]
