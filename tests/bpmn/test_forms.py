"""A form judges answers: what it accepts, how it says what is wrong, and what it never lets in."""

import json
import timeit

import pytest

from engine.errors import Invalid, TooLarge
from tests.factories.answers import facts_for, valid_audit_answers
from tests.factories.forms import LANGUAGE, TODAY, answers_to, errors_in, file_of, form_of, read_form, shipped

GRADES = [{"value": "good", "label": "Good"}, {"value": "inadequate", "label": "Inadequate"}]
DAYS = {"id": "days", "type": "integer", "label": "Days"}
NAME = {"id": "who", "type": "text", "label": "Case worker", "name": "the case worker"}


def only(question, raw, **facts):
    """The sentences about the one question of a form."""
    return errors_in(form_of(question), raw, **facts).get(question["id"], [])


@pytest.mark.parametrize(
    ("question", "raw", "sentence"),
    [
        (NAME, {}, "Enter the case worker."),
        (NAME, {"who": " \r\n "}, "Enter the case worker."),
        (NAME, {"who": ["Nia"]}, "The case worker must be text."),
        (NAME | {"required": "Say who it is."}, {}, "Say who it is."),
        (NAME | {"max": 3}, {"who": "Nadia"}, "The case worker must be 3 characters or fewer."),
        (NAME | {"min": 4}, {"who": "Nia"}, "The case worker must be 4 characters or more."),
        (NAME, {"who": "N" * 10_001}, "The case worker must be 10,000 characters or fewer."),
        (NAME | {"too_little": ["n/a"]}, {"who": "N/A."}, "Enter the case worker."),
        (NAME | {"too_little": ["none"], "too_little_message": "Say why."}, {"who": "None"}, "Say why."),
        (
            NAME | {"pattern": "[a-z]+", "max": 9, "example": "nia"},
            {"who": "Nia"},
            "The case worker is not in the right format.",
        ),
        ({"id": "who", "type": "integer", "label": "Days"}, {}, "Enter days."),
        ({"id": "who", "type": "integer", "label": "Days"}, {"who": "two"}, "Days must be a whole number."),
        ({"id": "who", "type": "integer", "label": "Days"}, {"who": 2.5}, "Days must be a whole number."),
        ({"id": "who", "type": "integer", "label": "Days"}, {"who": True}, "Days must be a whole number."),
        (
            {"id": "who", "type": "integer", "label": "Days", "min": 1, "max": 25},
            {"who": "26"},
            "Days must be between 1 and 25.",
        ),
        ({"id": "who", "type": "integer", "label": "Days", "min": 1}, {"who": "0"}, "Days must be 1 or more."),
        ({"id": "who", "type": "integer", "label": "Days", "max": 3}, {"who": "4"}, "Days must be 3 or less."),
        ({"id": "who", "type": "date", "label": "Day seen"}, {}, "Enter day seen."),
        (
            {"id": "who", "type": "date", "label": "Day seen"},
            {"who": {"day": "3", "month": "", "year": "2026"}},
            "Day seen must include a month.",
        ),
        (
            {"id": "who", "type": "date", "label": "Day seen"},
            {"who": {"day": "31", "month": "2", "year": "2026"}},
            "Day seen must be a real date.",
        ),
        (
            {"id": "who", "type": "date", "label": "Day seen"},
            {"who": {"day": "3", "month": "2", "year": "26"}},
            "Day seen must have a year from 1900 to 2199, written with 4 numbers.",
        ),
        ({"id": "who", "type": "date", "label": "Day seen"}, {"who": "yesterday"}, "Day seen must be a real date."),
        (
            {"id": "who", "type": "date", "label": "Day seen", "not_future": True},
            {"who": "2026-12-11"},
            "Day seen must be today or in the past.",
        ),
        (
            {"id": "who", "type": "date", "label": "Day seen", "not_past": True},
            {"who": "2026-12-09"},
            "Day seen must be today or in the future.",
        ),
        ({"id": "who", "type": "radios", "label": "Grade", "options": GRADES}, {}, "Select grade."),
        (
            {"id": "who", "type": "radios", "label": "Is it good?", "options": GRADES},
            {},
            "Select an answer to “Is it good?”.",
        ),
        (
            {"id": "who", "type": "select", "label": "Grade", "options": GRADES},
            {"who": "splendid"},
            "Select one of the answers listed for grade.",
        ),
        (
            {"id": "who", "type": "checkboxes", "label": "Grades", "options": GRADES},
            {"who": ["good", "splendid"]},
            "Select from the answers listed for grades.",
        ),
        (
            {
                "id": "who",
                "type": "checkboxes",
                "label": "Grades",
                "options": GRADES,
                "min": 2,
                "required": "Tick both.",
            },
            {"who": ["good"]},
            "Tick both.",
        ),
        ({"id": "who", "type": "person", "label": "New auditor"}, {}, "Select new auditor."),
        ({"id": "who", "type": "file", "label": "Case list"}, {}, "Upload case list."),
        ({"id": "who", "type": "file", "label": "Case list"}, {"who": "../list.csv"}, "Upload case list again."),
    ],
)
def test_a_problem_is_said_in_one_sentence(question, raw, sentence):
    assert only(question, raw | {"unrelated": "fine"}) == [sentence]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe"])
