"""The audit form, rule by rule (audit form sections 0 to 22; R-16, R-60, R-68 to R-70, R-78, R-79)."""

import pytest

from engine.errors import Invalid
from tests.factories.answers import facts_for, filled, valid_audit_answers, without
from tests.factories.forms import answers_to, asked, errors_in, shipped, view_of

AUDIT = shipped("audit")
TITLES = [
    "Case facts", "How this audit was done", "Safety now", "Record basics", "Chronology and history", "Assessment",
    "Child's voice and lived experience", "Family, identity and diversity", "Visits and direct work", "Plan",
    "Reviews, conferences, core groups", "Working together", "Management oversight and supervision",
    "Permanence / placement (looked after)", "Leaving care (Next Step)", "Disabled children (CWD)",
    "Decisions and thresholds", "Difference made", "Feedback", "Overall", "Remedial actions", "Recommendations",
    "Authorise",
]  # fmt: skip
NUMBERED = {2: 4, 3: 6, 4: 4, 5: 7, 6: 5, 7: 4, 8: 4, 9: 5, 10: 4, 11: 3, 12: 5, 13: 4, 14: 3, 15: 4, 16: 3, 17: 3}
GRADED = [question.id for question in AUDIT.outline.questions() if question.id.endswith("_grade")]
SECTION_GRADES = [name for name in GRADED if name not in ("overall_grade", "worker_grade")]
ANSWERED = [q.id for q in AUDIT.outline.questions() if {"partly"} < {option.value for option in q.options} and q.number]


def problems(raw, **facts):
    return errors_in(AUDIT, raw, **facts_for(AUDIT, **facts))


def everywhere(**changes):
    """Valid answers for a case of which the record system does not know the service area: every section shown."""
    return valid_audit_answers(AUDIT, facts={"service_area": None}, **changes)


def test_the_sections_are_those_of_the_audit_form_in_its_order():
    assert [section.title for section in AUDIT.sections] == TITLES
    assert [section.number for section in AUDIT.sections] == [str(number) for number in range(23)]


def test_every_numbered_question_of_the_audit_form_is_asked():
    for section in AUDIT.sections:
        numbers = [question.number for question in section.questions if question.number]
        assert numbers == [f"{section.number}.{n}" for n in range(1, NUMBERED.get(int(section.number), 0) + 1)]


def test_significant_criteria_are_marked():
    marked = {section.number for section in AUDIT.sections if section.significant}
    assert marked == {"2", "4", "5", "6", "9", "12", "17", "19"}
    graded = {f"{section.id}_grade" for section in AUDIT.sections if section.significant}
    assert {question.id for question in AUDIT.outline.questions() if question.significant} == graded


def test_a_finished_audit_is_accepted():
    assert problems(valid_audit_answers(AUDIT)) == {}
    assert problems(everywhere(), service_area=None) == {}


@pytest.mark.parametrize("title", [title for title in TITLES if title != "Recommendations"])
def test_a_blank_section_is_refused_and_named(title):
    raw = without(AUDIT, everywhere(), title)
    with pytest.raises(Invalid) as refused:
        answers_to(AUDIT, raw, **facts_for(AUDIT, service_area=None))
    section = next(section for section in AUDIT.sections if section.title == title)
    assert set(refused.value.errors) <= {question.id for question in section.questions}
    assert f"{title}: " in refused.value.sentence


def test_every_required_question_left_blank_is_named():
    missing = set(problems({}))
    assert {*SECTION_GRADES[:8], "voice_merits", "overall_grade", "remedial_action_required", "minutes"} <= missing
    assert not missing & {"team_recommendation", "worker_reflection", "strengths_to_share", "overall_reason"}


@pytest.mark.parametrize("grade", SECTION_GRADES)
def test_every_grade_needs_evidence_merits_and_deficits(grade):
    raw, section = everywhere(), grade.removesuffix("_grade")
    wanted = {f"{grade}_evidence", f"{section}_merits", f"{section}_deficits"}
    assert set(problems(raw | dict.fromkeys(wanted, ""), service_area=None)) == wanted


@pytest.mark.parametrize("words", ["None", "n/a", "NIL.", "nothing"])
def test_none_is_no_merit_without_a_reason(words):
    raw = valid_audit_answers(AUDIT) | {"voice_merits": words, "voice_deficits": words, "plan_grade_evidence": words}
    assert problems(raw) == {
        "voice_merits": ["Say why there are no merits."],
        "voice_deficits": ["Say why there are no deficits."],
        "plan_grade_evidence": ["Say where in the record, and what it shows."],
    }
    explained = {"voice_merits": "None: the child was not seen", "voice_deficits": f"{words} since June, all was done"}
    assert problems(valid_audit_answers(AUDIT) | explained) == {}


