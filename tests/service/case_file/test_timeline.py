"""What happened to a case, as far as each may read it."""

import pytest

from engine.errors import NotFound
from engine.service.case_file import timeline
from engine.service.cases import actions
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from tests.factories.council import AUDIT, REMEDY, REVIEW, at

CASE, CONCERN = "CF-20931", "Acknowledge the safeguarding concern"


def told(council, person, case=CASE):
    return [(one.kind, one.about) for one in timeline.of_case(council.engine, person, case).entries]


@pytest.fixture
def lived(council):
    council.assign(CASE, "kim")
    council.begin("kim", "safeguarding_concern", CASE)
    council.complete("asha", CONCERN, CASE)
    council.clock.move_to(at(2026, 12, 2))
    council.authorise_audit(CASE, 2)
    council.clock.move_to(at(2026, 12, 3))
    actions.sign_off(council.engine, "mo", council.actions(CASE)[0].id)
    council.clock.move_to(at(2026, 12, 4))
    extracts.apply(council.engine, "the extract", CaseChange(CASE, social_worker="sam"))
    return council


def test_it_is_told_newest_first(lived):
    found = timeline.of_case(lived.engine, "mo", CASE)
    assert [one.at for one in found.entries] == sorted((one.at for one in found.entries), reverse=True)
    assert told(lived, "mo")[:2] == [("extract", ""), ("remedial action", "Remedial action 1")]
    assert ("done", AUDIT) in told(lived, "mo")
    assert found.entries[0].note == "social worker"
    assert found.entries[1].who == "Mo"


def test_a_concern_is_told_to_those_who_may_read_it_alone(lived):
    def knows(person):
        return ("done", CONCERN) in told(lived, person)

    assert {person for person in ("asha", "colin", "bev", "mo", "sam", "kim") if knows(person)} == {"asha", "colin"}


def test_while_an_audit_is_reviewed_its_managers_are_not_told_what_was_done_in_it(council):
    council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE, 1)
    assert ("done", AUDIT) in told(council, "kim")
    assert told(council, "mo") == []
    council.complete(council.holders(council.task(REVIEW, CASE))[0], REVIEW, CASE, outcome="agreed")
    assert ("done", AUDIT) in told(council, "mo")
    assert ("done", REVIEW) not in told(council, "mo")
    assert council.task(REMEDY, CASE) is not None


def test_nothing_of_another_case_is_told(lived):
    assert told(lived, "mo", "CF-20933") == []
    with pytest.raises(NotFound):
        timeline.of_case(lived.engine, "zoe", CASE)


def test_a_page_holds_a_page(lived):
    for number in range(timeline.PAGE):
        actions.record_work(lived.engine, "mo", lived.actions(CASE)[1].id, f"Call {number}")
    first, second = (timeline.of_case(lived.engine, "mo", CASE, page) for page in (1, 2))
    assert len(first.entries) == timeline.PAGE
    assert first.total == second.total == len(first.entries) + len(second.entries)
    assert first.entries[-1].at >= second.entries[0].at
