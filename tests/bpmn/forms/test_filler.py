"""Answers made from a form itself: rehearsals and previews need no list of questions."""

import pytest

from engine.bpmn.forms.filler import fill
from engine.errors import Invalid, NotFound
from tests.factories.answers import facts_for, filled, valid_audit_answers, without
from tests.factories.forms import FORMS, LANGUAGE, answers_to, form_of, shipped

ALL = sorted(file.stem for file in FORMS.glob("*.json") if '"sections"' in file.read_text("utf-8"))


@pytest.mark.parametrize("name", ALL)
def test_every_form_can_be_filled_in_from_itself(name):
    form = shipped(name)
    answers_to(form, filled(form), **facts_for(form))


REFUSED_BY_THEMSELVES = {("concern_response", "not_dealt_with")}


@pytest.mark.parametrize("name", ALL)
def test_each_answer_to_each_question_of_choice_can_be_followed_to_the_end(name):
    form = shipped(name)
    for question in form.questions.values():
        if question.type in ("radios", "select") and question.id in {
            item.id for s in form.sections for item in s.questions
        }:
            for option in question.options:
                if (name, option.value) not in REFUSED_BY_THEMSELVES:
                    answers_to(form, filled(form, **{question.id: option.value}), **facts_for(form))


def test_a_concern_that_is_not_dealt_with_cannot_be_closed():
    form = shipped("concern_response")
    with pytest.raises(Invalid, match="stays open"):
        answers_to(form, filled(form, standing_now="not_dealt_with"), **facts_for(form))


def test_questions_are_named_by_id_or_label_in_any_case():
    form = shipped("auditor_capacity")
    raw = filled(form, **{"pool auditors": "40", "audits for each quality assurance officer": "20"})
    assert form.variables(answers_to(form, raw, **facts_for(form))) == {
        "pool_auditors": 40,
        "audits_for_each_officer": 20,
    }


def test_choices_are_named_by_value_or_label():
    form = shipped("quality_assurance")
    raw = filled(form, **{"What is the outcome of your review?": "agreed with changes"})
    assert (raw["outcome"], raw["reason"]) == ("agreed_with_changes", "Seen")


def test_rows_are_completed_and_boxes_split():
    form = shipped("audit")
    raw = filled(
        form, remedial_action_required="yes", remedial_actions=[{"What must be done?": "Visit", "Priority": "same day"}]
    )
    (row,) = raw["remedial_actions"]
    assert (row["what"], row["priority"]) == ("Visit", "same_day")
    boxes = [{"value": "a", "label": "One"}, {"value": "b", "label": "Two"}]
    assert filled(form_of({"id": "x", "type": "checkboxes", "label": "X", "options": boxes}), x="One, two")["x"] == [
        "a",
        "b",
    ]


def test_a_question_the_form_does_not_have_is_told():
    with pytest.raises(NotFound, match="question “shoe size”"):
        filled(shipped("deferment"), **{"shoe size": "44"})


def test_what_is_given_is_kept_though_it_will_be_refused():
    form = shipped("auditor_capacity")
    raw = filled(form, pool_auditors="40", audits_for_each_officer="21")
    with pytest.raises(Invalid, match="20"):
        answers_to(form, raw, **facts_for(form))


def test_what_is_known_from_facts_is_taken_over():
    form = shipped("deferment_decision")
    raw = filled(form, {"request_kind": "deferment", "new_start": "2027-01-11"}, deferment_outcome="grant")
    assert raw["new_start"] == "2027-01-11"


def test_the_audit_has_as_many_actions_as_asked_for():
    form = shipped("audit")
    for number in (0, 1, 3):
        answers = answers_to(form, valid_audit_answers(form, remedial_actions=number), **facts_for(form))
        assert len(answers["remedial_actions"]) == number
        assert answers["remedial_action_required"] == ("yes" if number else "no")


def test_a_change_brings_what_depends_on_it():
    form = shipped("audit")
    raw = valid_audit_answers(form, safety_grade="inadequate", overall_grade="good")
    assert raw["overall_reason"]
    assert len(filled(form, remedial_action_required="yes")["remedial_actions"]) == 1
    assert "voice_grade" not in without(form, raw, "Child's voice and lived experience")


def test_dates_people_and_files_get_something_acceptable():
    form = form_of(
        {"id": "seen", "type": "date", "label": "Seen", "not_future": True, "not_past": True},
        {"id": "auditor", "type": "person", "label": "Auditor"},
        {"id": "upload", "type": "file", "label": "Upload"},
        {"id": "short", "type": "text", "label": "Short", "max": 2},
        {"id": "long", "type": "text", "label": "Long", "min": 9},
        {"id": "days", "type": "integer", "label": "Days", "max": 0},
    )
    facts = facts_for(form, people=["kim"])
    answers = form.validate(fill(form, facts, LANGUAGE, {}), facts, LANGUAGE)
    assert answers["auditor"] == "kim"
    assert answers["seen"] == facts["today"]
