"""What is somebody's by name goes to another by the acts of the policy alone, and the page of a leaver says which."""

import pytest

from engine.service.council import leavers, person
from engine.service.overview import cancelling
from engine.service.tasks import work
from tests.factories.council import AUDIT

CASE, OTHER = "CF-20931", "CF-30510"
ASKING, DECIDE = "Ask for deferment or dispensation", "Decide on deferment or dispensation"


@pytest.fixture(autouse=True)
def audit(council):
    """Kim's audit, and another auditor's."""
    council.assign(OTHER, "zoe")
    return council.assign(CASE, "kim")


def named(council, reader, somebody="kim"):
    (found,) = person.leaving(council.engine, reader, somebody).named
    return found


def test_the_diagram_says_what_takes_an_audit_away_and_only_its_auditor_asks_for_it(council):
    found = named(council, "gail")
    assert found.task.title == AUDIT
    (request,) = found.requests
    assert (request.process, request.by, request.own, request.mine) == ("deferment", ("Kim",), True, False)


def test_who_may_cancel_the_work_is_named_and_for_them_it_is_a_link(council):
    found = named(council, "gail").cancelling
    assert (found.posts, found.by, found.mine) == (("Service Manager, Quality Assurance",), ("Asha",), False)


def test_what_was_asked_for_already_is_told_with_who_decides(council):
    council.begin("kim", "deferment", CASE, request_kind="dispensation")
    found = named(council, "gail")
    assert found.requests == ()
    assert [(one.title, one.by) for one in found.waiting] == [(DECIDE, ("Asha",))]


def test_a_dispensation_takes_the_task_from_the_list(council):
    council.begin("kim", "deferment", CASE, request_kind="dispensation")
    decision = council.task(DECIDE, CASE)
    raw = council.filled(decision, deferment_outcome="grant")
    work.complete(council.engine, "asha", decision.id, raw)
    assert person.leaving(council.engine, "gail", "kim").named == ()


def test_what_cannot_be_cancelled_is_not_said_to_be(council, audit):
    council.begin("mo", "case_closure", CASE)
    assert named(council, "gail").cancelling is None
    assert cancelling.TABLE in council.ask(lambda question: question.policy.decisions)


def test_the_diagram_says_what_comes_when_the_auditor_leaves_and_who_has_it_then(council):
    (step,) = named(council, "gail").onward
    assert (step.title, step.post, step.by) == ("Reassign the audit", "Quality Assurance Team Administrator", ("Gail",))


def test_what_goes_on_is_no_longer_theirs_and_nobody_elses_is_touched(council):
    leavers.leave(council.engine, "gail", "kim")
    assert person.leaving(council.engine, "gail", "kim").named == ()
    assert named(council, "gail", "zoe").task.case_ref == OTHER
