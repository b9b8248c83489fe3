"""A record that becomes restricted: its audit and its named tasks go away from who is not cleared (I-16, M2)."""

import pytest

from engine.errors import NotAllowed, NotFound, Restricted
from engine.service.case_file import casework, entered
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.tasks import work
from engine.store import audits, people
from tests.factories.council import AUDIT, REMEDY, Council

CASE, OTHER = "CF-20931", "CF-30510"
REASSIGN, REVIEW = "Reassign the audit", "Review the audit"


def restrict(council: Council) -> None:
    extracts.apply(council.engine, "extract", CaseChange(CASE, restricted=True))


def clear(council: Council, person: str) -> None:
    council.run(lambda command: people.change_person(command.connection, person, {"cleared": True}))


@pytest.fixture
def busy(council: Council) -> Council:
    council.assign(OTHER, "kim")
    return council


def test_the_audit_goes_away_and_its_draft_can_no_longer_be_written(busy):
    audit = busy.assign(CASE, "kim")
    task = busy.task(AUDIT, CASE)
    work.save_draft(busy.engine, "kim", task.id, {"facts_right": "yes"})
    restrict(busy)
    assert busy.titles(CASE) == [REASSIGN]
    assert busy.audit(audit.id).state == "to be reassigned"
    assert [one.subject for one in busy.letters("kim", CASE)][-1] == f"The audit of case {CASE} is no longer with you"
    with pytest.raises(NotFound):
        casework.case_page(busy.engine, "kim", CASE)
    assert busy.titles(OTHER) == [AUDIT]


def test_who_had_it_is_kept_as_withdrawn_and_never_missed(busy):
    audit = busy.assign(CASE, "kim")
    restrict(busy)
    (held,) = busy.ask(lambda question: audits.holdings_of(question.connection, "kim"))[-1:]
    assert (held.audit, held.outcome) == (audit.id, "withdrawn")
    assert [one.details["auditor"] for one in busy.events(f"case {CASE}") if one.kind == "withdrawn"] == ["kim"]


def test_a_cleared_auditor_keeps_it(busy):
    clear(busy, "kim")
    busy.assign(CASE, "kim")
    restrict(busy)
    assert busy.titles(CASE) == [AUDIT]


def test_a_review_that_an_uncleared_officer_has_goes_back_to_the_officers(busy):
    clear(busy, "kim")
    busy.assign(CASE, "kim", drawn=True)
    busy.authorise_audit(CASE)
    reviewer = busy.task(REVIEW, CASE).assignee
    restrict(busy)
    task = busy.task(REVIEW, CASE)
    assert task.assignee is None
    with pytest.raises(NotAllowed, match="not cleared"):
        busy.complete(reviewer, REVIEW, CASE)
    clear(busy, reviewer)
    busy.complete(reviewer, REVIEW, CASE)


def test_who_leads_the_team_goes_on_with_the_remedial_actions(busy):
    busy.assign(CASE, "kim")
    busy.authorise_audit(CASE, 1)
    restrict(busy)
    assert busy.holders(busy.task(REMEDY, CASE)) == ("mo",)
    assert casework.case_page(busy.engine, "mo", CASE).case.restricted


def test_an_auditor_who_is_not_cleared_no_longer_reads_what_was_entered(busy):
    audit = busy.assign(CASE, "kim")
    busy.authorise_audit(CASE)
    assert entered.of_audit(busy.engine, "kim", CASE, audit.id).entered
    restrict(busy)
    with pytest.raises(NotFound):
        entered.of_audit(busy.engine, "kim", CASE, audit.id)


def test_the_administrator_gives_it_to_others_and_reads_nothing_of_it(busy):
    audit = busy.assign(CASE, "kim")
    restrict(busy)
    with pytest.raises(Restricted):
        entered.of_audit(busy.engine, "gail", CASE, audit.id)
    clear(busy, "zoe")
    busy.complete("gail", REASSIGN, CASE, restricted_outcome="another_auditor", auditor="zoe")
    assert busy.task(AUDIT, CASE).assignee == "zoe"


def test_a_concern_about_it_is_read_by_those_who_deal_with_concerns(busy):
    busy.begin("gail", "safeguarding_concern", CASE)
    restrict(busy)
    busy.complete("asha", "Acknowledge the safeguarding concern", CASE)


def test_a_withdrawn_audit_ends_there(busy):
    audit = busy.assign(CASE, "kim")
    restrict(busy)
    busy.complete("gail", REASSIGN, CASE, restricted_outcome="nobody")
    assert busy.titles(CASE) == []
    assert busy.audit(audit.id).state == "withdrawn"
    assert casework.case_page(busy.engine, "mo", CASE).closure.allowed
