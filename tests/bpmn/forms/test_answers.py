"""Conditions lay a form out: what is shown, what is required, what of the typed answers is kept."""

import json

from tests.factories.forms import answers_to, errors_in, file_of, form_of, read_form

GRADES = [{"value": "good", "label": "Good"}, {"value": "inadequate", "label": "Inadequate"}]
DAYS = {"id": "days", "type": "integer", "label": "Days"}
NAME = {"id": "who", "type": "text", "label": "Case worker", "name": "the case worker"}


def test_only_known_shown_and_answered_questions_are_kept():
    grade = {"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}
    why = {"id": "why", "type": "text", "label": "Why", "show_if": "grade == 'inadequate'"}
    form = form_of(grade, why)
    raw = {"grade": "good", "why": "typed, then hidden", "injected": "x", "unrelated": ""}
    assert answers_to(form, raw) == {"grade": "good"}
    assert errors_in(form, {"grade": "inadequate"}) == {"why": ["Enter why."]}


def test_a_question_may_be_required_only_sometimes():
    why = {"id": "why", "type": "text", "label": "Why", "required_if": "grade == 'inadequate'"}
    form = form_of({"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}, why)
    assert answers_to(form, {"grade": "good"}) == {"grade": "good"}
    assert errors_in(form, {"grade": "inadequate"}) == {"why": ["Enter why."]}


def test_a_hidden_section_asks_nothing_and_keeps_nothing():
    content = file_of({"id": "grade", "type": "radios", "label": "Grade", "options": GRADES})
    hidden = {"id": "more", "title": "More", "show_if": "facts.area == 'LAC'", "questions": [NAME]}
    content |= {"facts": {"area": {"meaning": "Area", "example": "LAC"}}, "sections": [*content["sections"], hidden]}
    form = read_form("trial.json", json.dumps(content))
    raw = {"grade": "good", "who": "Nia"}
    assert answers_to(form, raw, area="LAC") == {"grade": "good", "who": "Nia"}
    assert answers_to(form, raw, area="CWD") == answers_to(form, raw) == {"grade": "good"}


def test_a_condition_over_a_blank_is_not_yet_true():
    form = form_of(DAYS | {"required": False}, NAME | {"show_if": "days > 5"})
    assert answers_to(form, {}) == answers_to(form, {"days": ""}) == {}
    assert set(errors_in(form, {"days": "many"})) == {"days"}
    assert errors_in(form, {"days": "6"}) == {"who": ["Enter the case worker."]}


def test_a_condition_does_not_see_what_is_no_answer_yet():
    day = {"id": "day", "type": "date", "label": "Day seen"}
    grade = {"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}
    form = form_of(day, grade, NAME | {"show_if": "day is not None or grade is not None"})
    assert set(errors_in(form, {"day": "yesterday", "grade": "splendid"})) == {"day", "grade"}
    assert set(errors_in(form, {"day": "2026-12-10", "grade": "splendid"})) == {"grade", "who"}


def test_evidence_is_asked_for_the_answers_that_need_it():
    note = {"label": "Evidence", "required": "Enter the evidence."}
    grade = {"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}
    form = form_of(grade | {"evidence": ["inadequate"]}, evidence_note=note)
    assert answers_to(form, {"grade": "good", "grade_evidence": "unneeded"}) == {"grade": "good"}
    assert errors_in(form, {"grade": "inadequate"}) == {"grade_evidence": ["Enter the evidence."]}
    always = form_of(grade | {"evidence": "always"}, evidence_note=note)
    assert errors_in(always, {"grade": "good"}) == {"grade_evidence": ["Enter the evidence."]}
    assert errors_in(always, {}) == {"grade": ["Select grade."]}


def test_not_applicable_needs_a_reason_and_only_where_it_is_marked():
    words = {"option": "Not applicable", "reason": {"label": "Why not?", "required": "Say why."}}
    grade = {"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}
    form = form_of(grade | {"not_applicable": True}, grade | {"id": "other"}, not_applicable=words)
    problems = errors_in(form, {"grade": "not_applicable", "other": "not_applicable"})
    assert problems == {"grade_reason": ["Say why."], "other": ["Select one of the answers listed for grade."]}


def test_a_whole_section_may_be_passed_over_with_a_reason():
    words = {
        "option": "Not applicable",
        "reason": {"label": "Why not?", "required": "Say why."},
        "section": {"label": "Does it apply?", "required": "Select yes if it applies."},
    }
    content = file_of(NAME, not_applicable=words)
    content["sections"][0]["not_applicable"] = True
    form = read_form("trial.json", json.dumps(content))
    assert errors_in(form, {"who": "Nia"}) == {"only_applies": ["Select yes if it applies."]}
    assert errors_in(form, {"only_applies": "no", "who": "Nia"}) == {"only_reason": ["Say why."]}
    assert answers_to(form, {"only_applies": "no", "only_reason": "Too young", "who": "Nia"}) == {
        "only_applies": "no",
        "only_reason": "Too young",
    }
    assert errors_in(form, {"only_applies": "yes"}) == {"who": ["Enter the case worker."]}
    assert answers_to(form, {"only_applies": "yes", "who": "Nia"}) == {"only_applies": "yes", "who": "Nia"}


ROWS = {
    "id": "actions", "type": "rows", "label": "Action", "min": 1, "max": 3,
    "questions": [
        {"id": "what", "type": "text", "label": "What"},
        {"id": "late", "type": "radios", "label": "Late", "options": GRADES, "required": False},
        {"id": "why", "type": "text", "label": "Why", "show_if": "late == 'good' and who == 'Nia'"},
    ],
}  # fmt: skip


def test_rows_report_their_problems_by_row_and_question():
    form = form_of(NAME, ROWS)
    raw = {"who": "Nia", "actions": [{"what": "Visit"}, {"late": "good"}, {"what": "Call", "late": "never"}]}
    late = ["Select one of the answers listed for late."]
    assert errors_in(form, raw) == {"actions": {1: {"what": ["Enter what."], "why": ["Enter why."]}, 2: {"late": late}}}


def test_conditions_of_a_row_see_that_row_and_the_form_around_it():
    rows = [{"what": "Visit", "late": "good", "why": "Snow"}, {"what": "Call", "why": "hidden"}]
    kept = [{"what": "Visit", "late": "good", "why": "Snow"}, {"what": "Call"}]
    assert answers_to(form_of(NAME, ROWS), {"who": "Nia", "actions": rows})["actions"] == kept
    assert answers_to(form_of(NAME, ROWS), {"who": "Sam", "actions": rows})["actions"][0] == {
        "what": "Visit",
        "late": "good",
    }


def test_rows_are_counted_without_the_blank_ones_at_the_end():
    form = form_of(ROWS)
    blank = {"what": " ", "late": ""}
    assert errors_in(form, {"actions": [blank]}) == {"actions": ["Add at least one action."]}
    assert answers_to(form, {"actions": [{"what": "Visit"}, blank, {}]})["actions"] == [{"what": "Visit"}]
    assert errors_in(form, {"actions": [blank, {"what": "Visit"}]}) == {"actions": {0: {"what": ["Enter what."]}}}
    many = [{"what": str(n)} for n in range(500)]
    assert errors_in(form, {"actions": many}) == {"actions": ["Action: list 3 or fewer."]}
    assert errors_in(form, {"actions": "Visit"}) == {"actions": ["Add at least one action."]}


def test_a_person_must_be_one_of_those_who_may_be_chosen():
    form = form_of({"id": "auditor", "type": "person", "label": "Auditor", "name": "the auditor"})
    assert answers_to(form, {"auditor": "kim"}) == {"auditor": "kim"}
    for people in (["kim", "lee"], {"kim": "Kim", "lee": "Lee"}):
        assert answers_to(form, {"auditor": "kim"}, people=people) == {"auditor": "kim"}
        assert errors_in(form, {"auditor": "mo"}, people=people) == {"auditor": ["Select the auditor from the list."]}


def test_a_fact_is_kept_as_it_was_told_and_cannot_be_typed_over():
    told = {"area": {"meaning": "The area", "example": "LAC"}}
    form = form_of({"id": "area", "type": "fact", "label": "Area", "value": "{facts.area}"}, facts=told)
    assert answers_to(form, {"area": "forged"}, area="CWD") == {"area": "CWD"}
    assert answers_to(form, {"area": "forged"}) == {}
