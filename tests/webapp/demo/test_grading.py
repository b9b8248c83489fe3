"""Grades of the demonstration: the same for a record each time, mostly agreed, and what is weak is to be remedied."""

from webapp.demo import grading, town
from webapp.demo.tables import settings

CASES = list(town.teams())


def test_a_record_is_graded_the_same_each_time():
    assert grading.audit("CF-22001") == grading.audit("CF-22001")


def test_every_grade_is_given_and_good_most_often():
    given = [grading.audit(case)["overall_grade"] for case in CASES]
    assert set(given) == set(settings("grades")["grades"])
    assert max(set(given), key=given.count) == "good"


def test_reviewers_agree_mostly_and_not_always():
    pairs = [
        (grading.audit(case)[name], grade)
        for case in CASES
        for name, grade in grading.review(case).items()
        if name.endswith("_grade") and name in grading.audit(case)
    ]
    assert 0.7 < sum(one == other for one, other in pairs) / len(pairs) < 0.95


def test_a_review_that_differs_over_the_whole_says_why():
    outcomes = {
        grading.review(case)["outcome"]: grading.review(case)["overall_grade"] == grading.audit(case)["overall_grade"]
        for case in CASES
    }
    assert outcomes == {"agreed": True, "agreed_with_changes": False}


def test_the_weaker_the_record_the_more_is_to_be_remedied():
    for case in CASES:
        audit = grading.audit(case)
        assert len(audit["remedial_actions"]) == settings("grades")["actions"][audit["overall_grade"]]
        assert (audit["remedial_action_required"] == "yes") == bool(audit["remedial_actions"])


def test_officers_read_a_record_alike_and_not_always():
    read = [[grading.reading("CF-30511", one, item) for one in ("bev", "dan", "eve", "finn")] for item in range(1, 41)]
    assert {len(set(grades)) for grades in read} == {1, 2}
    assert all(1 <= grade <= 4 for grades in read for grade in grades)
