"""What was entered about an audit is read by those whom rights.dmn names, and nobody else (R-07, R-54, R-77, R-80)."""

import pytest

from engine.errors import NotFound
from engine.service.case_file import entered
from engine.store import erasure
from tests.factories.council import AUDIT, REVIEW

CASE = "CF-20931"
HELP, ANSWER, CONCERN = "Ask for help with an audit", "Answer the request for help", "Raise a safeguarding concern"
ANSWERED = "Look at the plan"


def read(council, person, audit, case=CASE):
    return [one.view.title for one in entered.of_audit(council.engine, person, case, audit).entered]


@pytest.fixture
def audit(council):
    """An audit for which help was given, with a concern, authorised and drawn for review."""
    identifier = council.assign(CASE, "kim", drawn=True).id
    council.begin("kim", "help_request", CASE)
    council.complete(council.holders(council.task(ANSWER, CASE))[0], ANSWER, CASE, help_given=ANSWERED)
    council.begin("kim", "safeguarding_concern", CASE)
    council.authorise_audit(CASE)
    return identifier


def test_the_auditor_reads_the_answers_and_the_help_that_was_given(council, audit):
    titles = read(council, "kim", audit)
    assert {HELP, ANSWER} < set(titles)
    found = entered.of_audit(council.engine, "kim", CASE, audit).entered
    given = next(one for one in found if one.view.title == ANSWER)
    assert ANSWERED in [q.answer for section in given.view.sections for q in section.questions]
    assert [one.at for one in found] == sorted(one.at for one in found)


@pytest.mark.parametrize("person", ["mo", "nia", "oz"])
def test_the_managers_read_the_audit_once_its_review_is_closed(council, audit, person):
    assert read(council, person, audit) == []
    council.complete(council.holders(council.task(REVIEW, CASE))[0], REVIEW, CASE, outcome="agreed")
    (form,) = read(council, person, audit)
    assert form not in (HELP, ANSWER, CONCERN)


def test_a_concern_is_read_by_those_who_deal_with_it_alone(council, audit):
    readers = ("asha", "colin", "bev", "gail", "kim", "mo")
    assert {person for person in readers if CONCERN in read(council, person, audit)} == {"asha", "colin"}


def test_others_do_not_even_find_it(council, audit):
    for person in ("zoe", "quin", "sam"):
        with pytest.raises(NotFound):
            read(council, person, audit)
    with pytest.raises(NotFound):
        read(council, "kim", audit, "CF-20932")


def test_what_was_erased_is_read_by_nobody(council, audit):
    with council.database.transaction() as connection:
        mine = erasure.instances_of_audit(connection, audit)
        erasure.erase_instances(connection, mine, "erased")
    assert read(council, "bev", audit) == []


def test_an_audit_that_was_begun_shows_nothing_that_is_only_a_draft(council):
    identifier = council.assign(CASE, "kim").id
    assert council.task(AUDIT, CASE)
    assert read(council, "kim", identifier) == []