@pytest.mark.parametrize("question", ANSWERED)
def test_every_no_needs_evidence(question):
    raw = everywhere() | {question: "no", f"{question}_evidence": ""}
    assert set(problems(raw, service_area=None)) == {f"{question}_evidence"}
    assert problems(raw | {f"{question}_evidence": "Not on file"}, service_area=None) == {}


def test_risks_and_responses_need_evidence_whatever_the_answer():
    raw = valid_audit_answers(AUDIT) | {"risks_named_evidence": "", "responses_quick_evidence": ""}
    assert set(problems(raw)) == {"risks_named_evidence", "responses_quick_evidence"}


def test_not_applicable_is_an_answer_only_where_it_is_marked_and_needs_a_reason():
    marked = {
        question.id for question in AUDIT.outline.questions() for option in question.options
        if option.value == "not_applicable"
    }  # fmt: skip
    assert marked == {"safety_plan", "advocate"}
    assert set(problems(valid_audit_answers(AUDIT) | {"advocate": "not_applicable"})) == {"advocate_reason"}
    assert set(problems(valid_audit_answers(AUDIT) | {"contingency": "not_applicable"})) == {"contingency"}


CONDITIONAL = ("Permanence / placement (looked after)", "Leaving care (Next Step)", "Disabled children (CWD)")


@pytest.mark.parametrize(
    ("area", "status", "shown"),
    [
        ("CP&P/CIN", "child_in_need", ()),
        ("LAC", "looked_after", CONDITIONAL[:1]),
        ("CP&P/CIN", "looked_after", CONDITIONAL[:1]),
        ("Next Step", "care_leaver", CONDITIONAL[1:2]),
        ("CWD", "child_in_need", CONDITIONAL[2:]),
        (None, "child_in_need", CONDITIONAL),
    ],
)
def test_sections_13_to_15_are_asked_where_they_can_apply(area, status, shown):
    view = view_of(AUDIT, {"child_status": status}, **facts_for(AUDIT, service_area=area))
    assert tuple(section.title for section in view.sections if section.title in CONDITIONAL) == shown


def test_such_a_section_may_be_passed_over_with_a_reason():
    raw = filled(AUDIT, {"service_area": "LAC"}, permanence_applies="no", permanence_reason="")
    assert set(problems(raw, service_area="LAC")) == {"permanence_reason"}
    assert problems(raw | {"permanence_reason": "Home since May"}, service_area="LAC") == {}


def test_a_child_who_is_not_safe_today_comes_first():
    raw = valid_audit_answers(AUDIT) | {"child_not_safe": "yes", "child_not_safe_evidence": "Note of 3 May"}
    shown = asked(view_of(AUDIT, raw, **facts_for(AUDIT)))
    assert "at once" in shown["raise_concern_now"].guidance
    assert problems(raw) == {"concern_raised": ["Raise the safeguarding concern, then confirm it here."]}
    assert problems(raw | {"concern_raised": ["raised"]}) == {}
    assert not asked(view_of(AUDIT, valid_audit_answers(AUDIT), **facts_for(AUDIT)))["raise_concern_now"].shown


def test_who_was_spoken_to_never_stops_an_audit_but_says_why():
    raw = valid_audit_answers(AUDIT) | {"spoke_to_worker": "no", "spoke_to_child": "tried"}
    assert set(problems(raw)) == {"spoke_to_worker_why", "spoke_to_child_why"}
    assert problems(raw | {"spoke_to_worker_why": "Declined", "spoke_to_child_why": "Not at home"}) == {}


def test_yes_needs_an_action_and_no_needs_none():
    asked_for = valid_audit_answers(AUDIT, remedial_actions=2)
    (sentence,) = problems(asked_for | {"remedial_actions": []})["remedial_actions"]
    assert "List at least one" in sentence
    (sentence,) = problems(asked_for | {"remedial_action_required": "no"})["remedial_actions"]
    assert "the list has 2" in sentence
    assert set(problems(asked_for | {"remedial_action_required": ""})) == {"remedial_action_required"}


