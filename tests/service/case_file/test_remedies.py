"""What a reader may do with each remedial action now."""

import pytest

from engine.service.case_file import remedies
from engine.service.cases import actions
from tests.factories.council import AUDIT, REMEDY

CASE = "CF-20931"


@pytest.fixture
def task(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return council.task(REMEDY, CASE).id


def allowed(council, task, person):
    card = remedies.of_task(council.engine, person, task)[0]
    return card.may_sign_off, card.may_record_work, card.decision is not None


@pytest.mark.parametrize(
    ("person", "may"), [("mo", (True, True, True)), ("nia", (False, True, False)), ("zoe", (False, False, False))]
)
def test_rights_decide_which_buttons_there_are(council, task, person, may):
    assert allowed(council, task, person) == may


def test_what_is_signed_off_is_settled_and_has_no_buttons(council, task):
    actions.sign_off(council.engine, "mo", council.actions(CASE)[0].id)
    first, second = remedies.of_task(council.engine, "mo", task)
    assert first.settled
    assert allowed(council, task, "mo") == (False, False, False)
    assert not second.settled
    assert second.may_sign_off


def test_the_work_is_with_the_social_worker(council, task):
    assert {card.worker for card in remedies.of_task(council.engine, "mo", task)} == {"Nia"}


def test_other_tasks_have_no_actions(council):
    council.assign("CF-30510", "kim")
    assert remedies.of_task(council.engine, "kim", council.task(AUDIT, "CF-30510").id) == ()


def test_after_the_form_is_authorised_nothing_can_be_done(council, task):
    for action in council.actions(CASE):
        actions.sign_off(council.engine, "mo", action.id)
    council.complete("mo", REMEDY, CASE)
    assert allowed(council, task, "mo") == (False, False, False)
