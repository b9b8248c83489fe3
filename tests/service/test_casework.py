"""The page of a case, and who sees it."""

import pytest

from engine.errors import NotFound
from engine.service import casework, directory
from tests.factories.council import REMEDY, at

CASE = "CF-20931"


@pytest.fixture
def remedied(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return council


@pytest.mark.parametrize("person", ["nia", "mo", "oz", "pat", "kim", "asha", "bev", "gail"])
def test_who_has_to_do_with_a_case_sees_it(remedied, person):
    assert casework.case_page(remedied.engine, person, CASE).case.reference == CASE


@pytest.mark.parametrize("person", ["zoe", "sam", "quin", "ros", "nobody"])
def test_others_do_not(remedied, person):
    with pytest.raises(NotFound):
        casework.case_page(remedied.engine, person, CASE)


def test_an_auditor_sees_the_case_that_is_audited_and_no_other(remedied):
    with pytest.raises(NotFound):
        casework.case_page(remedied.engine, "kim", "CF-20932")


def test_a_stand_in_sees_the_cases_of_the_team(council):
    for person in ("mo", "oz"):
        directory.record_absence(council.engine, "tests", person, at(2026, 12, 1).date(), at(2026, 12, 4).date())
    assert casework.case_page(council.engine, "pat", CASE).work == ()


def test_it_holds_the_work_the_audits_the_actions_and_the_answer_on_closure(remedied):
    page = casework.case_page(remedied.engine, "nia", CASE)
    assert [(one.task.title, one.holders, one.may_open) for one in page.work] == [(REMEDY, ("Mo",), False)]
    assert [audit.auditor for audit in page.audits] == ["kim"]
    assert [card.action.number for card in page.actions] == [1, 2]
    assert not page.closure.allowed
    assert page.team.name == "North CIN"