def test_every_action_says_what_why_who_and_how_we_shall_know():
    raw = valid_audit_answers(AUDIT, remedial_actions=2)
    raw["remedial_actions"][1] = {"what": "Visit"}
    rest = {"deficit", "category", "priority", "who", "evidence_of_done", "achievable"}
    assert set(problems(raw)["remedial_actions"][1]) == rest


def test_the_nature_of_an_action_is_one_of_fifteen():
    assert len(AUDIT.questions["category"].options) == 15
    assert [option.label for option in AUDIT.questions["priority"].options] == [
        "Same day", "Within 5 working days", "Within 25 working days",
    ]  # fmt: skip


def graded(overall, default="good", **grades):
    return filled(AUDIT, **dict.fromkeys(SECTION_GRADES[:11], default) | grades, overall_grade=overall)


@pytest.mark.parametrize(
    ("overall", "grades", "reason"),
    [
        ("inadequate", {"safety_grade": "inadequate"}, None),
        ("requires_improvement", {"safety_grade": "inadequate"}, "Safety now is graded Inadequate"),
        ("good", {"safety_grade": "inadequate"}, "Safety now is graded Inadequate"),
        ("requires_improvement", {"visits_grade": "inadequate"}, None),
        ("good", {"visits_grade": "inadequate"}, "A section is graded Inadequate"),
        ("outstanding", {"thresholds_grade": "inadequate"}, "A section is graded Inadequate"),
        ("good", {"visits_grade": "requires_improvement"}, None),
        ("outstanding", {}, "two of them Outstanding"),
        ("outstanding", {"safety_grade": "outstanding"}, "two of them Outstanding"),
        ("outstanding", {"safety_grade": "outstanding", "plan_grade": "outstanding"}, None),
        ("outstanding", {"visits_grade": "outstanding", "plan_grade": "outstanding"}, "two of them Outstanding"),
        (
            "outstanding",
            {"safety_grade": "outstanding", "plan_grade": "outstanding", "voice_grade": "requires_improvement"},
            "at Good or better",
        ),
    ],
)
def test_a_guardrail_asks_for_a_reason_and_leaves_the_grade_to_the_auditor(overall, grades, reason):
    raw = graded(overall, **grades) | {"overall_reason": ""}
    found = problems(raw)
    if reason is None:
        assert found == {}
        assert not asked(view_of(AUDIT, raw, **facts_for(AUDIT))).get("overall_reason")
    else:
        assert reason in " ".join(found["overall_reason"])
        answers = answers_to(AUDIT, raw | {"overall_reason": "The whole weighs more"}, **facts_for(AUDIT))
        assert answers["overall_grade"] == overall


def test_every_guardrail_that_applies_is_named():
    raw = graded("outstanding", safety_grade="inadequate", visits_grade="inadequate") | {"overall_reason": ""}
    assert len(problems(raw)["overall_reason"]) == 3


def test_strengths_are_shared_only_with_consent():
    raw = valid_audit_answers(AUDIT) | {"strengths_to_share": "Play used well"}
    assert set(problems(raw)) == {"consent_to_share"}
    assert "consent_to_share" not in answers_to(AUDIT, valid_audit_answers(AUDIT), **facts_for(AUDIT))


def test_feedback_may_be_missing_with_a_reason():
    raw = valid_audit_answers(AUDIT) | {"family_heard": "no", "family_listened": "yes"}
    assert set(problems(raw)) == {"family_not_heard_why"}
    answers = answers_to(AUDIT, raw | {"family_not_heard_why": "Not safe to contact"}, **facts_for(AUDIT))
    assert "family_listened" not in answers


def test_all_three_statements_and_the_time_are_needed_to_authorise():
    raw = valid_audit_answers(AUDIT) | {"statement": ["read", "fair"], "minutes": "0"}
    assert problems(raw) == {
        "statement": ["Confirm all three statements."],
        "minutes": ["The time spent must be between 1 and 6,000."],
    }


def test_the_facts_of_the_case_are_kept_as_told_with_the_audit():
    answers = answers_to(AUDIT, valid_audit_answers(AUDIT) | {"team": "Forged"}, **facts_for(AUDIT))
    assert (answers["case_reference"], answers["team"]) == ("CF-20931", "North CIN")


def test_the_process_is_told_two_things():
    answers = answers_to(AUDIT, valid_audit_answers(AUDIT, remedial_actions=1), **facts_for(AUDIT))
    assert AUDIT.variables(answers) == {"remedial_action_required": "yes", "overall_grade": "good"}
