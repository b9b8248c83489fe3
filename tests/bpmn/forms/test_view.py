"""What a page is given to show: words and states, no markup."""

import json

from engine.errors import Invalid
from tests.factories.answers import facts_for, filled, valid_audit_answers
from tests.factories.forms import answers_to, asked, errors_in, file_of, form_of, read_form, shipped, view_of

GRADES = [{"value": "good", "label": "Good", "hint": "Meets needs"}, {"value": "poor", "label": "Poor"}]
GRADE = {"id": "grade", "type": "radios", "label": "Grade", "options": GRADES}
WHY = {"id": "why", "type": "text", "label": "Why", "show_if": "grade == 'poor'"}
ACTIONS = {
    "id": "actions", "type": "rows", "label": "Action",
    "questions": [
        {"id": "what", "type": "text", "label": "What"},
        {"id": "by_when", "type": "date", "label": "By when", "required": False},
    ],
}  # fmt: skip


def test_a_blank_form_shows_what_must_be_answered():
    view = view_of(form_of(GRADE, WHY), {})
    questions = asked(view)
    assert (view.title, view.name, view.errors) == ("Trial", "trial.json", ())
    assert (questions["grade"].required, questions["unrelated"].required) == (True, False)
    assert [option.chosen for option in questions["grade"].options] == [False, False]
    assert questions["grade"].options[0].hint == "Meets needs"
    assert (view.progress.answered, view.progress.needed, view.progress.complete) == (0, 1, False)


def test_a_question_that_a_choice_would_reveal_is_listed_under_it():
    why = asked(view_of(form_of(GRADE, WHY), {}))["why"]
    assert (why.shown, why.required, why.reveal.question, why.reveal.answers) == (False, False, "grade", ("poor",))
    why = asked(view_of(form_of(GRADE, WHY), {"grade": "poor"}))["why"]
    assert (why.shown, why.required) == (True, True)


def test_a_question_hidden_for_another_reason_is_not_listed():
    secret = WHY | {"show_if": "grade == 'poor' and unrelated_number > 3"}
    number = {"id": "unrelated_number", "type": "integer", "label": "Number", "required": False}
    form = form_of(number, GRADE, secret)
    assert "why" not in asked(view_of(form, {"grade": "poor"}))
    assert "why" in asked(view_of(form, {"grade": "poor", "unrelated_number": "4"}))


def test_a_section_that_does_not_apply_is_left_out():
    content = file_of(GRADE)
    content["sections"].append({"id": "more", "title": "More", "show_if": "grade == 'poor'", "questions": [ACTIONS]})
    form = read_form("trial.json", json.dumps(content))
    assert [section.title for section in view_of(form, {}).sections] == ["Only section"]
    assert [section.title for section in view_of(form, {"grade": "poor"}).sections] == ["Only section", "More"]


def test_what_was_typed_comes_back_with_its_error_beside_it():
    day = {"id": "day", "type": "date", "label": "Day seen"}
    form = form_of(GRADE, day)
    raw = {"grade": "splendid", "day": {"day": "31", "month": "2", "year": "2026"}}
    view = view_of(form, raw, errors_in(form, raw))
    questions = asked(view)
    assert questions["day"].value == raw["day"]
    assert questions["day"].errors == ("Day seen must be a real date.",)
    assert questions["grade"].value == "splendid"
    assert [(error.key, error.section) for error in view.errors] == [
        ("grade", "Only section"),
        ("day-day", "Only section"),
    ]


def test_errors_in_rows_lead_to_their_field_and_name_the_row():
    form = form_of(GRADE, ACTIONS)
    raw = {"grade": "good", "actions": [{"what": "Visit"}, {"what": "", "by_when": "soon"}]}
    view = view_of(form, raw, errors_in(form, raw))
    assert [(error.key, error.section) for error in view.errors] == [
        ("actions-1-what", "Only section, action 2"),
        ("actions-1-by_when-day", "Only section, action 2"),
    ]
    questions = asked(view)
    assert questions["actions-0-what"].value == "Visit"
    assert questions["actions-1-what"].errors == ("Enter what.",)


def test_a_row_just_added_is_shown_though_it_is_blank():
    rows = asked(view_of(form_of(ACTIONS), {"actions": [{"what": "Visit"}, {}]}))["actions"].rows
    assert [row.number for row in rows] == [1, 2]


