"""Everything wrong with a form file is told at once, at the question it belongs to, with its remedy."""

import json

import pytest

from engine.bpmn.forms.sense import pattern_fault
from tests.factories.forms import codes_in, file_of, problems_in

NAME = {"id": "who", "type": "text", "label": "Worker"}
GRADES = [{"value": "good", "label": "Good"}, {"value": "poor", "label": "Poor"}]
GRADE = {"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}
FACT = {"meaning": "Something", "example": 1}


def test_a_right_form_has_no_problem():
    assert problems_in(file_of(NAME, GRADE | {"variable": "grade_given"})) == []


def test_a_file_that_is_no_json_is_told_by_its_line():
    (problem,) = problems_in('{"title": "A",\n "sections": }')
    assert (problem.file, problem.code) == ("forms/trial.json", "form-unreadable")
    assert "line 2, column 14" in problem.message


def test_all_problems_come_at_once_each_at_its_question():
    content = file_of(
        NAME | {"lable": "Worker"}, {"id": "Grade", "type": "radio", "label": "Grade"}, {"id": "day", "type": "date"}
    )
    found = {(problem.element, problem.message) for problem in problems_in(content)}
    assert ("who", "“lable” is not something a form can say here. Did you mean “label”?") in found
    assert ("day", "“label” is missing. Add it.") in found
    assert {"Grade"} == {
        element for element, message in found if "small letters" in message or "Must be one of" in message
    }


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        ([NAME, NAME], ("who", "form-id-twice")),
        ([NAME | {"id": "only"}], ("only", "form-id-twice")),
        ([NAME | {"id": "facts"}], ("facts", "form-id-reserved")),
        ([NAME | {"id": "today"}], ("today", "form-id-reserved")),
        ([NAME | {"id": "class"}], ("class", "form-id-reserved")),
        ([NAME | {"variable": "case"}], ("case", "form-variable")),
        ([NAME | {"variable": "lambda"}], ("lambda", "form-variable")),
        ([NAME | {"variable": "a"}, GRADE | {"variable": "a"}], ("a", "form-variable")),
        ([NAME | {"variable": "Worker"}], ("who", "form-value")),
        ([NAME | {"options": GRADES}], ("who", "form-key-of-type")),
        ([GRADE | {"options": []}], ("grade", "form-value")),
        ([{"id": "grade", "type": "select", "label": "Grade"}], ("grade", "form-options")),
        ([GRADE | {"options": [*GRADES, GRADES[0]]}], ("grade", "form-options")),
        ([NAME | {"min": 5, "max": 2}], ("who", "form-bounds")),
        ([NAME | {"max": 50_001}], ("who", "form-bounds")),
        ([{"id": "rows", "type": "rows", "label": "Row"}], ("rows", "form-rows")),
        ([{"id": "rows", "type": "rows", "label": "Row", "max": 201, "questions": [NAME]}], ("rows", "form-bounds")),
        (
            [{"id": "rows", "type": "rows", "label": "Row", "questions": [NAME | {"variable": "a"}]}],
            ("who", "form-rows"),
        ),
        ([NAME | {"required": 1}], ("who", "form-value")),
        ([NAME | {"required": "Enter {who}."}], ("who", "form-value")),
        ([NAME | {"hint": "Up to {facts.most"}], ("who", "form-value")),
        ([NAME | {"hint": "Up to {facts.most}"}], ("who", "form-fact")),
        ([NAME | {"show_if": "grade == 'good'"}, GRADE], ("who", "form-condition")),
        ([NAME | {"show_if": "who == 'x'"}], ("who", "form-condition")),
        ([GRADE, NAME | {"show_if": "unrelated == 'x'"}], ("who", "form-condition")),
        ([NAME | {"required_if": "grad == 'good'"}], ("who", "form-condition")),
        ([NAME | {"show_if": "facts.area == 'LAC'"}], ("who", "form-fact")),
        ([NAME | {"show_if": "facts['area'] == 'LAC'"}], ("who", "form-fact")),
        ([NAME | {"show_if": "__import__('os')"}], ("who", "form-expression")),
        ([NAME | {"show_if": "grade =="}], ("who", "form-expression")),
        ([GRADE | {"evidence": ["poor"]}], ("grade", "form-words")),
        ([GRADE | {"not_applicable": True}], ("grade", "form-words")),
        ([NAME | {"pattern": "[a-z]{3}"}], ("who", "form-pattern")),
        ([NAME | {"pattern": "[a-z]{3}", "example": "Nia"}], ("who", "form-pattern")),
        ([NAME | {"pattern": "([a-z]", "example": "a"}], ("who", "form-pattern")),
    ],
)
def test_a_fault_in_a_question_is_found(questions, problem):
    assert problem in codes_in(file_of(*questions))


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"graded_sections": []}, ("only", "form-words")),
        ({"evidence_note": {"label": "Evidence"}}, ("grade", "form-evidence")),
        ({"checks": [{"id": "gate", "message": "No."}]}, ("gate", "form-check")),
        (
            {"checks": [{"id": "gate", "message": "No.", "refuse_if": "True", "must_mention": "facts.x"}]},
            ("gate", "form-check"),
        ),
        (
            {"checks": [{"id": "gate", "message": "No.", "refuse_if": "True", "question": "nobody"}]},
            ("gate", "form-check"),
        ),
        (
            {"checks": [{"id": "gate", "message": "No.", "must_mention": "facts.x", "question": "grade"}]},
            ("gate", "form-check"),
        ),
        ({"checks": [{"id": "gate", "message": "No {nobody}.", "refuse_if": "False"}]}, ("gate", "form-condition")),
        ({"checks": [{"id": "who", "message": "No.", "refuse_if": "False"}]}, ("who", "form-id-twice")),
        ({"conditions": {"fine": "grade == "}}, ("fine", "form-expression")),
        ({"conditions": {"who": "grade == 'good'"}}, ("who", "form-id-twice")),
        ({"facts": {"area": {"example": 1}}}, ("area", "form-missing-key")),
        ({"sections": []}, ("", "form-value")),
        ({"documentation": ""}, ("", "form-value")),
        ({"answer_types": {"G4": {"type": "radios", "option": GRADES}}}, ("answer_types", "form-unknown-key")),
    ],
)
def test_a_fault_in_the_rest_of_the_file_is_found(parts, problem):
    content = file_of(NAME, GRADE | {"evidence": ["splendid"]} if "evidence_note" in parts else GRADE)
    content["sections"][0]["graded"] = "graded_sections" in parts
    found = codes_in(content | parts)
    assert problem in found or (problem[0] == "area" and ("facts", problem[1]) in found)


