"""A successor may go on with what a predecessor left half written, where the work follows the post (R-86, I-06)."""

import pytest

from engine.errors import NotAllowed, NotNow
from engine.service.record_system import extracts
from engine.service.record_system.extracts import CaseChange
from engine.service.tasks import handover, work
from tests.factories.council import AUDIT, REMEDY

CASE = "CF-20931"
TYPED = {"authorisation_comment": "Half of it is done"}


@pytest.fixture
def moved(council):
    """Mo saved a draft; then the case moved to the team of another Practice Manager."""
    council.assign("CF-30510", "kim")
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    task = council.task(REMEDY, CASE)
    work.save_draft(council.engine, "mo", task.id, TYPED)
    extracts.apply(council.engine, "the extract", CaseChange(CASE, team="South CIN"))
    return council.task(REMEDY, CASE)


def successor(council, task):
    (person,) = council.holders(task)
    assert person != "mo"
    return person


def test_the_successor_is_offered_the_draft_and_goes_on_with_it(council, moved):
    person = successor(council, moved)
    page = work.open_task(council.engine, person, moved.id)
    assert (page.left.person, page.left.saved_at, page.draft_at) == ("mo", council.clock.now(), None)
    handover.take_over(council.engine, person, moved.id)
    page = work.open_task(council.engine, person, moved.id)
    assert page.left is None
    assert page.draft_at == council.clock.now()
    told = council.events(f"task {moved.id}")[-1]
    assert (told.kind, told.details) == ("draft taken over", {"by": person, "from": "mo"})


def test_a_draft_of_ones_own_is_not_written_over(council, moved):
    person = successor(council, moved)
    work.save_draft(council.engine, person, moved.id, {"authorisation_comment": "My own"})
    assert work.open_task(council.engine, person, moved.id).left is None
    with pytest.raises(NotNow):
        handover.take_over(council.engine, person, moved.id)


def test_nothing_is_offered_while_the_other_still_has_the_task(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    task = council.task(REMEDY, CASE)
    work.save_draft(council.engine, "mo", task.id, TYPED)
    assert work.open_task(council.engine, "oz", task.id).left is None


def test_only_whoever_has_the_task_now_takes_a_draft_over(council, moved):
    for person in ("mo", "kim"):
        with pytest.raises(NotAllowed):
            handover.take_over(council.engine, person, moved.id)


def test_who_audits_after_somebody_else_judges_afresh(council):
    council.assign(CASE, "kim")
    task = council.task(AUDIT, CASE)
    work.save_draft(council.engine, "kim", task.id, {"facts_right": "yes"})
    council.begin("kim", "deferment", CASE, request_kind="dispensation", reason="Long leave")
    council.complete("asha", "Decide on deferment or dispensation", CASE, deferment_outcome="grant")
    council.complete("gail", "Reassign the audit", CASE, auditor="zoe")
    assert work.open_task(council.engine, "zoe", council.task(AUDIT, CASE).id).left is None
