"""Remedial actions and management decisions, in the order of their numbers."""

import pytest
from sqlalchemy.exc import IntegrityError

from engine.errors import NotFound
from engine.store import actions, audits, cases
from tests.store.rows import NOW
from tests.store.test_audits import audit


def action(of, number, case="CF-1", **fields):
    known = {"audit": of, "case_ref": case, "number": number, "what": f"Do {number}", "details": {"n": number}}
    return {**known, "state": "proposed", "work": [], **fields}


def case(reference, worker):
    known = {"reference": reference, "service_area": "LAC", "team": None, "social_worker": worker, "status": "open"}
    return {**known, "restricted": False, "changed_at": NOW}


@pytest.fixture
def known(database):
    with database.transaction() as connection:
        cases.add(connection, [case("CF-1", "nia"), case("CF-2", "sam")])
        audits.add(connection, [audit("a1"), audit("a2"), audit("b1", case="CF-2")])
        actions.add(connection, [action("a1", 2), action("a1", 1), action("a2", 1), action("b1", 1, "CF-2")])
        actions.add(connection, [])
    return database


def numbers(rows):
    return [(row.audit, row.number) for row in rows]


def test_the_actions_of_an_audit_come_by_number_and_those_of_a_case_as_they_came(known):
    with known.reading() as connection:
        assert numbers(actions.of_audit(connection, "a1")) == [("a1", 1), ("a1", 2)]
        assert numbers(actions.of_case(connection, "CF-1")) == [("a1", 2), ("a1", 1), ("a2", 1)]


def test_a_number_is_used_once_in_an_audit(known):
    with pytest.raises(IntegrityError), known.transaction() as connection:
        actions.add(connection, [action("a1", 1)])


def test_one_action_is_changed_or_all_of_an_audit(known):
    with known.transaction() as connection:
        first, second = actions.of_audit(connection, "a1")
        actions.change(connection, first.id, {"state": "completed", "work": [{"what": "seen"}]})
        actions.change_all(connection, "a1", {"authorised_at": NOW})
    with known.reading() as connection:
        assert actions.get(connection, first.id).work == [{"what": "seen"}]
        assert actions.get(connection, second.id).state == "proposed"
        assert {row.authorised_at for row in actions.of_audit(connection, "a1")} == {NOW}
        assert {row.authorised_at for row in actions.of_audit(connection, "a2")} == {None}


def test_the_unauthorised_actions_of_a_social_workers_cases_are_found(known):
    with known.transaction() as connection:
        actions.change_all(connection, "a2", {"authorised_at": NOW})
    with known.reading() as connection:
        assert numbers(actions.of_worker(connection, "nia")) == [("a1", 2), ("a1", 1)]
        assert actions.of_worker(connection, "nobody") == []


def test_decisions_are_found_by_process_audit_and_case(known):
    with known.transaction() as connection:
        for instance, of in (("d1", "a1"), ("d2", "b1"), ("d3", "a1")):
            row = actions.of_audit(connection, of)[0]
            values = {"action": row.id, "audit": of, "case_ref": row.case_ref, "instance": instance, "reference": "O1"}
            actions.add_decision(connection, {**values, "state": "submitted", "proposer": "mo"})
        decision = actions.decision_of(connection, "d1")
        actions.change_decision(connection, decision.id, {"state": "refused", "decided_by": "oz", "decided_at": NOW})
    with known.reading() as connection:
        assert [row.instance for row in actions.decisions_of_audit(connection, "a1")] == ["d1", "d3"]
        assert [row.state for row in actions.decisions_of_case(connection, "CF-1")] == ["refused", "submitted"]
        assert [row.state for row in actions.decisions_of_case(connection, "CF-2")] == ["submitted"]
        assert actions.decision_of(connection, "d9") is None


def test_an_unknown_action_is_not_found(known):
    with pytest.raises(NotFound, match="no remedial action 99"), known.reading() as connection:
        actions.get(connection, 99)
