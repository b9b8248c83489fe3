"""Auditors and quality assurance on the same records: first grades, beside each other (R-75, I-13)."""

import pytest

from engine.service.case_file import blind_grades
from tests.factories.council import REVIEW
from tests.service.reports.reading import figures, made, table

CASES = ("CF-20931", "CF-30510")


@pytest.fixture
def reviewed(council):
    """Two audits by Kim graded good; quality assurance gives one of them a lower grade."""
    for case, grade in zip(CASES, ("good", "requires_improvement"), strict=True):
        council.assign(case, "kim", drawn=True)
        council.authorise_audit(case)
        task = council.task(REVIEW, case)
        council.complete(council.holders(task)[0], REVIEW, case, overall_grade=grade, outcome="agreed_with_changes")
    return council


def test_pairs_are_counted_and_too_few_for_coefficients(reviewed):
    report = made(reviewed, "reliability_report").report
    found = figures(report)
    assert found["agreement.exact"]["n"] == 2
    assert (found["agreement.exact"]["value"], found["agreement.within_one"]["value"]) == (0.5, 1.0)
    assert found["agreement.mean_difference"]["value"] == 0.5
    assert (found["agreement.generous"]["value"], found["agreement.strict"]["value"]) == (1, 0)
    assert "agreement.gwet_ac2" not in found
    assert table(report, "agreement", "grades") == [["Good", "Good", 1], ["Good", "Requires improvement", 1]]


def test_grades_that_were_kept_before_the_audit_was_read_are_those_that_count(council):
    council.assign(CASES[0], "kim", drawn=True)
    council.authorise_audit(CASES[0])
    task = council.task(REVIEW, CASES[0])
    grades = ("safety", "chronology", "assessment", "voice", "plan", "oversight", "difference", "overall")
    kept = {f"{one}_grade": "inadequate" for one in grades}
    blind_grades.keep(council.engine, task.assignee, task.id, kept)
    council.complete(task.assignee, REVIEW, CASES[0], overall_grade="good", outcome="agreed")
    assert table(made(council, "reliability_report").report, "agreement", "grades") == [["Good", "Inadequate", 1]]


def test_a_profile_counts_the_reviews_of_that_auditor_alone(reviewed):
    before = figures(made(reviewed, "reliability_report").report)["agreement.exact"]["n"]
    assert before == len(CASES)
    own = figures(made(reviewed, "auditor_profile", person="kim").report)["profile.reviewed"]
    others = figures(made(reviewed, "auditor_profile", person="zoe").report)["profile.reviewed"]
    assert (own["value"], others["value"]) == (2, 0)
