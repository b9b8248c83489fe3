"""Passing work on: to whoever may have it, with a note, a letter and a record, and who did is seen (I-06)."""

import pytest

from engine.errors import Invalid, NotAllowed, NotNow
from engine.service.inboxes import inbox
from engine.service.inboxes.inbox import MINE, Wanted
from engine.service.people import directory
from engine.service.tasks import delegating, work
from tests.factories.council import AUDIT, REMEDY, REVIEW, SOMEBODY, at

CASE, REVIEWED = "CF-20931", "CF-40077"
NOTE = "I know the family"


@pytest.fixture
def remedy(council):
    """Remedial actions on the list of the Practice Manager of North CIN."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    return council.task(REMEDY, CASE)


def offered(council, person, task):
    return [one.username for one in delegating.offer(council.engine, person, task.id).candidates]


def test_work_of_a_team_may_go_to_those_who_stand_in_for_its_post(council, remedy):
    assert offered(council, "mo", remedy) == ["oz", "pat"]


def test_nobody_who_is_away_is_offered(council, remedy):
    days = (at(2026, 12, 1).date(), at(2026, 12, 4).date())
    directory.record_absence(council.engine, SOMEBODY, "oz", *days)
    assert offered(council, "mo", remedy) == ["pat"]


def test_work_is_passed_on_with_a_letter_and_a_record(council, remedy):
    delegating.delegate(council.engine, "mo", remedy.id, "oz", f" {NOTE} ")
    assert council.task_row(remedy.id).assignee == "oz"
    (letter,) = [one for one in council.letters("oz", CASE) if one.notice == "delegated"]
    assert "Mo passed “Complete the remedial actions” on to you" in letter.body
    assert NOTE not in letter.body
    event = council.events(f"task {remedy.id}")[-1]
    assert (event.kind, event.actor) == ("delegated", "mo")
    assert event.details == {"by": "mo", "from": None, "to": "oz", "note": NOTE}
    assert work.open_task(council.engine, "oz", remedy.id).reason_against is None


def test_who_has_it_now_sees_who_passed_it_on(council, remedy):
    delegating.delegate(council.engine, "mo", remedy.id, "oz", NOTE)
    page = work.open_task(council.engine, "oz", remedy.id)
    assert (page.passed_on.by, page.passed_on.note, page.may_pass_on) == ("mo", NOTE, True)
    (row,) = inbox.open_inbox(council.engine, "oz", 1, Wanted(MINE)).rows
    assert (row.passed_on.by, row.may_give_back) == ("mo", True)
    work.give_back(council.engine, "oz", remedy.id)
    work.take(council.engine, "mo", remedy.id)
    assert work.open_task(council.engine, "mo", remedy.id).passed_on is None


def test_a_reviewer_passes_a_review_on_to_officers_who_may_do_it(council):
    council.assign(REVIEWED, "dan", drawn=True)
    council.authorise_audit(REVIEWED, 1)
    review = council.task(REVIEW, REVIEWED)
    others = {"bev", "eve", "finn"} - {review.assignee}
    assert set(offered(council, review.assignee, review)) == others


def test_an_audit_is_one_persons_and_is_not_passed_on(council):
    council.assign(CASE, "kim")
    audit = council.task(AUDIT, CASE)
    assert offered(council, "kim", audit) == []
    assert not work.open_task(council.engine, "kim", audit.id).may_pass_on
    with pytest.raises(Invalid, match="They may not have this task"):
        delegating.delegate(council.engine, "kim", audit.id, "zoe", NOTE)


@pytest.mark.parametrize("person", ["kim", "quin", "gail", "nobody"])
def test_only_who_has_it_passes_it_on(council, remedy, person):
    with pytest.raises(NotAllowed, match="whoever has a task passes it on"):
        delegating.delegate(council.engine, person, remedy.id, "oz", NOTE)
    with pytest.raises(NotAllowed):
        delegating.offer(council.engine, person, remedy.id)


@pytest.mark.parametrize(
    ("to", "note", "fields"),
    [("quin", NOTE, {"to"}), ("nobody", NOTE, {"to"}), ("", "", {"to", "note"}), ("oz", "n" * 501, {"note"})],
)
def test_what_cannot_be_meant_is_refused_by_field(council, remedy, to, note, fields):
    before = council.dump()
    with pytest.raises(Invalid) as refusal:
        delegating.delegate(council.engine, "mo", remedy.id, to, note)
    assert set(refusal.value.errors) == fields
    assert council.dump() == before


def test_closed_work_is_not_passed_on(council, remedy):
    council.assign("CF-30510", "kim")
    audit = council.task(AUDIT, "CF-30510")
    council.authorise_audit("CF-30510")
    with pytest.raises(NotNow, match="Kim completed it"):
        delegating.delegate(council.engine, "kim", audit.id, "zoe", NOTE)
    with pytest.raises(NotNow, match="it is closed"):
        delegating.offer(council.engine, "kim", audit.id)
