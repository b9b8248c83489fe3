"""Posts, vacancies, stand-ins in order for any day, and teams whose work passes at once (R-23, R-55, I-06)."""

from datetime import date

import pytest

from engine.errors import Invalid, NotAllowed, NotFound
from engine.service.council import cover, leavers, teams
from engine.service.people import directory
from tests.factories.council import REMEDY

TODAY, LATER = date(2026, 12, 1), date(2026, 12, 10)
CASE = "CF-20931"
SERVICE_MANAGER = "Service Manager, Quality Assurance"


def post(council, name, day=None):
    return {one.name: (one, chain) for one, chain in cover.posts(council.engine, "nia", day).posts}[name]


def values(council, team):
    found = council.ask(lambda question: question.directory.teams[team])
    return {field: getattr(found, field) for field in teams.FIELDS}


def test_the_manuals_numbers_are_met_by_the_council(council):
    found = {one.name: one for one, _ in cover.posts(council.engine, "nia").posts}
    assert {name: one.wanted for name, one in found.items() if one.wanted} == {
        SERVICE_MANAGER: 1,
        "Quality Assurance Officer": 4,
        "Quality Assurance Team Administrator": 1,
    }
    assert [one.name for one in found.values() if one.problems] == []


def test_a_vacancy_is_pointed_out(council):
    leavers.leave(council.engine, "gail", "finn")
    assert post(council, "Quality Assurance Officer")[0].problems == ("1 of 4 vacant",)
    assert post(council, SERVICE_MANAGER)[0].problems == ()


def test_a_post_without_a_number_is_vacant_when_nobody_has_it(council):
    leavers.leave(council.engine, "gail", "hal")
    found, chain = post(council, "Social Care Research Analyst")
    assert found.problems == ("vacant",)
    assert chain.today == ("asha",)
    assert "Nobody is appointed" in chain.problems[0]


def test_a_post_that_only_stands_in_is_missed_too(council):
    leavers.leave(council.engine, "gail", "colin")
    assert post(council, "Head of Safeguarding")[0].problems == ("vacant",)
    assert "Nobody is appointed as Head of Safeguarding." in post(council, SERVICE_MANAGER)[1].problems


def test_the_chain_names_who_stands_in_on_the_day_asked(council):
    directory.record_absence(council.engine, "asha", "asha", LATER, LATER)
    _, today = post(council, SERVICE_MANAGER)
    _, then = post(council, SERVICE_MANAGER, LATER)
    assert [link.present for link in today.links] == [("asha",), ("colin",), ("ian",)]
    assert (today.today, then.today) == (("asha",), ("colin",))
    assert then.links[0].away == ("asha",)


def test_names_that_are_no_posts_are_not_among_them(council):
    known = set(council.ask(lambda question: question.posts.known))
    assert {"Social Worker", "Specialist", "Practice Manager"} <= known
    assert not {"Auditor", "Another Service Manager", "Proposer"} & known


def test_a_team_without_somebody_has_a_gap(council):
    assert cover.posts(council.engine, "nia").teams_with_gaps == ()
    teams.change(council.engine, "gail", "North CIN", {**values(council, "North CIN"), "service_manager": None})
    assert cover.posts(council.engine, "nia").teams_with_gaps == ("North CIN",)
    line = next(one for one in teams.every(council.engine, "nia").lines if one.team.name == "North CIN")
    assert "Nobody is appointed as Service Manager." in line.problems


def test_a_change_of_practice_manager_moves_open_work_the_same_day(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    changed = {**values(council, "North CIN"), "practice_manager": "quin"}
    assert teams.change(council.engine, "gail", "North CIN", changed) == 1
    assert council.holders(council.task(REMEDY, CASE)) == ("quin",)
    event = council.events("directory")[-1]
    assert event.kind == "team changed"
    assert (event.details["before"], event.details["after"]) == (
        {"practice_manager": "mo"},
        {"practice_manager": "quin"},
    )
    assert "practice manager: Mo, now Quin" in council.letters("asha")[-1].body


def test_a_new_team_is_added(council):
    new = {"service_area": "LAC", "practice_manager": "mo", "service_manager": None, "head_of_service": None}
    teams.add(council.engine, "gail", "West Looked After", new)
    assert values(council, "West Looked After") == new


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("North CIN", "name", None),
        ("", "name", None),
        ("a/b", "name", None),
        ("New", "practice_manager", "nobody"),
        ("New", "service_area", "Astronomy"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(council, name, field, value):
    new = {**dict.fromkeys(teams.FIELDS), **({field: value} if field != "name" else {})}
    before = council.dump()
    with pytest.raises(Invalid) as refused:
        teams.add(council.engine, "gail", name, new)
    assert list(refused.value.errors) == [field]
    assert council.dump() == before


def test_others_change_no_team_and_unknown_teams_are_not_found(council):
    with pytest.raises(NotAllowed):
        teams.change(council.engine, "mo", "North CIN", values(council, "North CIN"))
    with pytest.raises(NotFound):
        teams.page(council.engine, "mo", "Nowhere")
