"""Cancelling: who may, what cancellation.dmn lets go, and that tasks, letters, records and incidents follow."""

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow
from engine.service import instances
from engine.service.overview import cancelling, standing
from engine.store import tasks
from tests.factories.council import AUDIT, at
from tests.factories.faulty import fails_by_clock

CASE, OTHER = "CF-20931", "CF-30510"
WHY = "Drawn by mistake"
DEFERMENT = {"request_kind": "deferment", "new_start": "2026-12-14"}


@pytest.fixture
def audit(council):
    council.assign(OTHER, "kim")
    return council.assign(CASE, "kim")


def cancel(council, identifier, who="asha", why=WHY):
    cancelling.cancel(council.engine, who, identifier, why)


def cancellations(council, stream):
    return [event for event in council.events(stream) if event.kind == "cancelled"]


def told(council, person):
    return [one for one in council.letters(person) if one.notice == "work_cancelled"]


def test_a_cancelled_audit_is_withdrawn_its_task_too_and_its_holder_is_told(council, audit):
    task = council.task(AUDIT, CASE)
    page = cancelling.page_of(council.engine, "asha", audit.instance)
    assert (page.audit_state, page.along) == ("withdrawn", ())
    assert AUDIT in page.told
    cancel(council, audit.instance)
    assert council.task_row(task.id).status == tasks.WITHDRAWN
    assert council.audit(audit.id).state == "withdrawn"
    row = council.instance(audit.instance)
    assert (row.status, row.next_due) == ("cancelled", None)
    assert row.finished_at is not None
    (event,) = cancellations(council, audit.instance)
    assert (event.actor, event.details) == ("asha", {"reason": WHY, "audit_state": "withdrawn"})
    (letter,) = told(council, "kim")
    assert letter.case_ref == CASE and AUDIT in letter.subject and WHY not in letter.body
    assert told(council, "asha") == []


def test_other_work_goes_on(council, audit):
    cancel(council, audit.instance)
    council.pass_to(at(2027, 3, 1))
    assert council.task(AUDIT, OTHER).status == tasks.OPEN
    assert council.incidents() == []
    assert not council.audit(audit.id).late


def test_what_was_due_before_is_on_record_before_it_is_cancelled(council, audit):
    council.pass_to(at(2027, 1, 14))
    cancel(council, audit.instance)
    assert council.audit(audit.id).late


def test_a_request_about_the_audit_ends_with_it(council, audit):
    request = council.begin("kim", "deferment", CASE, **DEFERMENT)
    assert cancelling.page_of(council.engine, "asha", audit.instance).along == ("Deferment or dispensation",)
    cancel(council, audit.instance)
    assert council.instance(request).status == "cancelled"
    (event,) = cancellations(council, request)
    assert event.details == {"reason": WHY, "with": audit.instance}


def test_a_request_is_cancelled_without_its_audit(council, audit):
    cancel(council, council.begin("kim", "deferment", CASE, **DEFERMENT))
    assert council.audit(audit.id).state != "withdrawn"
    assert council.instance(audit.instance).status == "running"


def test_an_audit_with_a_result_stands(council, audit):
    council.authorise_audit(CASE, 2)
    with pytest.raises(NotNow, match="remedial actions stand"):
        cancel(council, audit.instance)
    assert not council.ask(lambda question: cancelling.may_cancel(question, "asha", council.instance(audit.instance)))
    assert cancellations(council, audit.instance) == []


def test_no_closing_of_a_case_is_freed_by_cancelling_the_audit_it_waits_for(council, audit):
    council.begin("mo", "case_closure", CASE)
    with pytest.raises(NotNow, match="somebody has asked to close the case, and that waits for this audit"):
        cancel(council, audit.instance)
    assert council.audit(audit.id).state != "withdrawn"
    other = council.task(AUDIT, OTHER).instance
    cancel(council, other)
    assert council.instance(other).status == "cancelled"


def test_a_concern_is_never_cancelled(council, audit):
    concern = council.begin("kim", "safeguarding_concern", CASE)
    with pytest.raises(NotNow, match="never cancelled; it ends when it is answered"):
        cancel(council, concern)
    cancel(council, audit.instance)
    assert council.instance(concern).status == "running"


def test_remedial_work_is_never_cancelled(council, audit):
    council.authorise_audit(CASE, 1)
    rows = council.ask(lambda question: tasks.open_for_case(question.connection, CASE))
    (remedial,) = {one.instance for one in rows if one.process == "remedial_action"}
    with pytest.raises(NotNow, match="discharged by a management decision, never cancelled"):
        cancel(council, remedial)


@pytest.mark.parametrize("who", ["kim", "mo", "bev"])
def test_only_the_service_manager_of_quality_assurance_cancels(council, audit, who):
    with pytest.raises(NotAllowed, match="Service Manager, Quality Assurance cancels work"):
        cancel(council, audit.instance, who)
    assert council.audit(audit.id).state != "withdrawn"


@pytest.mark.parametrize("why", ["", "  ", "x" * 2_001])
def test_nothing_is_cancelled_without_a_reason(council, audit, why):
    with pytest.raises(Invalid, match="Say why"):
        cancel(council, audit.instance, why=why)
    assert council.instance(audit.instance).status == "running"


def test_what_has_ended_or_is_unknown_is_not_cancelled(council, audit):
    cancel(council, audit.instance)
    with pytest.raises(NotNow, match="it has ended"):
        cancel(council, audit.instance)
    with pytest.raises(NotFound):
        cancel(council, "none")


def test_what_the_table_does_not_name_is_not_cancelled(council):
    council.deploy(fails_by_clock("script"))
    errand = council.run(lambda command: instances.begin(command, "errand", {"case": CASE, "number": 0, "later": "x"}))
    with pytest.raises(NotNow, match="does not let work of this kind be cancelled"):
        cancel(council, errand)


def test_the_incidents_of_stopped_work_are_settled(council):
    council.deploy(fails_by_clock("script", "training"))
    facts = {"case": CASE, "number": 0, "later": "soon"}
    broken = council.run(lambda command: instances.begin(command, "training", facts))
    council.pass_to(at(2026, 12, 4))
    assert council.instance(broken).status == "incident"
    assert [one.instance for one in council.incidents()] == [broken]
    cancel(council, broken)
    assert council.incidents() == []
    assert council.instance(broken).status == "cancelled"
    assert [one.stopped for one in standing.overview(council.engine, "asha") if one.process == "training"] == [0]
