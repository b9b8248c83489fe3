"""Recommendations, help with an audit, and difficulties (R-08, R-34, R-35, R-67, R-77; M18, M19)."""

import pytest

from engine.errors import NotAllowed
from engine.service.tasks import answering, beginning, work
from engine.store import audits, difficulties, help_threads, recommendations
from tests.factories.council import MORNING, REVIEW, at

CASE, OTHER = "CF-20931", "CF-90002"
ANSWER, RESPOND, TABLE = (
    "Answer the request for help",
    "Respond to the recommendation",
    "Put the recommendation to the meeting",
)
OFFICERS = {"bev", "dan", "eve", "finn"}


def helped(council, case=CASE) -> str:
    """Let the auditor of a case ask for help and be answered; return who answered."""
    (row,) = council.ask(lambda question: audits.of_case(question.connection, case))
    council.begin(row.auditor, "help_request", case)
    (helper,) = council.holders(council.task(ANSWER, case))
    council.complete(helper, ANSWER, case)
    return helper


def test_whoever_helped_is_not_chosen_to_review_and_may_not_take_the_review(council):
    council.assign(CASE, "kim", drawn=True)
    helper = helped(council)
    council.authorise_audit(CASE)
    task = council.task(REVIEW, CASE)
    assert set(council.holders(task)) <= OFFICERS - {helper}
    with pytest.raises(NotAllowed, match="you helped with this audit"):
        work.take(council.engine, helper, task.id)


def test_help_is_remembered_of_its_audit_alone(council):
    council.assign(CASE, "kim")
    council.assign("CF-30510", "zoe", drawn=True)
    helper = helped(council)
    council.authorise_audit("CF-30510")
    work.take(council.engine, helper, council.task(REVIEW, "CF-30510").id)
    threads = council.ask(lambda question: help_threads.of_audit(question.connection, _audit(council, CASE)))
    assert [(row.helper, row.case_ref) for row in threads] == [(helper, CASE)]
    assert council.ask(lambda question: help_threads.helpers_of(question.connection, "no audit")) == set()


def _audit(council, case):
    return council.ask(lambda question: audits.of_case(question.connection, case))[0].id


def test_a_request_for_help_is_no_review(council):
    audit = council.assign(CASE, "kim").id
    helped(council)
    assert council.ask(lambda question: audits.reviews_of(question.connection, audit)) == []


def test_who_helped_once_may_help_again(council):
    council.assign(CASE, "kim")
    first = helped(council)
    council.begin("kim", "help_request", CASE)
    council.complete(first, ANSWER, CASE)
    threads = council.ask(lambda question: help_threads.of_audit(question.connection, _audit(council, CASE)))
    assert [row.helper for row in threads] == [first, first]


@pytest.mark.parametrize("person", ["zoe", "mo", "nia"])
def test_help_is_asked_for_by_the_auditor_alone(council, person):
    council.assign(CASE, "kim")
    with pytest.raises(NotAllowed):
        council.begin(person, "help_request", CASE)


@pytest.mark.parametrize(
    ("kind", "title", "person", "given", "outcome"),
    [
        ("case", RESPOND, "mo", {"response_given": "partly"}, "partly"),
        ("policy", TABLE, "gail", {"meeting_said": "not_accepted"}, "not_accepted"),
    ],
)
def test_a_recommendation_is_closed_with_its_answer(council, kind, title, person, given, outcome):
    council.assign("CF-21040", "zoe")
    council.begin("zoe", "recommendation", "CF-21040", recommendation_kind="case")
    council.assign(CASE, "kim")
    instance = council.begin("kim", "recommendation", CASE, recommendation_kind=kind)
    made = council.ask(lambda question: recommendations.find(question.connection, instance))
    assert (made.kind, made.state, made.made_by, made.made_at, made.outcome) == (kind, "made", "kim", MORNING, None)
    council.pass_to(at(2026, 12, 3))
    council.complete(person, title, CASE, **given)
    (closed,) = council.ask(lambda question: recommendations.of_case(question.connection, CASE))
    assert (closed.state, closed.outcome, closed.closed_by) == ("closed", outcome, person)
    assert (closed.made_by, closed.made_at) == ("kim", MORNING)
    assert council.letters("kim", CASE)[-1].notice == "recommendation_answered"
    (other,) = council.ask(lambda question: recommendations.of_case(question.connection, "CF-21040"))
    assert (other.state, other.outcome) == ("made", None)


def test_a_recommendation_on_policy_is_told_to_every_service_manager(council):
    council.assign(CASE, "kim")
    council.begin("kim", "recommendation", CASE, recommendation_kind="policy")
    told = {
        person
        for person in council.ask(lambda question: question.directory.people)
        if "recommendation_for_policy" in [letter.notice for letter in council.letters(person, CASE)]
    }
    assert told == {"oz", "ros", "ravi"}


def test_a_difficulty_is_told_without_an_audit(council):
    given = answering.for_start(council.engine, "difficulty_notice", {}, {"difficulty_kind": "leave"})
    instance = beginning.begin(council.engine, "zoe", "difficulty_notice", given, {})
    (row,) = council.ask(
        lambda question: difficulties.told_between(question.connection, MORNING, at(2026, 12, 2)),
    )
    assert (row.instance, row.told_by, row.kind, row.case_ref, row.audit) == (instance, "zoe", "leave", None, None)
    council.complete("asha", "Acknowledge the difficulty")
    assert council.letters("zoe")[-1].notice == "difficulty_acknowledged"
    assert "Case:" not in council.letters("zoe")[-1].body


def test_a_difficulty_of_an_audit_names_it(council):
    audit = council.assign(CASE, "kim")
    council.begin("kim", "difficulty_notice", CASE, difficulty_kind="time")
    (row,) = council.ask(lambda question: difficulties.told_between(question.connection, MORNING, at(2026, 12, 2)))
    assert (row.case_ref, row.audit, row.told_by) == (CASE, audit.id, "kim")
    assert (
        council.ask(lambda question: difficulties.told_between(question.connection, at(2026, 12, 2), at(2027, 1, 1)))
        == []
    )