def test_a_refusal_about_the_whole_form_comes_last_and_leads_nowhere():
    check = {"id": "never", "refuse_if": "grade == 'good'", "message": "Not today."}
    form = form_of(GRADE, checks=[check])
    errors = errors_in(form, {"grade": "good"})
    assert [(error.key, error.message) for error in view_of(form, {"grade": "good"}, errors).errors] == [
        ("", "Not today.")
    ]


def test_values_known_from_facts_are_pre_filled_until_something_is_typed():
    told = {
        "start": {"meaning": "The day asked for", "example": "2026-12-14"},
        "most": {"meaning": "The most", "example": 20},
    }
    start = {"id": "start", "type": "date", "label": "Start", "prefill": "{facts.start}"}
    days = {"id": "days", "type": "integer", "label": "Days", "hint": "No more than {facts.most + 0}"}
    form = form_of(start, days, facts=told)
    questions = asked(view_of(form, {}, start="2026-12-14", most=20))
    assert questions["start"].value == {"day": "14", "month": "12", "year": "2026"}
    assert questions["days"].hint == "No more than 20"
    assert asked(view_of(form, {}))["days"].hint == "No more than "
    assert asked(view_of(form, {"start": ""}, start="2026-12-14"))["start"].value == {
        "day": "",
        "month": "",
        "year": "",
    }


def test_answers_read_as_words():
    boxes = {"id": "boxes", "type": "checkboxes", "label": "Boxes", "options": GRADES}
    day = {"id": "day", "type": "date", "label": "Day seen"}
    auditor = {"id": "auditor", "type": "person", "label": "Auditor"}
    form = form_of(GRADE, boxes, day, auditor)
    raw = {"grade": "poor", "boxes": ["good", "poor"], "day": "2026-02-03", "auditor": "kim"}
    questions = asked(view_of(form, answers_to(form, raw), people={"kim": "Kim"}))
    assert [questions[key].answer for key in raw] == ["Poor", "Good and Poor", "3 February 2026", "Kim"]


def test_people_who_may_be_chosen_are_the_options_of_a_person_question():
    form = form_of({"id": "auditor", "type": "person", "label": "Auditor"})
    named = asked(view_of(form, {"auditor": "lee"}, people={"kim": "Kim", "lee": "Lee"}))["auditor"]
    assert [(one.value, one.label, one.chosen) for one in named.options] == [
        ("kim", "Kim", False),
        ("lee", "Lee", True),
    ]
    bare = asked(view_of(form, {"auditor": "mo"}, people=["kim"]))["auditor"]
    assert ([one.label for one in bare.options], bare.answer) == (["kim"], "mo")
    assert asked(view_of(form, {}))["auditor"].options == ()


def test_validated_answers_can_be_shown_again_and_validated_again():
    form = shipped("audit")
    facts = facts_for(form)
    answers = answers_to(form, valid_audit_answers(form, remedial_actions=2), **facts)
    assert answers_to(form, answers, **facts) == answers
    view = view_of(form, answers, **facts)
    assert view.progress.complete
    assert asked(view)["remedial_actions-1-what"].answer == "Do the thing 2"


def test_the_error_summary_follows_the_order_of_the_questions():
    form = shipped("audit")
    try:
        answers_to(form, {})
    except Invalid as refused:
        view = view_of(form, {}, refused.errors)
    shown = [error.key.removesuffix("-day") for error in view.errors]
    order = [question.id for question in form.outline.questions()]
    assert shown == sorted(shown, key=order.index)
    assert "voice_grade" in shown


def test_progress_counts_required_questions_only():
    form = shipped("management_decision")
    raw = filled(form)
    assert view_of(form, raw).progress.complete
    raw.pop("explanation")
    assert (view_of(form, raw).progress.answered, view_of(form, raw).progress.needed) == (3, 4)


def test_what_is_pre_filled_decides_what_else_is_asked_and_is_not_yet_answered():
    usual = {"id": "usual", "type": "text", "label": "Day", "prefill": "{facts.day}"}
    reason = {"id": "reason", "type": "text", "label": "Why", "show_if": "usual != facts.day"}
    form = form_of(usual, reason, facts={"day": {"meaning": "The usual day", "example": "Monday"}})
    view = view_of(form, {}, day="Monday")
    assert "reason" not in asked(view)
    assert (view.progress.answered, view.progress.needed) == (0, 1)
    assert asked(view_of(form, {"usual": "Tuesday"}, day="Monday"))["reason"].required
    assert asked(view_of(form, {"usual": ""}, day="Monday"))["reason"].required
