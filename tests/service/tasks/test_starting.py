"""What somebody may begin by hand about a case, and the facts it begins with."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.tasks import starting

CASE = "CF-20931"


def titles(council, person, case=CASE):
    return [start.title for start in starting.starts_of(council.engine, person, case)]


def test_a_process_about_an_audit_begins_with_its_facts(council):
    audit = council.assign(CASE, "kim")
    facts = council.ask(lambda question: starting.facts_about(question, CASE))
    assert facts == {"case": CASE, "audit": audit.id, "auditor": "kim", "audit_instance": audit.instance}


def test_a_process_about_a_case_without_audit_begins_with_the_case(council):
    assert council.ask(lambda question: starting.facts_about(question, CASE)) == {"case": CASE}


def test_an_audit_of_another_case_is_not_found(council):
    other = council.assign("CF-30510", "kim")
    with pytest.raises(NotFound):
        council.ask(lambda question: starting.facts_about(question, CASE, other.id))
    with pytest.raises(NotFound):
        council.ask(lambda question: starting.facts_about(question, "CF-00000"))


def test_each_is_offered_what_rights_allow(council):
    council.assign(CASE, "kim")
    assert "Ask for a deferment or dispensation" in titles(council, "kim")
    assert "Ask to close a case" not in titles(council, "kim")
    assert "Ask to close a case" in titles(council, "mo")
    about_none = {start.process for start in starting.starts_of(council.engine, "mo", None)}
    assert "policy_variation" in about_none
    assert "case_closure" not in about_none


def test_a_page_is_opened_by_whom_it_is_offered_to(council):
    council.assign(CASE, "kim")
    assert starting.open_start(council.engine, "kim", "deferment", CASE).view.title.startswith("Ask for a deferment")
    with pytest.raises(NotAllowed):
        starting.open_start(council.engine, "zoe", "deferment", CASE)
    with pytest.raises(NotFound):
        starting.open_start(council.engine, "kim", "monthly_cycle", CASE)


def test_only_what_the_form_asks_for_is_filled_in_beforehand(council):
    given = {"action_number": "2", "observation_reference": "OBS-1", "elsewhere": "x"}
    assert starting.prefilled(council.engine, "management_decision", given) == {
        "action_number": "2",
        "observation_reference": "OBS-1",
    }


def test_what_is_urgent_is_offered_about_every_case_and_audit_it_may_be_raised_about(council):
    audit = council.assign(CASE, "kim").id
    council.assign("CF-20932", "zoe")

    def urgent(person, case=CASE, of_audit=None):
        return [one.process for one in starting.urgent_starts(council.engine, person, case, of_audit)]

    assert urgent("kim") == urgent("kim", of_audit=audit) == urgent("bev", "CF-20933") == ["safeguarding_concern"]
    assert urgent("kim", "CF-20932") == urgent("zoe") == urgent("bev", "CF-00000") == []
    council.authorise_audit(CASE)
    council.complete("mo", "Acknowledge the audit", CASE)
    assert urgent("kim", of_audit=audit) == ["safeguarding_concern"]