@pytest.mark.parametrize("kind", ["text", "textarea", "person"])
def test_control_characters_are_refused_with_a_sentence(kind, character):
    problem = only(NAME | {"type": kind}, {"who": f"Nia{character}Sam"})
    assert problem == ["The case worker must not contain control characters. Paste it as plain text, or type it."]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Nia \r\n", "Nia"),
        ("text", "Nia\r\nSam", "Nia Sam"),
        ("textarea", "Nia\r\nSam", "Nia\nSam"),
        ("integer", " 1,200 ", 1200),
        ("integer", 7, 7),
        ("date", {"day": "3", "month": "Feb", "year": "2026"}, "2026-02-03"),
        ("date", {"day": 3, "month": 2, "year": 2026}, "2026-02-03"),
        ("date", "2026-02-03", "2026-02-03"),
    ],
)
def test_what_was_meant_is_kept_as_plain_json(kind, typed, kept):
    answers = answers_to(form_of(NAME | {"type": kind}), {"who": typed})
    assert answers == {"who": kept}
    assert json.loads(json.dumps(answers)) == answers


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
    assert errors_in(form, {"days": "6"}) == {"who": ["Enter the case worker."]}


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


def test_the_summary_names_the_section_and_is_not_endless():
    rows = [NAME | {"id": f"who_{n}", "required": f"Enter name {n}."} for n in range(14)]
    with pytest.raises(Invalid) as refused:
        answers_to(form_of(*rows), {})
    assert "Only section: Enter name 0." in refused.value.sentence
    assert refused.value.sentence.endswith("There are 4 more.")
    assert len(refused.value.errors) == 14


@pytest.mark.parametrize(
    "raw",
    [
        {"who": "N" * 10_000_000},
        {"unknown": ["N" * 2_000] * 600},
        {"who": [[]] * 1_000_001},
        {"N" * 1_000_001: ""},
    ],
)
def test_more_than_a_million_characters_is_too_large(raw):
    with pytest.raises(TooLarge, match="What was entered is too large"):
        answers_to(form_of(NAME), raw)


def test_variables_are_what_the_process_is_told():
    form = form_of(NAME | {"variable": "worker"}, DAYS | {"variable": "days", "required": False}, ROWS | {"min": 0})
    assert form.variables(answers_to(form, {"who": "Nia"})) == {"worker": "Nia", "days": None}


def seconds(work, rounds):
    return min(timeit.repeat(work, number=1, repeat=rounds))


def test_a_whole_audit_is_judged_in_less_than_five_milliseconds_and_a_small_form_in_a_third_of_one():
    audit, small = shipped("audit"), shipped("management_decision")
    raw, facts = valid_audit_answers(audit, remedial_actions=3), facts_for(audit)
    assert seconds(lambda: audit.validate(raw, facts, LANGUAGE), 20) < 0.005
    request = {
        "action_number": "2",
        "why": "other_lack_of_information",
        "explanation": "Lost",
        "observation_reference": "OBS-1",
    }
    told = {"today": TODAY, "actions": [{"number": 2}]}
    assert seconds(lambda: small.validate(request, told, LANGUAGE), 50) < 0.0003
