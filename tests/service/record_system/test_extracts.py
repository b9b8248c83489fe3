"""What the record system says has changed, and what follows the same day (R-86, R-98, R-102, I-09, I-10)."""

import pytest

from engine.errors import Invalid, NotFound, NotNow
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from tests.factories.council import OTHERS, REMEDY, SOMEBODY, at, cases

CASE = "CF-20931"


@pytest.fixture
def remedied(council):
    """Remedial actions of a case of North CIN, due in January."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    return council.task(REMEDY, CASE)


def apply(council, **facts):
    return extracts.apply(council.engine, SOMEBODY, CaseChange(CASE, **facts))


def case(council, reference=CASE):
    return council.ask(lambda question: question.case(reference))


def notices(council, person):
    return [letter.notice for letter in council.letters(person, CASE)]


def test_open_work_follows_the_case_to_its_new_team_with_its_due_date(council, remedied):
    council.pass_to(at(2026, 12, 8))
    assert apply(council, team="South CIN") == ["moved"]
    moved = council.task(REMEDY, CASE)
    assert (moved.id, moved.due, council.holders(moved)) == (remedied.id, remedied.due, ("quin",))
    assert notices(council, "quin") == ["case_transferred"]
    assert council.task(REMEDY, "CF-90003").team == "Assessment Central"


def test_a_case_that_moves_leaves_its_social_worker_behind(council, remedied):
    apply(council, team="South CIN")
    assert case(council).social_worker is None
    apply(council, social_worker="sam")
    assert case(council).social_worker == "sam"


def test_a_case_that_becomes_restricted_is_brought_to_who_decides_about_its_work(council, remedied):
    assert apply(council, restricted=True) == ["restricted"]
    assert notices(council, "asha") == ["case_restricted"]
    assert apply(council, restricted=False) == ["no longer restricted"]
    assert (notices(council, "asha"), case(council).restricted) == (["case_restricted"], False)


def test_a_new_social_worker_changes_nobody_elses_work(council, remedied):
    assert apply(council, social_worker="sam") == ["worker changed"]
    assert council.holders(council.task(REMEDY, CASE)) == ("mo",)
    assert "case_transferred" not in notices(council, "mo")


def test_a_transfer_without_open_work_tells_nobody(council):
    apply(council, team="South CIN")
    assert notices(council, "quin") == []


def test_an_extract_that_says_nothing_new_changes_nothing(council):
    before = council.dump()
    row = case(council)
    assert apply(council, team=row.team, social_worker=row.social_worker, status="open", restricted=False) == []
    assert apply(council) == []
    assert council.dump() == before


def test_what_changed_is_on_record(council):
    apply(council, restricted=True, social_worker="sam")
    (event,) = council.events(f"case {CASE}")
    assert (event.kind, event.details) == ("extract", {"restricted": True, "social_worker": "sam"})


def test_a_closure_with_work_open_is_a_breach_and_closes_no_task(council, remedied):
    assert apply(council, status="closed") == ["closed"]
    assert council.titles(CASE) == [REMEDY, "Look into the closure"]
    assert council.holders(council.task("Look into the closure", CASE)) == ("asha",)


def test_a_closure_that_nothing_stands_against_begins_nothing(council):
    assert apply(council, status="closed") == ["closed"]
    assert council.titles(CASE) == []


def test_a_case_that_is_opened_again_is_looked_at(council):
    apply(council, status="closed")
    assert apply(council, status="open") == ["reopened"]
    assert council.titles(CASE) == ["Consider earlier remedial actions"]
    assert council.holders(council.task("Consider earlier remedial actions", CASE)) == ("mo",)


@pytest.mark.parametrize(
    ("change", "refusal", "sentence"),
    [
        (CaseChange("CF-99999", team="South CIN"), NotFound, "There is no case CF-99999"),
        (CaseChange(CASE, team="Nowhere"), NotFound, "There is no team Nowhere"),
        (CaseChange(CASE, status="shut"), Invalid, "“shut” is no status of a case. Write open or closed."),
    ],
)
def test_what_the_council_does_not_know_is_refused_and_changes_nothing(council, change, refusal, sentence):
    before = council.dump()
    with pytest.raises(refusal, match=sentence):
        extracts.apply(council.engine, SOMEBODY, change)
    assert council.dump() == before


@pytest.mark.parametrize("again", [[CASE], ["CF-80001", "CF-80001"], ["CF-80001", OTHERS[0][0]]])
def test_a_case_that_is_known_is_not_added_again(council, again):
    before = council.dump()
    rows = [{**cases()[0], "reference": reference} for reference in again]
    with pytest.raises(NotNow, match=f"Adding case {again[-1]} is not possible now: .* known already"):
        extracts.add_cases(council.engine, SOMEBODY, rows)
    assert council.dump() == before
