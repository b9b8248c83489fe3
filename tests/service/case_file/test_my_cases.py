"""Whose cases are listed: of the social worker, and of the teams somebody answers for (R-07)."""

import pytest

from engine.service.case_file import my_cases
from engine.service.cases import actions
from engine.service.people import directory
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from tests.factories.council import REMEDY, at

CASE = "CF-20931"


@pytest.fixture
def audited(council):
    """Two audits in North CIN, one with actions and one that is finished, and one in South CIN."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    council.assign("CF-20932", "kim")
    council.authorise_audit("CF-20932")
    council.complete("mo", "Acknowledge the audit", "CF-20932")
    council.assign("CF-21040", "kim")
    return council


def listed(council, person, **wanted):
    return [one.case.reference for one in my_cases.of_person(council.engine, person, **wanted).rows]


def test_a_social_worker_finds_their_own_and_a_manager_those_of_the_teams(audited):
    assert listed(audited, "nia") == listed(audited, "mo") == [CASE]
    assert listed(audited, "sam") == ["CF-21040"]
    assert listed(audited, "oz") == [CASE, "CF-21040"]
    assert listed(audited, "kim") == []


def test_those_that_are_finished_are_listed_when_all_are_wanted(audited):
    assert listed(audited, "mo", everything=True) == [CASE, "CF-20932"]


def test_a_case_that_was_never_audited_is_not_listed(audited):
    assert "CF-20933" not in listed(audited, "nia", everything=True)


def test_it_says_how_much_is_to_do_and_by_when(audited):
    actions.sign_off(audited.engine, "mo", audited.actions(CASE)[0].id)
    (row,) = my_cases.of_person(audited.engine, "nia").rows
    assert (row.to_do, row.due, row.audit.state) == (1, audited.task(REMEDY, CASE).due, "with the Practice Manager")


def test_a_case_that_moves_is_found_by_its_new_worker_and_team(audited):
    extracts.apply(audited.engine, "the extract", CaseChange(CASE, team="South CIN", social_worker="sam"))
    assert listed(audited, "mo") == listed(audited, "nia") == []
    assert listed(audited, "sam") == [CASE, "CF-21040"]


def test_a_stand_in_finds_the_cases_of_the_team(audited):
    day = at(2026, 12, 1).date()
    for person in ("mo", "oz"):
        directory.record_absence(audited.engine, "tests", person, day, day)
    assert CASE in listed(audited, "pat")


def test_a_page_holds_a_page(audited, monkeypatch):
    monkeypatch.setattr(my_cases, "PAGE", 1)
    first, second = (my_cases.of_person(audited.engine, "oz", page=number) for number in (1, 2))
    assert (first.total, second.total) == (2, 2)
    assert [one.rows[0].case.reference for one in (first, second)] == [CASE, "CF-21040"]
