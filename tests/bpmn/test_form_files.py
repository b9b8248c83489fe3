"""The forms of this release: deployable, traceable to the manual, and each rule of the smaller ones."""

import json
import re

import pytest

from tests.factories.answers import facts_for, filled
from tests.factories.forms import FORMS, LANGUAGE, answers_to, asked, errors_in, problems_in, shipped, view_of

FILES = sorted(file for file in FORMS.glob("*.json") if '"sections"' in file.read_text("utf-8"))
KNOWN = {f"R-{n:02}" for n in range(1, 126)} | {f"I-{n:02}" for n in range(1, 17)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_form_can_be_deployed(file):
    assert problems_in(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_form_says_where_its_rules_come_from(file):
    documentation = json.loads(file.read_text("utf-8"))["documentation"]
    assert re.search(r"Manual sections? \d", documentation)
    cited = set(re.findall(r"\b[RI]-\d+\b", file.read_text("utf-8")))
    assert cited
    assert cited <= KNOWN


def test_no_form_asks_for_a_childs_name():
    for file in FILES:
        labels = [question.label.casefold() for question in shipped(file.stem).questions.values()]
        assert not [label for label in labels if "child's name" in label or "name of the child" in label]


ACTIONS = [
    {"number": 1, "what": "Visit", "state": "completed", "management_decision": None},
    {"number": 2, "what": "Find the record", "state": "discharged", "management_decision": "OBS-114"},
]


def authorised(comment="", actions_open=0, undecided=0, references=()):
    form = shipped("remedial_actions")
    facts = {
        "actions": ACTIONS,
        "actions_open": actions_open,
        "management_decisions_undecided": undecided,
        "management_decision_references": list(references),
    }
    return errors_in(form, {"authorisation_comment": comment}, **facts)


def test_the_practice_manager_authorises_when_every_action_is_signed_off():
    assert authorised() == authorised("All done") == {}


@pytest.mark.parametrize(("number", "words"), [(1, "1 remedial action is"), (3, "3 remedial actions are")])
def test_not_while_an_action_is_neither_signed_off_nor_discharged(number, words):
    (sentence,) = authorised(actions_open=number)["every_action_signed_off"]
    assert sentence.startswith(f"{words} not signed off.")


@pytest.mark.parametrize("number", [1, 2])
def test_not_while_a_management_decision_is_undecided(number):
    (sentence,) = authorised("See OBS-114", undecided=number)["every_management_decision_authorised"]
    assert "management decision" in sentence


def test_not_until_the_comment_names_every_management_decision():
    (sentence,) = authorised("", references=["OBS-114"])["authorisation_comment"]
    assert sentence == "Name OBS-114 in the authorisation comment."
    (sentence,) = authorised("See OBS-114", references=["OBS-114", "OBS-11"])["authorisation_comment"]
    assert sentence == "Name OBS-11 in the authorisation comment."
    assert authorised("See OBS-114", references=["OBS-114"]) == {}


def test_the_practice_manager_is_told_everything_that_is_missing_at_once():
    missing = authorised("", actions_open=1, undecided=1, references=["OBS-114"])
    assert set(missing) == {
        "every_action_signed_off",
        "every_management_decision_authorised",
        "authorisation_comment",
    }


def test_the_comment_is_pre_filled_with_the_references():
    form = shipped("remedial_actions")
    shown = asked(view_of(form, {}, management_decision_references=["OBS-114", "OBS-9"]))
    assert shown["authorisation_comment"].value == "See OBS-114 and OBS-9"
    assert asked(view_of(form, {}, management_decision_references=[]))["authorisation_comment"].value == ""


def capacity(pool, each):
    form = shipped("auditor_capacity")
    given = {"pool auditors": pool, "audits for each Quality Assurance Officer": each}
    return errors_in(form, filled(form, **given), **facts_for(form))


@pytest.mark.parametrize(("pool", "each"), [("40", "20"), ("0", "1"), ("1", "0"), ("40", "0")])
def test_the_capacity_of_the_month_is_confirmed(pool, each):
    assert capacity(pool, each) == {}


def test_an_officer_never_has_more_than_the_most_and_the_refusal_says_how_many():
    (sentence,) = capacity("40", "21")["audits_for_each_officer"]
    assert "20" in sentence
    form = shipped("auditor_capacity")
    raw = {"pool_auditors": "1", "audits_for_each_officer": "16"}
    (sentence,) = errors_in(form, raw, officer_maximum=15)["audits_for_each_officer"]
    assert "15" in sentence
    assert asked(view_of(form, {}, officer_maximum=15))["audits_for_each_officer"].hint == "No more than 15"


def test_the_pool_is_not_larger_than_it_is():
    (sentence,) = capacity("41", "20")["pool_auditors"]
    assert "40" in sentence
    raw = {"pool_auditors": "9999", "audits_for_each_officer": "0"}
    assert errors_in(shipped("auditor_capacity"), raw, officer_maximum=20) == {}


@pytest.mark.parametrize(("pool", "each"), [("0", "0"), ("-1", "1"), ("1", "-1"), ("", "1"), ("all", "1")])
def test_a_capacity_of_nobody_or_less_is_refused(pool, each):
    assert capacity(pool, each)


@pytest.mark.parametrize(
    ("name", "choice", "answer", "also"),
    [
        ("quality_assurance", "outcome", "agreed_with_changes", "reason"),
        ("quality_assurance", "outcome", "returned", "reason"),
        ("management_decision_outcome", "decision", "refuse", "reason"),
        ("management_decision_outcome", "decision", "return", "reason"),
        ("deferment", "request_kind", "deferment", "new_start"),
        ("deferment", "request_kind", "dispensation", "reason"),
        ("deferment_decision", "deferment_outcome", "refuse", "refusal_reason"),
        ("deferment_decision", "deferment_outcome", "grant", "new_start"),
        ("population_check", "outcome", "return", "reason"),
        ("release_assignments", "outcome", "draw_again", "reason"),
        ("management_decision", "why", "author_no_longer_employed", "observation_reference"),
        ("management_decision", "why", "other_lack_of_information", "explanation"),
        ("closure_breach", "outcome", "reopened", "what_was_done"),
        ("reassign_audit", "auditor", "kim", "reason"),
        ("management_decision_information", "asked", "", "more_information"),
        ("closure_request", "other_assessments", "no", "closing_reason"),
    ],
)
def test_an_answer_brings_what_must_go_with_it(name, choice, answer, also):
    form, facts = shipped(name), facts_for(shipped(name))
    raw = filled(form, **{choice: answer})
    assert errors_in(form, raw, **facts) == {}
    assert set(errors_in(form, raw | {also: ""}, **facts)) == {also}


@pytest.mark.parametrize(
    ("name", "choice", "answer", "unneeded"),
    [
        ("quality_assurance", "outcome", "agreed", "reason"),
        ("management_decision_outcome", "decision", "authorise", "reason"),
        ("deferment", "request_kind", "dispensation", "new_start"),
        ("deferment_decision", "deferment_outcome", "grant", "refusal_reason"),
        ("population_check", "outcome", "lock", "reason"),
        ("release_assignments", "outcome", "release", "reason"),
    ],
)
def test_an_answer_needs_nothing_that_does_not_go_with_it(name, choice, answer, unneeded):
    form, facts = shipped(name), facts_for(shipped(name))
    raw = filled(form, **{choice: answer}) | {unneeded: "2027-01-11"}
    assert unneeded not in answers_to(form, raw, **facts)


def test_a_reviewer_who_gave_advice_does_not_review():
    form = shipped("quality_assurance")
    (sentence,) = errors_in(form, filled(form, no_advice=[]), **facts_for(form))["no_advice"]
    assert "not given advice on this audit" in sentence


def test_the_reviewer_grades_every_significant_section_under_the_id_the_auditor_used():
    audit = {question.id for question in shipped("audit").questions.values() if question.significant}
    review = {question.id for question in shipped("quality_assurance").questions.values() if question.significant}
    assert audit == review
    form = shipped("quality_assurance")
    blank = filled(form) | dict.fromkeys(review, "")
    assert set(errors_in(form, blank, **facts_for(form))) == review


def test_an_audit_is_returned_once_at_most():
    form = shipped("quality_assurance")
    raw = filled(form, outcome="returned")
    assert errors_in(form, raw, **facts_for(form, returned_before=False)) == {}
    assert set(errors_in(form, raw, **facts_for(form, returned_before=True))) == {"outcome"}


def test_a_management_decision_is_about_an_action_of_this_audit():
    form = shipped("management_decision")
    raw = filled(form, action_number="3")
    (sentence,) = errors_in(form, raw, actions=ACTIONS)["action_number"]
    assert sentence == "This audit has no remedial action 3."
    assert errors_in(form, filled(form, action_number="2"), actions=ACTIONS) == {}


@pytest.mark.parametrize("reference", ["OBS 114", "OBS-114; DROP", "-114", "O" * 31])
def test_an_observation_reference_is_a_reference(reference):
    form = shipped("management_decision")
    problems = errors_in(form, filled(form, observation_reference=reference), **facts_for(form))
    assert set(problems) == {"observation_reference"}


def test_a_deferment_starts_today_or_later_and_dates_stand_in_order():
    form = shipped("deferment")
    raw = filled(form, request_kind="deferment", new_start="2026-12-09", away_from="2027-01-08", away_to="2026-12-14")
    assert set(errors_in(form, raw)) == {"new_start", "away_to"}


def test_the_one_who_decides_may_agree_to_another_day_or_another_kind():
    form = shipped("deferment_decision")
    facts = facts_for(form, request_kind="deferment", new_start="2027-01-11")
    granted = filled(form, facts, deferment_outcome="grant")
    told = {"request_kind": "deferment", "deferment_outcome": "grant", "new_start": "2027-01-11"}
    assert form.variables(form.validate(granted, facts, LANGUAGE)) == told
    later = form.validate(granted | {"new_start": "2027-01-18"}, facts, LANGUAGE)
    assert later["new_start"] == "2027-01-18"
    released = form.validate(granted | {"request_kind": "dispensation"}, facts, LANGUAGE)
    assert form.variables(released) == told | {"request_kind": "dispensation", "new_start": None}


def test_another_reference_date_needs_a_reason():
    form = shipped("population_upload")
    facts = facts_for(form, reference_date="2026-10-10")
    raw = {"population_list": "upload-1", "reference_date": "2026-10-10"}
    assert errors_in(form, raw, **facts) == {}
    assert set(errors_in(form, raw | {"reference_date": "2026-10-12"}, **facts)) == {"reference_date_reason"}


def test_the_new_auditor_is_one_of_those_who_may_be_chosen():
    form = shipped("reassign_audit")
    raw = filled(form, auditor="mo")
    assert set(errors_in(form, raw, people=["kim", "lee"])) == {"auditor"}
    assert errors_in(form, raw, people=["kim", "lee", "mo"]) == {}
