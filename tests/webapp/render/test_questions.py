"""How a form is told to readers: labels, lines of the error summary, how far a section is."""

from dataclasses import replace

import pytest

from engine.service.shown import ErrorView
from engine.service.tasks import work
from tests.factories.council import AUDIT
from webapp.render.questions import asked_by, fits_one_line, label_of, lines_of, parent_key, state_of, words_of

CASE = "CF-20931"


@pytest.fixture
def view(council):
    """Kim's audit form with two rows, refused for a row and for a date."""
    council.assign(CASE, "kim")
    raw = {"remedial_action_required": "yes", "remedial_actions": [{"what": "one"}, {"what": ""}]}
    errors = {"remedial_actions": {1: {"what": ["Say what is to be done."]}}, "date_opened": ["Enter the date opened."]}
    return work.open_task(council.engine, "kim", council.task(AUDIT, CASE).id, raw, errors).view


@pytest.fixture
def backend():
    return "sqlite"


def section(view, name):
    return next(one for one in view.sections if one.id == name)


def question(view, name):
    return next(one for part in view.sections for one in part.questions if one.id == name)


def test_a_section_has_the_lines_of_its_own_fields(view):
    assert [line.key for line in lines_of(view, "case_facts")] == ["date_opened-day"]
    assert [line.key for line in lines_of(view, "remedial")] == ["remedial_actions-1-what"]
    assert lines_of(view, "safety") == []


def test_a_line_says_where_it_is_unless_that_goes_without_saying(view):
    (line,) = lines_of(view, "remedial")
    assert words_of(line, [section(view, "remedial").title]) == "Remedial action 2: Say what is to be done."
    assert words_of(line, []) == "Remedial actions, remedial action 2: Say what is to be done."
    assert words_of(ErrorView("", "", "Nobody would audit anything."), ["Case facts"]) == "Nobody would audit anything."


def test_a_note_is_named_after_its_question(view):
    siblings = section(view, "safety").questions
    note = next(one for one in siblings if one.parent)
    about = next(one for one in siblings if one.id == note.parent)
    assert label_of(note, siblings) == f"{note.label} for {about.number}"


def test_what_may_stay_blank_says_so(view):
    optional = next(one for part in view.sections for one in part.questions
                    if one.type == "textarea" and one.shown and not one.required and not one.parent)  # fmt: skip
    assert label_of(optional, ()).endswith(" (optional)")
    assert not label_of(replace(optional, required=True), ()).endswith(" (optional)")


def test_a_question_brought_up_by_an_answer_names_it(view):
    siblings = section(view, "how_audited").questions
    why = question(view, "spoke_to_worker_why")
    assert parent_key(why) == "spoke_to_worker"
    assert asked_by(why, siblings) == "Answer this if you chose “Tried” or “No”"
    assert asked_by(question(view, "spoke_to_worker"), siblings) == ""


def test_few_short_answers_stand_beside_each_other(view):
    assert fits_one_line(question(view, "facts_right"))
    assert not fits_one_line(question(view, "age_band"))
    assert not fits_one_line(question(view, "safety_grade"))


def test_how_far_a_section_is(view):
    assert state_of(section(view, "safety")) == ("To do: 0 of 7", "blue")
    assert state_of(section(view, "recommendations"))[0] == "Optional"
