"""The page of a case, and who sees it."""

import pytest

from engine.errors import NotFound, Restricted
from engine.service.case_file import casework
from engine.service.people import directory
from engine.store import people
from tests.factories.council import REMEDY, REVIEW, at

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


RESTRICTED = "CF-70001"


@pytest.mark.parametrize("person", ["sam", "quin", "oz", "pat"])
def test_a_restricted_record_is_seen_by_those_who_work_with_it(council, person):
    assert casework.case_page(council.engine, person, RESTRICTED).case.restricted


@pytest.mark.parametrize("person", ["asha", "bev", "gail", "colin", "ian"])
def test_who_is_not_cleared_is_told_that_it_is_restricted_and_nothing_more(council, person):
    with pytest.raises(Restricted):
        casework.case_page(council.engine, person, RESTRICTED)
    assert council.events(f"read {RESTRICTED}") == []


@pytest.mark.parametrize("person", ["mo", "kim", "nia", "zoe"])
def test_to_everybody_else_it_reads_as_if_it_did_not_exist(council, person):
    with pytest.raises(NotFound):
        casework.case_page(council.engine, person, RESTRICTED)


def test_who_is_cleared_sees_it(council):
    council.run(lambda command: people.change_person(command.connection, "asha", {"cleared": True}))
    assert casework.case_page(council.again().engine, "asha", RESTRICTED).case.restricted


def test_work_and_actions_that_one_may_not_read_are_not_listed(council):
    council.assign(CASE, "kim", drawn=True)
    council.begin("kim", "safeguarding_concern", CASE)
    council.authorise_audit(CASE, 2)
    shown = {}
    for person in ("mo", "nia", "asha"):
        page = casework.case_page(council.engine, person, CASE)
        shown[person] = ({one.task.title for one in page.work}, len(page.actions))
    concern = "Acknowledge the safeguarding concern"
    assert shown["mo"] == shown["nia"] == (set(), 0)
    assert shown["asha"] == ({concern, REVIEW}, 2)
    council.complete(council.holders(council.task(REVIEW, CASE))[0], REVIEW, CASE, outcome="agreed")
    page = casework.case_page(council.engine, "nia", CASE)
    assert ({one.task.title for one in page.work}, len(page.actions)) == ({REMEDY}, 2)
