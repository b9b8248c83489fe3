"""What goes back to the record system: what the policy lets out, in the transaction it tells of, and no free text."""

import pytest

from engine.errors import Refusal
from engine.service.outgoing import message_of
from engine.service.record_system import extracts
from engine.store import outgoing
from tests.factories.council import SOMEBODY, Council, at, policy

CASE, OTHER = "CF-20931", "CF-30510"
TABLE = "processes/outgoing_records.dmn"


def told(council: Council, case: str = CASE) -> list[dict[str, object]]:
    rows = council.ask(lambda question: outgoing.since(question.connection, at(2020, 1, 1)))
    return [message_of(row) for row in rows if row.case_ref == case]


def kinds(council: Council) -> list[tuple[object, object]]:
    return [(one["kind"], one.get("event", one.get("state"))) for one in told(council)]


@pytest.fixture
def remedied(council: Council) -> Council:
    """A case with one remedial action, beside another with two."""
    council.assign(OTHER, "zoe")
    council.authorise_audit(OTHER, 2)
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return council


def test_a_remedial_action_goes_out_with_its_place_and_marking(remedied):
    (one,) = told(remedied)
    assert (one["kind"], one["event"], one["state"], one["action"]) == ("remedial_action", "opened", "open", 1)
    assert (one["case"], one["marking"]) == (CASE, "OFFICIAL-SENSITIVE")
    assert one["id"] == f"case {CASE}:{one['place']}"
    assert len(told(remedied, OTHER)) == 2


def test_the_reference_of_a_management_decision_goes_out_with_each_state(remedied):
    remedied.begin("mo", "management_decision", CASE, action_number=1, observation_reference="OBS-7")
    remedied.complete("oz", "Decide the management decision", CASE, decision="authorise")
    decisions = [one for one in told(remedied) if one["kind"] == "management_decision"]
    assert [(one["reference"], one["action"], one["state"]) for one in decisions] == [
        ("OBS-7", 1, "submitted"), ("OBS-7", 1, "authorised"),
    ]  # fmt: skip


def test_a_closure_certificate_goes_out_and_so_does_its_end(council):
    council.begin("mo", "case_closure", CASE)
    council.assign(CASE, "kim")
    assert kinds(council) == [("closure_certificate", "issued"), ("closure_certificate", "ended")]


def test_an_audit_without_a_certificate_before_it_ends_none(council):
    council.assign(CASE, "kim")
    assert told(council) == []


def test_nothing_that_anybody_wrote_goes_out(remedied):
    allowed = {"id", "kind", "at", "case", "place", "marking", "audit", "action", "reference", "event", "state"}
    assert all(one.keys() <= allowed for one in told(remedied))
    assert "Do the thing" not in str(told(remedied))


def test_what_is_rolled_back_never_goes_out(remedied):
    before = told(remedied)
    with pytest.raises(Refusal):
        remedied.begin("mo", "management_decision", CASE, action_number=9, observation_reference="OBS-7")
    assert told(remedied) == before


def test_other_events_of_a_case_stay_here(council):
    extracts.apply(council.engine, SOMEBODY, extracts.CaseChange(CASE, team="South CIN"))
    assert told(council) == []


def test_the_policy_decides_what_goes_out(council):
    table = policy()[TABLE].replace(b'"remedial action"</text>', b'"nothing"</text>')
    council.deploy({TABLE: table})
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    assert told(council) == []


def test_a_policy_without_the_table_lets_nothing_out(council):
    council.deploy({TABLE: None})
    council.begin("mo", "case_closure", CASE)
    assert told(council) == []
