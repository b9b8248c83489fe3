"""Dashboards: who reads which, about whom, and that a team's figures are made of its own cases."""

import json

import pytest

from engine.errors import NotAllowed
from engine.service.reports import opening, reading
from engine.service.reports.reading import Wanted
from engine.store import cases as case_rows
from tests.service.reports.reading import figures, made

DASHBOARDS = ("quality_dashboard", "meeting_dashboard")
TEAM = "North CIN"


def about(name):
    return {"team_dashboard": {"team": TEAM}, "auditor_dashboard": {"person": "bev"}}.get(name, {})


def pictures(report):
    return {one["id"]: one for part in report["parts"] for one in part["pictures"]}


def offered(council, person):
    return {(one.report.name, one.team) for one in reading.entries(council.engine, person) if one.report.dashboard}


@pytest.mark.parametrize(
    ("reader", "wanted"),
    [
        ("asha", {("quality_dashboard", None), ("meeting_dashboard", None), ("auditor_dashboard", None)}),
        ("ian", {("meeting_dashboard", None), ("auditor_dashboard", None)}),
        ("mo", {("team_dashboard", TEAM), ("auditor_dashboard", None)}),
        ("kim", {("auditor_dashboard", None)}),
    ],
)
def test_everybody_is_offered_their_own(council, reader, wanted):
    assert offered(council, reader) == wanted


def test_a_practice_manager_may_choose_among_own_teams_alone(council):
    opened = opening.opened(council.engine, "mo", Wanted("team_dashboard", team=TEAM))
    assert (opened.teams, opened.everyone, opened.people) == ([TEAM], False, {})
    for team in ("South CIN", None):
        with pytest.raises(NotAllowed, match="other readers"):
            opening.opened(council.engine, "mo", Wanted("team_dashboard", team=team))


def test_the_service_manager_may_choose_any_team_or_person(council):
    every = opening.opened(council.engine, "asha", Wanted("quality_dashboard"))
    assert every.everyone
    assert TEAM in every.teams
    assert every.rows
    one = opening.opened(council.engine, "asha", Wanted("auditor_dashboard", person="kim"))
    assert one.people["bev"] == "Bev"
    assert opening.opened(council.engine, "kim", Wanted("auditor_dashboard", person="kim")).people == {}


def test_a_choice_is_recorded_as_a_reading(council):
    opening.opened(council.engine, "mo", Wanted("team_dashboard", team=TEAM))
    (event,) = council.events("report team_dashboard")
    assert (event.kind, event.actor, event.details["team"]) == ("report read", "mo", TEAM)


@pytest.mark.parametrize("name", [*DASHBOARDS, "team_dashboard", "auditor_dashboard"])
@pytest.mark.parametrize("period", ["2026-12", "2026-11", "2020-01"])
def test_every_chart_has_a_finding_and_no_number_that_is_none(reported, name, period):
    report = made(reported, name, period, **about(name)).report
    json.dumps(report, allow_nan=False)
    for one in pictures(report).values():
        assert one["sentence"]
        assert "{" not in one["sentence"]
        assert one["what"]
        assert one["population"]


@pytest.mark.parametrize("name", [*DASHBOARDS, "team_dashboard", "auditor_dashboard"])
def test_as_many_rows_as_a_point_or_cell_says_stand_behind_it(reported, name):
    found = made(reported, name, **about(name))
    for one in pictures(found.report).values():
        places = one["points"] if "points" in one else [cell for line in one["rows"] for cell in line["cells"]]
        for place in places:
            if place["rows"] is not None:
                assert len(found.behind[place["rows"]]) == place["n"], (one["id"], place)


def test_the_figures_of_a_team_are_made_of_its_own_cases(reported):
    own = set(reported.ask(lambda question: case_rows.of_team(question.connection, TEAM)))
    found = made(reported, "quality_dashboard", team=TEAM)
    cases = {row["case"] for rows in found.behind.values() for row in rows if row.get("case")}
    assert cases
    officers = {row["case"] for key, rows in found.behind.items() if key.startswith("officers") for row in rows}
    assert cases - officers <= own
    everybody = made(reported, "quality_dashboard")
    assert {row["case"] for rows in everybody.behind.values() for row in rows if row.get("case")} > cases - officers


def test_the_audits_of_all_teams_make_up_the_whole(reported):
    teams = reported.ask(lambda question: sorted(question.directory.teams))
    whole = figures(made(reported, "quality_dashboard").report)["timeliness.rate"]["n"]
    parts = [figures(made(reported, "quality_dashboard", team=team).report) for team in teams]
    assert sum(one["timeliness.rate"]["n"] for one in parts) == whole > 0


def test_a_team_with_fewer_than_five_audits_has_no_estimate(reported):
    teams = reported.ask(lambda question: sorted(question.directory.teams))
    told = [figures(made(reported, "team_dashboard", team=team).report)[f"estimates.team {team}"] for team in teams]
    assert [one for one in told if one["n"] < 5]
    for one in told:
        assert (one["value"] is None) == (one["n"] < 5)


def test_small_numbers_of_sections_are_withheld(reported):
    grid = pictures(made(reported, "quality_dashboard").report)["by_team"]
    cells = [cell for line in grid["rows"] for cell in line["cells"]]
    assert [cell for cell in cells if cell["value"] is None]
    assert [cell["n"] for cell in cells if cell["n"] is not None and cell["n"] < 5] == []


def test_sections_of_the_same_audits_are_not_taken_for_so_many_opinions(reported):
    grid = pictures(made(reported, "quality_dashboard").report)["by_team"]
    *sections, together = grid["rows"]
    assert {cell["low"] for cell in together["cells"]} == {None}
    assert [cell for line in sections for cell in line["cells"] if cell["low"] is not None]


def test_officers_work_counts_every_task_of_their_own_once(reported):
    found = made(reported, "quality_dashboard").report
    held = {name: one for name, one in figures(found).items() if name.startswith("officers.held")}
    assert {one["group"] for one in held.values()} == {"Bev", "Dan", "Eve", "Finn"}
    (table,) = [one for part in found["parts"] if part["subject"] == "officers" for one in part["tables"]]
    for row in table["rows"]:
        assert sum(row[1:6]) == row[6] >= row[7]
    own = {row[0]: row[6] for row in table["rows"][:-1]}
    assert {one["group"]: one["value"] for one in held.values()} == own
