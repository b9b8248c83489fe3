"""The gates of a form: what is refused although every single answer is valid."""

import pytest

from engine.errors import ExpressionRefused
from tests.factories.forms import LANGUAGE, TODAY, answers_to, errors_in, form_of

DAYS = {"id": "days", "type": "integer", "label": "Days"}
NAME = {"id": "who", "type": "text", "label": "Case worker", "name": "the case worker"}
CAPACITY = {
    "facts": {"most": {"meaning": "The most", "example": 20}},
    "checks": [
        {
            "id": "limit",
            "refuse_if": "days > facts.most",
            "question": "days",
            "message": "Up to {facts.most}, not {days}.",
        },
        {"id": "odd", "refuse_if": "days % 2 == 1", "message": "Odd numbers are unlucky."},
    ],
}


def test_every_check_that_refuses_is_reported_with_its_numbers():
    form = form_of(DAYS, NAME, **CAPACITY)
    problems = errors_in(form, {"days": 21, "who": "Nia"}, most=20)
    assert problems == {"days": ["Up to 20, not 21."], "odd": ["Odd numbers are unlucky."]}
    assert answers_to(form, {"days": 20, "who": "Nia"}, most=20) == {"days": 20, "who": "Nia"}


def test_a_check_waits_for_the_answers_it_speaks_of_and_for_no_others():
    form = form_of(DAYS, NAME, **CAPACITY)
    assert set(errors_in(form, {"days": "many", "who": "Nia"}, most=20)) == {"days"}
    assert set(errors_in(form, {"days": 22}, most=20)) == {"days", "who"}


def test_a_gate_that_cannot_be_judged_does_not_open():
    with pytest.raises(ExpressionRefused):
        form_of(DAYS, **CAPACITY).validate({"days": 2}, {"today": TODAY}, LANGUAGE)


def test_a_comment_must_name_each_reference_whole():
    comment = {"id": "comment", "type": "textarea", "label": "Comment", "required": False}
    check = {"id": "named", "must_mention": "facts.refs", "question": "comment", "message": "Name {missing}."}
    form = form_of(comment, checks=[check], facts={"refs": {"meaning": "References", "example": []}})
    refs = ["OBS-11", "OBS-114"]
    assert errors_in(form, {}, refs=refs) == {"comment": ["Name OBS-11 and OBS-114."]}
    assert errors_in(form, {"comment": "See OBS-114."}, refs=refs) == {"comment": ["Name OBS-11."]}
    assert errors_in(form, {"comment": "obs-11, (OBS-114)"}, refs=refs) == {}
    assert errors_in(form, {}, refs=[]) == {}
    assert "control characters" in errors_in(form, {"comment": "OBS\x0011"}, refs=refs)["comment"][0]
    with pytest.raises(ExpressionRefused):
        answers_to(form, {"comment": "See OBS-114"})
