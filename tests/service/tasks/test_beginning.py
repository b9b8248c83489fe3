"""Beginning a process by hand: by whose post may, about a case that is known, with the facts of the records."""

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service.tasks import answering, beginning
from engine.service.tasks.starting import facts_about
from tests.factories.council import AUDIT

CASE = "CF-20931"


@pytest.fixture
def audit(council):
    return council.assign(CASE, "kim")


def begin(council, person, process, facts, key=None, **given):
    raw = answering.for_start(council.engine, process, facts, given)
    return beginning.begin(council.engine, person, process, raw, facts, key=key)


def about(audit):
    return {"case": CASE, "audit": audit.id, "auditor": audit.auditor, "audit_instance": audit.instance}


def test_a_process_begins_with_the_answers_of_its_start_form_kept(council, audit):
    instance = begin(council, "kim", "deferment", about(audit), request_kind="dispensation")
    row = council.instance(instance)
    assert (row.process, row.case_ref, row.audit, row.status) == ("deferment", CASE, audit.id, "running")
    assert council.holders(council.task("Decide on deferment or dispensation", CASE)) == ("asha",)
    assert [event.kind for event in council.events(instance)] == ["began"]


def test_only_the_post_of_its_start_begins_it(council, audit):
    before = council.dump()
    for person in ("zoe", "mo", "asha", "nobody"):
        with pytest.raises(NotAllowed, match="You may not start “deferment”: it belongs to another post"):
            begin(council, person, "deferment", about(audit), request_kind="dispensation")
    for person in ("quin", "kim", "nia", "nobody"):
        with pytest.raises(NotAllowed, match="You may not start “case_closure”"):
            begin(council, person, "case_closure", {"case": CASE})
    assert council.dump() == before


def test_facts_that_the_records_do_not_bear_out_give_no_right(council, audit):
    before = council.dump()
    with pytest.raises(NotAllowed):
        begin(council, "zoe", "deferment", {**about(audit), "auditor": "zoe"}, request_kind="dispensation")
    assert council.dump() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"case": "CF-99999"}, "There is no case CF-99999"),
        ({"audit": "0" * 16}, "There is no audit 0000000000000000"),
        ({"case": "CF-30510"}, "There is no audit .* of CF-30510"),
    ],
)
def test_unknown_cases_and_audits_are_not_found(council, audit, change, sentence):
    raw = answering.for_start(council.engine, "deferment", about(audit), {"request_kind": "dispensation"})
    before = council.dump()
    with pytest.raises(NotFound, match=sentence):
        beginning.begin(council.engine, "kim", "deferment", raw, {**about(audit), **change})
    assert council.dump() == before


def test_no_certificate_is_issued_for_a_case_that_nobody_knows(council):
    with pytest.raises(NotFound, match="There is no case CF-99999"):
        beginning.begin(council.engine, "mo", "case_closure", {}, {"case": "CF-99999"})


@pytest.mark.parametrize(("process", "refusal"), [("no_such_process", NotFound), ("case_audit", NotNow)])
def test_what_is_not_begun_by_hand_is_refused(council, process, refusal):
    before = council.dump()
    with pytest.raises(refusal):
        beginning.begin(council.engine, "mo", process, {}, {"case": CASE})
    assert council.dump() == before


def test_answers_that_the_start_form_refuses_change_nothing(council, audit):
    before = council.dump()
    with pytest.raises(Invalid) as refused:
        beginning.begin(council.engine, "kim", "deferment", {}, about(audit))
    assert refused.value.errors
    assert council.dump() == before


def test_a_day_that_is_past_is_no_new_start(council, audit):
    before = council.dump()
    with pytest.raises(Invalid):
        begin(council, "kim", "deferment", about(audit), request_kind="deferment", new_start="2026-11-30")
    assert council.dump() == before


def test_the_same_key_begins_it_once(council, audit):
    first = begin(council, "kim", "deferment", about(audit), key="k", request_kind="dispensation")
    after = council.dump()
    assert begin(council, "kim", "deferment", about(audit), key="k", request_kind="dispensation") == first
    assert council.dump() == after


def test_why_one_may_not_is_told_beforehand(council, audit):
    def reason(person):
        return council.ask(lambda question: beginning.reason_against(question, person, "deferment", about(audit)))

    assert reason("kim") is None
    assert reason("zoe") == "it belongs to another post"
    assert council.task(AUDIT, CASE).assignee == "kim"


def test_who_was_written_to_and_who_has_it_now_is_told_and_the_same_when_it_is_sent_twice(council):
    audit = council.assign(CASE, "kim")
    facts = council.ask(lambda question: facts_about(question, CASE, audit.id))
    given = {"request_kind": "deferment", "new_start": "2026-12-14"}
    raw = answering.for_start(council.engine, "deferment", facts, given)
    first, second = (
        beginning.begin_and_tell(council.engine, "kim", "deferment", raw, facts, key="once") for _ in range(2)
    )
    assert first == second
    assert (list(first.told), list(first.holders)) == (["Asha"], ["Asha"])
