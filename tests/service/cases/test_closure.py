"""May this case be closed? Every combination of facts, and a certificate that ends with new audit work (R-98–R-101)."""

from itertools import product

import pytest

from engine.errors import NotAllowed
from engine.service.cases import actions, closure, closure_request
from engine.service.tasks import work
from engine.store import audits
from engine.store.database import Database
from tests.factories.council import AUDIT, REMEDY, Council

CASE = "CF-20931"
NOT_BEGUN = "an audit of this case is assigned and has not begun"
BEGUN = "the audit of this case has begun and is not finished"
ONE = "1 remedial action is neither signed off nor discharged by a management decision"
MORE = "{} remedial actions are neither signed off nor discharged by a management decision"
DECISION = "a management decision about this case waits to be decided"


def expected(audit, outstanding, undecided):
    """What section 10 says about these facts."""
    reasons = {"none": [], "assigned": [NOT_BEGUN], "begun": [BEGUN]}[audit]
    reasons = [*reasons, *([ONE] if outstanding == 1 else [MORE.format(outstanding)] * bool(outstanding))]
    return {*reasons, *([DECISION] if undecided else [])}


@pytest.mark.parametrize(
    ("audit", "outstanding", "undecided"), list(product(["none", "assigned", "begun"], [0, 1, 2, 7], [0, 1, 2]))
)
def test_every_combination_of_facts_has_its_reasons(monkeypatch, still, audit, outstanding, undecided):
    rows = {
        "audit": [] if audit == "none" else [_Row(begun_at=None if audit == "assigned" else "then")],
        "action": [_Row(audit="a", number=number, state="open") for number in range(outstanding)],
        "management decision": [_Row()] * undecided,
    }
    monkeypatch.setattr(closure, "unsettled", lambda _question, kind, _rows: rows[kind])
    found = still.ask(lambda question: closure.answer(question, CASE))
    assert set(found.reasons) == expected(audit, outstanding, undecided)
    assert found.allowed is (not found.reasons)
    assert len(found.outstanding) == outstanding


class _Row:
    def __init__(self, **facts):
        vars(self).update(facts)


@pytest.fixture(scope="module")
def still(shelf):
    """A council that is only asked."""
    with shelf.copy("sqlite", "council") as url:
        council = Council(Database(url))
        yield council
        council.close()


@pytest.mark.parametrize("kind", ["audit", "action", "management decision"])
def test_a_state_that_the_table_does_not_know_counts_as_unsettled(council, kind):
    row = _Row(state="something new")
    assert council.ask(lambda question: closure.unsettled(question, kind, [row])) == [row]


def asked(council):
    return council.ask(lambda question: closure.answer(question, CASE))


def test_the_answer_follows_the_audit_from_its_assignment_to_its_end(council):
    assert asked(council).allowed
    council.assign(CASE, "kim")
    assert asked(council).reasons == (NOT_BEGUN,)
    task = council.task(AUDIT, CASE)
    work.save_draft(council.engine, "kim", task.id, {})
    assert asked(council).reasons == (BEGUN,)
    council.authorise_audit(CASE, 2)
    assert set(asked(council).reasons) == {BEGUN, MORE.format(2)}
    first, second = council.actions(CASE)
    actions.sign_off(council.engine, "mo", first.id, "done")
    assert [row["action"] for row in asked(council).outstanding] == [2]
    actions.sign_off(council.engine, "mo", second.id, "done")
    council.complete("mo", REMEDY, CASE)
    assert asked(council).allowed


def test_other_cases_with_open_work_do_not_matter(council):
    assert not council.ask(lambda question: closure.answer(question, "CF-90003")).allowed
    assert asked(council).allowed


def certificates(council):
    rows = council.ask(lambda question: audits.certificates(question.connection, CASE))
    return [row.withdrawn_at is None for row in rows]


def test_a_cleared_case_has_a_certificate_until_new_audit_work_begins(council):
    council.begin("mo", "case_closure", CASE)
    assert certificates(council) == [True]
    council.assign(CASE, "kim")
    assert certificates(council) == [False]


def test_a_refused_request_is_cleared_when_the_work_is_done(council):
    council.assign(CASE, "kim")
    request = council.begin("mo", "case_closure", CASE)
    assert certificates(council) == []
    council.authorise_audit(CASE)
    assert certificates(council) == []
    council.complete("mo", "Acknowledge the audit", CASE)
    assert certificates(council) == [True]
    assert council.instance(request).status == "finished"


def test_a_second_request_takes_the_place_of_the_first(council):
    council.assign(CASE, "kim")
    first, second = (council.begin("mo", "case_closure", CASE) for _ in range(2))
    assert [council.instance(one).status for one in (first, second)] == ["finished", "running"]


def test_a_request_is_taken_back_by_those_who_may_ask(council):
    council.assign(CASE, "kim")
    request = council.begin("mo", "case_closure", CASE)
    before = council.dump()
    for person in ("quin", "kim", "nia", "nobody"):
        with pytest.raises(NotAllowed, match="it belongs to another post"):
            closure_request.withdraw(council.engine, person, request)
    assert council.dump() == before
    closure_request.withdraw(council.engine, "mo", request)
    assert council.instance(request).status == "finished"


def test_every_answer_is_kept(council):
    council.assign(CASE, "kim")
    council.begin("mo", "case_closure", CASE)
    council.authorise_audit(CASE)
    council.complete("mo", "Acknowledge the audit", CASE)
    rows = council.ask(lambda question: audits.closure_answers(question.connection, CASE))
    assert [(row.allowed, row.reasons) for row in rows] == [(False, [NOT_BEGUN]), (True, [])]
