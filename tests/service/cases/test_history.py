"""Audits from before this system: authorised, with their actions asleep until the case is opened again (R-103)."""

from engine.errors import NotFound
from engine.service.cases import history
from tests.factories.council import at
from tests.factories.refusals import refused

CASE, OTHER = "CF-21040", "CF-20931"
CLOSED = at(2025, 11, 3)


def add(council, case=CASE, wordings=("Update the chronology", "See the child")):
    return history.add_closed_audit(council.engine, "past", case, "kim", CLOSED, wordings)


def test_an_earlier_audit_is_authorised_and_its_case_closed(council):
    audit = council.audit(add(council))
    assert (audit.case_ref, audit.auditor, audit.state) == (CASE, "kim", "closed")
    assert (audit.assigned_at, audit.authorised_at, audit.cycle) == (CLOSED, CLOSED, None)
    assert council.ask(lambda question: question.case(CASE).status) == "closed"
    assert council.ask(lambda question: question.case(OTHER).status) == "open"


def test_its_actions_sleep_in_the_order_they_were_written(council):
    council.assign(OTHER, "kim")
    council.authorise_audit(OTHER, 1)
    add(council)
    assert [(row.number, row.what, row.state) for row in council.actions(CASE)] == [
        (1, "Update the chronology", "dormant"),
        (2, "See the child", "dormant"),
    ]
    assert [row.state for row in council.actions(OTHER)] != ["dormant"]


def test_it_opens_no_work_and_is_on_record(council):
    audit = add(council)
    assert council.titles(CASE) == []
    (event,) = council.events(f"case {CASE}")
    assert (event.kind, event.details) == ("earlier audit added", {"audit": audit, "actions": 2})


def test_it_has_no_action_when_none_was_left(council):
    add(council, wordings=())
    assert council.actions(CASE) == []


def test_a_case_that_nobody_knows_has_no_history(council):
    assert "There is no case CF-0." in refused(council, NotFound, lambda: add(council, "CF-0"))
