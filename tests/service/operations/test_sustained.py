"""A review of reviews draws fulfilled actions from every category and finds out whether they lasted (R-125, M14)."""

import pytest

from engine.domain.sampling import redraw, sampled_cases
from engine.errors import Invalid, NotAllowed
from engine.service.audits import sustained_rates
from engine.service.tasks import answering, beginning, work
from engine.service.tasks.facts import facts_for
from engine.store import sustained
from tests.factories.council import AUDIT, at

FOUR_MONTHS, TASK, REPORT = (
    "Review the remedial actions",
    "Review whether improvements have lasted",
    "Report the review of reviews",
)
CASE = "CF-20931"
CATEGORIES = ["chronology", "chronology", "chronology", "voice", "plan"]


def reviewed(council, case, auditor, categories, fulfilled):
    """Let a case be audited and its actions be reviewed four months later, with what was found on each."""
    council.assign(case, auditor)
    rows = [{"what": f"Do {number}", "category": name} for number, name in enumerate(categories, start=1)]
    council.complete(auditor, AUDIT, case, remedial_action_required="yes", remedial_actions=rows)
    council.pass_to(at(2027, 4, 2))
    task = council.task(FOUR_MONTHS, case)
    verdict = {"completed": "yes", "authorised": "yes", "authorised_by": "practice_manager"}
    findings = [
        {"action": number, "fulfilled": found, "evidence": "Seen in the record", **verdict}
        for number, found in enumerate(fulfilled, start=1)
    ]
    work.complete(council.engine, council.holders(task)[0], task.id, council.filled(task, findings=findings))


@pytest.fixture
def known(council):
    reviewed(council, CASE, "kim", CATEGORIES, ["yes", "yes", "no", "yes", "yes"])
    council.pass_to(at(2027, 10, 4))
    return council


def begun(council, number=50, person="asha"):
    raw = answering.for_start(council.engine, "review_of_reviews", {}, {"sample_size": number})
    return beginning.begin(council.engine, person, "review_of_reviews", raw, {})


def drawn(council, instance):
    return council.ask(lambda question: sustained.findings_of(question.connection, instance))


def test_only_actions_that_were_found_fulfilled_are_drawn(known):
    rows = drawn(known, begun(known))
    assert {row.action_number for row in rows} == {1, 2, 4, 5}
    assert [row.number for row in rows] == [1, 2, 3, 4]


def test_nothing_younger_than_six_months_is_drawn(council):
    reviewed(council, CASE, "kim", CATEGORIES, ["yes"] * 5)
    council.pass_to(at(2027, 10, 1))
    assert drawn(council, begun(council)) == []
    council.pass_to(at(2027, 10, 2))
    assert len(drawn(council, begun(council))) == 5


def test_every_category_gives_at_least_one_and_its_chance_is_known(known):
    rows = drawn(known, begun(known, 3))
    assert [(row.category, row.probability) for row in rows] == [("chronology", 0.5), ("plan", 1.0), ("voice", 1.0)]


def test_the_draw_can_be_repeated_from_what_is_kept(known):
    instance = begun(known, 3)
    row = known.ask(lambda question: sustained.get(question.connection, instance))
    assert redraw(row.certificate, row.frame).seed == row.certificate["seed"]
    keys = {f"{one.audit}/{one.action_number}" for one in drawn(known, instance)}
    assert {key for found in sampled_cases(row.certificate).values() for key in found} == keys


def test_what_was_looked_at_once_is_not_drawn_again(known):
    first = {row.action_number for row in drawn(known, begun(known, 2))}
    second = {row.action_number for row in drawn(known, begun(known, 50))}
    assert (len(first), len(second)) == (2, 2)
    assert first | second == {1, 2, 4, 5}


def test_the_form_tells_what_must_be_looked_at_and_no_action_is_left_out(known):
    begun(known, 3)
    task = known.task(TASK)
    form = known.ask(lambda question: question.policy.form("sustained_review.json"))
    listed = known.ask(lambda question: facts_for(question, task, form))["sampled_actions"]
    assert [(one["number"], one["case"]) for one in listed] == [(1, CASE), (2, CASE), (3, CASE)]
    assert all(one["what"].startswith("Do ") for one in listed)
    findings = [{"number": number, "lasting": "sustained", "evidence": "Seen"} for number in (1, 2)]
    with pytest.raises(Invalid):
        work.complete(known.engine, "bev", task.id, {"findings": findings})


def test_the_rate_is_told_by_category(known):
    instance = begun(known)
    verdicts = {1: "sustained", 2: "not_sustained", 3: "cannot_tell", 4: "partly"}
    findings = [{"number": number, "lasting": found, "evidence": "Seen"} for number, found in verdicts.items()]
    known.complete("bev", TASK, findings=findings)
    found = known.ask(lambda question: sustained_rates.by_category(question, instance))
    assert [(one.category, one.sustained, one.rate) for one in found] == [
        ("chronology", 1, 0.5),
        ("plan", 0, None),
        ("voice", 0, 0.0),
    ]
    assert {row.reviewer for row in drawn(known, instance)} == {"bev"}
    assert known.holders(known.task(REPORT)) == ("asha",)


def test_the_next_review_is_announced_half_a_year_after_the_report(known):
    begun(known, 1)
    known.complete("bev", TASK, findings=[{"number": 1, "lasting": "sustained", "evidence": "Seen"}])
    known.complete("asha", REPORT)
    assert [letter.notice for letter in known.letters("ian")][-1] == "review_of_reviews_reported"
    known.pass_to(at(2028, 4, 3))
    assert "review_of_reviews_due" not in [letter.notice for letter in known.letters("asha")]
    known.pass_to(at(2028, 4, 5))
    assert "review_of_reviews_due" in [letter.notice for letter in known.letters("asha")]


def test_only_the_service_manager_begins_one(known):
    with pytest.raises(NotAllowed):
        begun(known, person="bev")