def test_a_form_nobody_could_complete_is_refused():
    never = {"id": "never", "refuse_if": "who != 'x' or facts.most > 0", "message": "Never {facts.most}."}
    (problem,) = problems_in(file_of(NAME, checks=[never], facts={"most": FACT}))
    assert problem.code == "form-impossible"
    assert "Never 1." in problem.message


def test_a_text_that_cannot_be_worked_out_is_refused():
    content = file_of(NAME | {"hint": "Up to {facts.most + 'x'}"}, facts={"most": FACT})
    assert ("", "form-impossible") in codes_in(content)


def test_a_condition_gets_a_name_and_is_spelled_out_wherever_it_is_used():
    why = {"id": "why", "type": "text", "label": "Why", "show_if": "bad and facts.most > 0"}
    content = file_of(GRADE, why, conditions={"bad": "grade == 'poor' or grade is None"}, facts={"most": FACT})
    assert problems_in(content) == []
    late = file_of(why, GRADE, conditions={"bad": "grade == 'poor'"}, facts={"most": FACT})
    assert ("why", "form-condition") in codes_in(late)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+b", "(a|aa)*b", "(?:x{1,3}){2,}", r"(a)\1", "(?P<n>a)(?P=n)", ".*.*x", "a+b+c", r"\w+@\w+", "a{0,1000}b*"],
)
def test_a_pattern_that_could_take_for_ever_is_refused(pattern):
    assert pattern_fault(pattern, 10_000)


@pytest.mark.parametrize("pattern", [r"CF-[0-9]{4,6}", "[(*+)]{1,9}", r"\(a\)*", "(OBS|MD)-?[0-9]+", r"[^\]]+"])
def test_a_pattern_that_always_answers_quickly_is_fine(pattern):
    assert pattern_fault(pattern, 10_000) == ""


def test_an_answer_type_is_completed_by_the_question_that_uses_it():
    types = {"G": {"type": "radios", "options": GRADES, "required": "Select a grade."}}
    assert problems_in(file_of({"id": "grade", "type": "G", "label": "Grade"}, answer_types=types)) == []
    wrong = file_of({"id": "grade", "type": "G", "label": "Grade"}, answer_types={"G": {"type": "radios", "option": 1}})
    assert [problem.element for problem in problems_in(wrong)] == ["answer_types"]
    unknown = codes_in(file_of({"id": "grade", "type": "H", "label": "Grade"}, answer_types=types))
    assert ("grade", "form-value") in unknown


def test_a_problem_sorts_by_file_and_element():
    found = problems_in(file_of(NAME | {"id": "b", "min": 3, "max": 1}, NAME | {"id": "a", "min": 3, "max": 1}))
    assert [problem.element for problem in found] == ["a", "b"]
    assert all(problem.file == "forms/trial.json" and problem.message.endswith(".") for problem in found)
    assert json.dumps([problem.message for problem in found])
