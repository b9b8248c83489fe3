"""Answers made from a form, for trying a policy out: the council takes them."""

import pytest

from engine.errors import NotFound
from engine.service.tasks import answering, drafting
from tests.factories.council import AUDIT, REMEDY

CASE = "CF-20931"


@pytest.mark.parametrize("title", [AUDIT, "Upload the case population list"])
def test_a_task_accepts_its_answers(council, title):
    council.assign(CASE, "kim")
    task = council.task(title, CASE if title == AUDIT else None)
    assert drafting.faults(council.engine, task.id, answering.for_task(council.engine, task.id, {})) == {}


def test_what_is_given_stays(council):
    council.assign(CASE, "kim")
    task = council.task(AUDIT, CASE)
    raw = answering.for_task(council.engine, task.id, {"remedial_action_required": "no"})
    assert raw["remedial_action_required"] == "no"


def test_a_start_accepts_its_answers(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.begin("mo", "management_decision", CASE, action_number="1")
    assert council.titles(CASE) == [REMEDY, "Decide the management decision"]


def test_a_question_that_the_form_does_not_have_is_not_found(council):
    council.assign(CASE, "kim")
    with pytest.raises(NotFound, match="no_such_question"):
        answering.for_task(council.engine, council.task(AUDIT, CASE).id, {"no_such_question": "yes"})
