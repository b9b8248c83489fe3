"""The page of one remedial action: what was asked, with whom it is, and what came of it."""

import pytest

from engine.errors import NotFound
from engine.service.case_file import one_action
from engine.service.cases import actions
from tests.factories.council import REMEDY, REVIEW

CASE = "CF-20931"


@pytest.fixture
def remedied(council):
    council.assign("CF-20932", "kim")
    council.authorise_audit("CF-20932", 1)
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return council


def page(council, person, number=1):
    return one_action.of_action(council.engine, person, council.actions(CASE)[number - 1].id)


def test_it_tells_what_the_auditor_asked_in_the_words_of_the_form(remedied):
    asked = dict(page(remedied, "nia").asked)
    assert {"Which deficit does it put right?", "Category", "Priority", "Who does it?"} <= set(asked)
    assert asked["Priority"] == "Within 25 working days"


def test_it_tells_who_answers_for_it_who_works_on_it_and_by_when(remedied):
    found = page(remedied, "nia")
    assert (found.held_by, found.card.worker) == (("Mo",), "Nia")
    assert found.due == remedied.task(REMEDY, CASE).due


def test_what_was_done_decided_and_disputed_about_it_and_about_no_other(remedied):
    actions.record_work(remedied.engine, "nia", remedied.actions(CASE)[1].id, "Asked the school")
    remedied.begin("mo", "management_decision", CASE, action_number=1, observation_reference="OBS-7")
    remedied.begin("nia", "disagreement", CASE, action_number=2)
    first, second = page(remedied, "mo"), page(remedied, "mo", 2)
    assert [one.reference for one in first.decisions] == ["OBS-7"]
    assert (first.disagreements, second.decisions) == ((), ())
    assert [one.raised_by for one in second.disagreements] == ["nia"]
    assert "work recorded" in [one.note for one in second.entries]
    assert "work recorded" not in [one.note for one in first.entries]


def test_what_may_be_begun_about_it_is_offered(remedied):
    assert [one.process for one in page(remedied, "nia").starts] == ["disagreement"]
    assert {one.process for one in page(remedied, "mo").starts} == {"disagreement", "management_decision"}


def test_nobody_reads_it_who_may_not_read_its_audit(council):
    council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE, 1)
    for person in ("mo", "nia", "zoe"):
        with pytest.raises(NotFound):
            page(council, person)
    council.complete(council.task(REVIEW, CASE).assignee, REVIEW, CASE, outcome="agreed")
    assert page(council, "nia").card.action.number == 1
    with pytest.raises(NotFound):
        page(council, "zoe")
