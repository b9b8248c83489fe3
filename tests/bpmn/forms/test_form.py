"""A form judges answers: what it accepts, how it says what is wrong, and what it never lets in."""

import json
import timeit
from itertools import pairwise

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
        ("checkboxes", ["inadequate", "", "good", "good"], ["inadequate", "good"]),
        ("checkboxes", "good", ["good"]),
    ],
)
def test_what_was_meant_is_kept_as_plain_json(kind, typed, kept):
    options = {"options": GRADES} if kind == "checkboxes" else {}
    answers = answers_to(form_of(NAME | {"type": kind} | options), {"who": typed})
    assert answers == {"who": kept}
    assert json.loads(json.dumps(answers)) == answers


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


def in_two_sections(**second):
    """A form whose second section asks for the days."""
    grade = {"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}
    content = file_of(grade)
    content["sections"].append({"id": "then", "title": "Then", "questions": [DAYS], **second})
    return read_form("trial.json", json.dumps(content))


def end_of(form, section, raw):
    end = form.end_of(section, raw, {"today": TODAY}, LANGUAGE)
    return end.right, end.following


def test_the_end_of_a_section_tells_whether_it_is_right_whatever_others_are():
    form = in_two_sections()
    first = form.sections[0].id
    assert end_of(form, first, {}) == (False, "then")
    assert end_of(form, first, {"grade": "good"}) == (True, "then")
    assert end_of(form, "then", {"grade": "good"}) == (False, "")
    assert end_of(form, "then", {"days": "3"}) == (True, "")


def test_what_follows_a_section_is_the_next_that_applies():
    form = in_two_sections(show_if="grade == 'inadequate'")
    first = form.sections[0].id
    assert end_of(form, first, {"grade": "good"}) == (True, "")
    assert end_of(form, first, {"grade": "inadequate"}) == (True, "then")


def test_nothing_is_wrong_with_a_section_that_is_not_shown():
    assert end_of(in_two_sections(show_if="grade == 'inadequate'"), "then", {}) == (True, "")
    assert end_of(in_two_sections(), "elsewhere", {}) == (True, "")


@pytest.mark.parametrize("kind", ["nothing", "everything", "half"])
def test_the_end_of_every_section_of_an_audit_agrees_with_the_page_and_the_whole(kind):
    form = shipped("audit")
    facts = facts_for(form)
    whole = valid_audit_answers(form)
    raw = {"nothing": {}, "everything": whole, "half": dict(list(whole.items())[::2])}[kind]
    errors, order = form.faults(raw, facts, LANGUAGE), [*_shown(form, raw, facts), ""]
    assert kind == "everything" or errors
    for section, following in pairwise(order):
        asked = {question.id for one in form.sections if one.id == section for question in one.questions}
        end = form.end_of(section, raw, facts, LANGUAGE)
        assert (end.right, end.following) == (asked.isdisjoint(errors), following)


def _shown(form, raw, facts):
    return [section.id for section in form.view(raw, {}, facts, LANGUAGE).sections]


def test_variables_are_what_the_process_is_told():
    form = form_of(NAME | {"variable": "worker"}, DAYS | {"variable": "days", "required": False})
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
