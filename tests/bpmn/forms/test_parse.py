"""From the fields of a posted page to the raw answers a draft keeps, and on: nothing but a refusal may come out."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from engine.errors import Invalid, TooLarge
from tests.factories.answers import facts_for, valid_audit_answers
from tests.factories.forms import FORMS, LANGUAGE, answers_to, form_of, shipped, view_of

BOXES = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
FORM = form_of(
    {"id": "who", "type": "text", "label": "Worker"},
    {"id": "boxes", "type": "checkboxes", "label": "Boxes", "options": BOXES},
    {"id": "day", "type": "date", "label": "Day"},
    {"id": "told", "type": "fact", "label": "Told", "value": "{facts.told}"},
    {"id": "actions", "type": "rows", "label": "Action", "max": 5, "questions": [
        {"id": "what", "type": "text", "label": "What"}, {"id": "by_when", "type": "date", "label": "By when"}]},
    facts={"told": {"meaning": "Something", "example": "x"}},
)  # fmt: skip


def test_fields_become_one_raw_answer_for_each_question():
    posted = MultiDict([
        ("who", "Nia"), ("boxes", "a"), ("boxes", "b"), ("day-day", "3"), ("day-month", "2"), ("day-year", "2026"),
        ("actions-0-what", "Visit"), ("actions-7-what", "Call"), ("actions-7-by_when", "2026-03-01"),
        ("csrf_token", "x"), ("told", "forged"),
    ])  # fmt: skip
    assert FORM.parse(posted) == {
        "who": "Nia",
        "boxes": ["a", "b"],
        "day": {"day": "3", "month": "2", "year": "2026"},
        "actions": [{"what": "Visit", "by_when": ""}, {"what": "Call", "by_when": "2026-03-01"}],
        "unrelated": "",
    }


def test_a_page_of_one_section_changes_that_section_alone():
    audit = shipped("audit")
    draft = valid_audit_answers(audit)
    page = audit.parse(MultiDict({"details_right": "partly"}), section="record_basics")
    changed = {key for key, value in (draft | page).items() if draft.get(key) != value}
    assert changed <= {
        question.id for section in audit.sections if section.id == "record_basics" for question in section.questions
    }
    assert (draft | page)["legal_documents"] == ""


def test_rows_beyond_the_most_are_not_even_read():
    posted = MultiDict(
        {f"actions-{n}-what": "x" for n in range(400)} | {"actions-x-what": "x", "actions-99999-what": "x"}
    )
    assert len(FORM.parse(posted)["actions"]) == 6


def posted_from(form, raw):
    """The fields a browser would send for these raw answers."""
    fields = []
    for key, value in raw.items():
        question = form.questions[key]
        if question.type == "rows":
            fields += [(f"{key}-{n}-{name}", item) for n, row in enumerate(value) for name, item in row.items()]
        else:
            fields += [(key, item) for item in (value if isinstance(value, list) else [value])]
    return MultiDict(fields)


def test_a_whole_audit_survives_the_way_through_a_browser():
    audit = shipped("audit")
    raw = valid_audit_answers(audit, remedial_actions=3, voice_grade="inadequate", overall_grade="good")
    facts = facts_for(audit)
    assert answers_to(audit, audit.parse(posted_from(audit, raw)), **facts) == answers_to(audit, raw, **facts)


names = st.sampled_from(
    [*sorted(FORM.questions), "day-day", "day-month", "day-year", "actions-0-what", "actions-3-by_when-day"]
)
posts = st.lists(st.tuples(names | st.text(max_size=12), st.text(max_size=40)), max_size=30)


@given(posts)
def test_whatever_is_posted_is_answered_or_refused(fields):
    raw = FORM.parse(MultiDict(fields))
    judge(FORM, json.loads(json.dumps(raw)))


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["good", "no", "yes", "2026-12-10"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.data())
def test_whatever_an_audit_is_sent_is_answered_or_refused(data):
    audit = shipped("audit")
    changes = data.draw(st.dictionaries(st.sampled_from(sorted(audit.questions)), anything, max_size=12))
    judge(audit, valid_audit_answers(audit, remedial_actions=1) | changes)


SMALL = [file.stem for file in sorted(FORMS.glob("[b-z]*.json")) if '"sections"' in file.read_text("utf-8")]


@settings(max_examples=60)
@given(st.sampled_from(SMALL), st.data())
def test_whatever_a_small_form_is_sent_is_answered_or_refused(name, data):
    form = shipped(name)
    judge(form, data.draw(st.dictionaries(st.sampled_from(sorted(form.questions)), anything, max_size=8)))


def judge(form, raw):
    """Validate and show; what is accepted is plain JSON which is accepted again unchanged."""
    facts = facts_for(form)
    errors = {}
    try:
        answers = form.validate(raw, facts, LANGUAGE)
        assert json.loads(json.dumps(answers)) == answers
        assert form.validate(answers, facts, LANGUAGE) == answers
    except Invalid as refused:
        errors = refused.errors
        assert refused.sentence
    except TooLarge:
        return
    view = view_of(form, raw, errors)
    assert bool(view.errors) == bool(errors)
