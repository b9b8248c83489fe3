"""Audits: who held them, who reviewed them, and what the closure check answered."""

import pytest

from engine.errors import NotFound
from engine.store import audits
from tests.store.rows import MINUTE, NOW


def audit(identifier, case="CF-1", auditor="kim", at=NOW, **fields):
    known = {"id": identifier, "case_ref": case, "cycle": "2026-10", "instance": f"i-{identifier}", "auditor": auditor}
    state = {"source": "pool", "state": "assigned", "selected": False, "late": False, "deferments": 0}
    return {**known, **state, "assigned_at": at, **fields}


@pytest.fixture
def known(database):
    with database.transaction() as connection:
        audits.add(connection, [audit("a1"), audit("a2", at=NOW + MINUTE), audit("b1", case="CF-2", auditor="zoe")])
    return database


def test_the_audits_of_a_case_come_newest_first(known):
    with known.reading() as connection:
        assert [row.id for row in audits.of_case(connection, "CF-1")] == ["a2", "a1"]
        assert [row.id for row in audits.of_cycle(connection, "2026-10")] == ["a1", "a2", "b1"]
        assert audits.of_case(connection, "CF-9") == []


def test_an_audit_begins_once(known):
    with known.transaction() as connection:
        audits.mark_begun(connection, "a1", "i-a1", NOW)
        audits.mark_begun(connection, "a1", "i-a1", NOW + MINUTE)
        audits.mark_begun(connection, "a2", "another instance", NOW)
    with known.reading() as connection:
        assert [audits.get(connection, one).begun_at for one in ("a1", "a2", "b1")] == [NOW, None, None]


def test_a_holding_ends_with_its_outcome_and_the_next_begins(known):
    with known.transaction() as connection:
        audits.end_holding(connection, "a1", NOW + MINUTE, "released")
        audits.begin_holding(connection, "a1", "zoe", NOW + MINUTE)
        audits.end_holding(connection, "a1", NOW + 2 * MINUTE, "done")
    with known.reading() as connection:
        assert audits.holders_of(connection, "a1") == {"kim", "zoe"}
        assert [(row.audit, row.to_at, row.outcome) for row in audits.holdings_of(connection, "kim")] == [
            ("a1", NOW + MINUTE, "released"),
            ("a2", None, None),
        ]
        assert [(row.audit, row.outcome) for row in audits.holdings_of(connection, "zoe")] == [
            ("b1", None),
            ("a1", "done"),
        ]


def test_the_last_time_that_somebody_was_assigned_a_case_is_found(known):
    with known.reading() as connection:
        found = audits.last_by_case(connection, ["CF-1", "CF-9"], ["kim", "zoe"])
    assert found == {("CF-1", "kim"): NOW + MINUTE}


def test_a_review_keeps_who_concluded_what(known):
    with known.transaction() as connection:
        for instance, reviewer in (("r1", "bev"), ("r2", "dan")):
            audits.add_review(connection, {"audit": "a1", "instance": instance, "reviewer": reviewer, "at": NOW})
        audits.add_review(connection, {"audit": "b1", "instance": "r3", "reviewer": "eve", "at": NOW})
        audits.decide_review(connection, "r2", "agreed", "finn")
    with known.reading() as connection:
        rows = audits.reviews_of(connection, "a1")
    assert [(row.reviewer, row.outcome) for row in rows] == [("bev", None), ("finn", "agreed")]


def test_closure_answers_and_certificates_are_kept_in_order_and_withdrawn_for_one_case(known):
    answer = {"instance": "i", "reasons": ["because"], "at": NOW}
    with known.transaction() as connection:
        for case, allowed in (("CF-1", False), ("CF-2", True), ("CF-1", True)):
            audits.add_closure_answer(connection, {"case_ref": case, "allowed": allowed, **answer})
            audits.add_certificate(connection, {"case_ref": case, "instance": "i", "issued_at": NOW})
        audits.withdraw_certificates(connection, "CF-1", NOW + MINUTE)
        audits.withdraw_certificates(connection, "CF-1", NOW + 2 * MINUTE)
    with known.reading() as connection:
        assert [row.allowed for row in audits.closure_answers(connection, "CF-1")] == [False, True]
        assert [row.withdrawn_at for row in audits.certificates(connection, "CF-1")] == [NOW + MINUTE] * 2
        assert [row.withdrawn_at for row in audits.certificates(connection, "CF-2")] == [None]


def test_a_change_touches_one_audit(known):
    with known.transaction() as connection:
        audits.change(connection, "a1", {"state": "authorised", "grade": "Good"})
    with known.reading() as connection:
        assert [audits.get(connection, one).state for one in ("a1", "a2")] == ["authorised", "assigned"]


def test_an_unknown_audit_is_not_found(known):
    with pytest.raises(NotFound, match="no audit a9"), known.reading() as connection:
        audits.get(connection, "a9")


def test_an_audit_is_authorised_once_and_amended_afterwards(known):
    with known.transaction() as connection:
        audits.mark_begun(connection, "a2", "i-a2", NOW)
        assert audits.authorise(connection, "a1", "good", NOW) is False
        audits.change(connection, "a1", {"state": "returned"})
        assert audits.authorise(connection, "a1", "inadequate", NOW) is True
        assert audits.authorise(connection, "a2", None, NOW + MINUTE) is False
    with known.reading() as connection:
        first, second, other = (audits.get(connection, one) for one in ("a1", "a2", "b1"))
    assert (first.state, first.grade, first.begun_at, first.authorised_at) == ("returned", "inadequate", NOW, NOW)
    assert (second.state, second.grade, second.begun_at, second.authorised_at) == (
        "authorised",
        None,
        NOW,
        NOW + MINUTE,
    )
    assert (other.state, other.grade, other.begun_at, other.authorised_at) == ("assigned", None, None, None)
