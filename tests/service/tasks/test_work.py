"""What one does with a task: in order, by who may, once, and never half (sections 6 and 7)."""

import pytest

from engine.errors import (
    AlreadyAnswered,
    Invalid,
    NotAllowed,
    NotFound,
    NotNow,
    Stale,
    TooLarge,
    Unstorable,
)
from engine.service.cases import actions
from engine.service.inboxes import inbox
from engine.service.people import directory
from engine.service.tasks import work
from engine.store import submissions, tasks
from tests.factories.council import AUDIT, REMEDY, at
from tests.factories.together import at_once

CASE = "CF-20931"


@pytest.fixture
def task(council):
    """An audit that Kim is about to authorise."""
    council.assign(CASE, "kim")
    return council.task(AUDIT, CASE)


@pytest.fixture
def remedy(council, task):
    """Remedial actions on the list of the Practice Manager of North CIN."""
    council.authorise_audit(CASE, 1)
    return council.task(REMEDY, CASE)


def titles(council, person):
    return [(row.task.title, row.task.case_ref) for row in inbox.open_inbox(council.engine, person).rows]


def submitted(council, task):
    return council.ask(lambda question: submissions.of_instance(question.connection, task.instance))


# Opening, drafts


def test_a_page_shows_the_draft_of_its_reader_and_who_has_the_task(council, remedy):
    work.save_draft(council.engine, "mo", remedy.id, {"authorisation_comment": "half a sent"})
    mine = work.open_task(council.engine, "mo", remedy.id)
    theirs = work.open_task(council.engine, "oz", remedy.id)
    assert (mine.draft_at, theirs.draft_at) == (council.clock.now(), None)
    assert (mine.reason_against, theirs.reason_against) == (None, "it belongs to another post")
    assert mine.holders == theirs.holders == ("mo",)


def test_an_unknown_task_is_not_found(council):
    for act in (
        lambda: work.open_task(council.engine, "kim", "0123456789abcdef.7"),
        lambda: work.save_draft(council.engine, "kim", "0123456789abcdef.7", {}),
        lambda: work.take(council.engine, "kim", "0123456789abcdef.7"),
        lambda: work.give_back(council.engine, "kim", "0123456789abcdef.7"),
        lambda: work.complete(council.engine, "kim", "0123456789abcdef.7", {}),
    ):
        with pytest.raises(NotFound, match=r"no task 0123456789abcdef\.7"):
            act()


def test_a_draft_is_kept_whatever_it_is_until_the_task_is_completed(council, task):
    draft = {"facts_right": "perhaps", "no such question": ["x", {"y": None}]}
    work.save_draft(council.engine, "kim", task.id, draft)
    again = council.again()
    page = work.open_task(again.engine, "kim", task.id)
    assert page.draft_at == council.clock.now()
    council.authorise_audit(CASE)
    kept = council.ask(lambda question: submissions.draft_of(question.connection, task.instance, task.element, "kim"))
    assert kept is None


def test_the_first_draft_of_an_audit_is_its_beginning(council, task):
    assert council.audit(task.audit).begun_at is None
    work.save_draft(council.engine, "kim", task.id, {})
    begun = council.clock.now()
    council.pass_to(at(2026, 12, 2))
    work.save_draft(council.engine, "kim", task.id, {"facts_right": "yes"})
    assert council.audit(task.audit).begun_at == begun


def test_somebody_elses_task_keeps_no_draft(council, task):
    before = council.dump()
    with pytest.raises(NotAllowed, match="it belongs to another post"):
        work.save_draft(council.engine, "zoe", task.id, {"facts_right": "yes"})
    assert council.dump() == before


# Taking and giving back


def test_a_task_of_ones_post_is_taken_and_given_back(council, remedy):
    work.take(council.engine, "mo", remedy.id)
    assert council.task_row(remedy.id).assignee == "mo"
    work.give_back(council.engine, "mo", remedy.id)
    assert council.task_row(remedy.id).assignee is None
    log = council.events(f"task {remedy.id}")
    assert [(event.kind, event.details) for event in log] == [
        ("taken", {"by": "mo", "from": None}),
        ("given back", {"by": "mo"}),
    ]


def test_a_stand_in_may_take_over_what_an_absent_holder_has_taken(council, remedy):
    work.take(council.engine, "mo", remedy.id)
    today = at(2026, 12, 1).date()
    assert titles(council, "oz") == []
    directory.record_absence(council.engine, "asha", "mo", today, today)
    assert titles(council, "oz") == [(REMEDY, CASE)]
    work.take(council.engine, "oz", remedy.id)
    assert titles(council, "oz") == [(REMEDY, CASE)]
    assert council.events(f"task {remedy.id}")[-1].details == {"by": "oz", "from": "mo"}


@pytest.mark.parametrize("person", ["quin", "kim", "nia", "asha", "nobody"])
def test_a_task_of_another_post_is_not_taken(council, remedy, person):
    before = council.dump()
    with pytest.raises(NotAllowed, match="it belongs to another post"):
        work.take(council.engine, person, remedy.id)
    assert council.dump() == before


def test_what_is_not_taken_from_a_post_is_not_given_back(council, task, remedy):
    for person in ("mo", "kim"):
        with pytest.raises(NotNow, match="it is not yours from a post"):
            work.give_back(council.engine, person, remedy.id)


# Completing


def test_a_completed_task_is_closed_with_its_answers_kept(council, task):
    council.authorise_audit(CASE)
    row = council.task_row(task.id)
    assert (row.status, row.closed_by, row.closed_at) == (tasks.DONE, "kim", council.clock.now())
    (kept,) = submitted(council, task)
    assert (kept.person, kept.form, kept.element) == ("kim", "audit.json", "audit_case_record")
    assert kept.answers["overall_grade"]


def test_completing_twice_says_who_did_it_and_when(council, task):
    raw = council.filled(task)
    work.complete(council.engine, "kim", task.id, raw)
    after = council.dump()
    council.pass_to(at(2026, 12, 2))
    for act in (
        lambda: work.complete(council.engine, "kim", task.id, raw),
        lambda: work.complete(council.engine, "zoe", task.id, {}),
        lambda: work.take(council.engine, "kim", task.id),
        lambda: work.save_draft(council.engine, "kim", task.id, raw),
        lambda: work.give_back(council.engine, "kim", task.id),
    ):
        with pytest.raises(
            NotNow, match=f"“{AUDIT}” is not possible now: Kim completed it on 1 December 2026 at 09:00"
        ):
            act()
    assert council.dump() == after


def test_the_wrong_person_is_refused_with_the_tables_reason(council, task):
    raw, before = council.filled(task), council.dump()
    for person in ("zoe", "mo", "asha", "nobody"):
        with pytest.raises(NotAllowed, match=f"You may not complete “{AUDIT}”: it belongs to another post"):
            work.complete(council.engine, person, task.id, raw)
    assert council.dump() == before


def test_a_reviewer_is_never_the_auditor(council):
    council.assign("CF-40077", "bev", drawn=True)
    council.authorise_audit("CF-40077")
    review = council.task("Review the audit", "CF-40077")
    with pytest.raises(NotAllowed, match="it is your own audit, and officers review the audits of others"):
        work.complete(council.engine, "bev", review.id, council.filled(review))


def test_answers_that_the_form_refuses_change_nothing_and_are_told_question_by_question(council, task):
    raw, before = council.filled(task), council.dump()
    with pytest.raises(Invalid) as refused:
        work.complete(council.engine, "kim", task.id, {**raw, "overall_grade": "splendid"})
    assert list(refused.value.errors) == ["overall_grade"]
    assert council.dump() == before


def test_a_page_that_is_out_of_date_is_stale(council, task):
    version = work.open_task(council.engine, "kim", task.id).version
    other = council.assign("CF-30510", "kim")
    council.begin("kim", "deferment", CASE, request_kind="deferment", new_start="2026-12-14")
    council.complete("asha", "Decide on deferment or dispensation", CASE, deferment_outcome="grant")
    moved = council.task(AUDIT, CASE)
    assert moved.id != task.id
    before = council.dump()
    with pytest.raises(Stale, match=f"“{AUDIT}” was changed by somebody else while you had it open"):
        work.complete(council.engine, "kim", moved.id, council.filled(moved), version=version)
    assert council.dump() == before
    assert council.instance(other.instance).version == 1


def test_what_the_clock_did_meanwhile_does_not_make_a_page_stale(council, task):
    version = work.open_task(council.engine, "kim", task.id).version
    council.pass_to(at(2027, 1, 4))
    assert council.task_row(task.id).status == tasks.OPEN
    assert work.open_task(council.engine, "kim", task.id).version > version
    work.complete(council.engine, "kim", task.id, council.filled(task), version=version)
    assert council.task_row(task.id).status == tasks.DONE


@pytest.mark.parametrize("ahead", [1, 1_000])
def test_a_page_from_the_future_is_stale(council, task, ahead):
    version = work.open_task(council.engine, "kim", task.id).version + ahead
    with pytest.raises(Stale):
        work.complete(council.engine, "kim", task.id, council.filled(task), version=version)


def test_a_page_that_is_up_to_date_is_accepted(council, task):
    version = work.open_task(council.engine, "kim", task.id).version
    work.complete(council.engine, "kim", task.id, council.filled(task), version=version)
    assert council.task_row(task.id).status == tasks.DONE


def test_lateness_is_on_record_before_the_answer_although_the_clock_has_not_ticked(council, task):
    council.clock.move_to(at(2027, 1, 4))
    council.authorise_audit(CASE)
    assert council.audit(task.audit).late
    kinds = [event.kind for event in council.events(task.instance)]
    assert kinds.index("due") < kinds.index("completed")


def test_a_task_whose_time_ran_out_cannot_be_completed_although_the_clock_has_not_ticked(council, task):
    council.begin("kim", "deferment", CASE, request_kind="dispensation")
    council.complete("asha", "Decide on deferment or dispensation", CASE, deferment_outcome="grant")
    with pytest.raises(NotNow, match="Asha withdrew it on 1 December 2026 at 09:00"):
        work.complete(council.engine, "kim", task.id, {})


# Idempotency keys


def test_the_same_key_gives_the_same_answer_and_is_done_once(council, task):
    raw = council.filled(task)
    first = work.complete(council.engine, "kim", task.id, raw, key="k-1")
    after = council.dump()
    assert work.complete(council.again().engine, "kim", task.id, raw, key="k-1") == first == {"task": task.id}
    assert council.dump() == after


@pytest.mark.parametrize("other", ["raw", "task", "person"])
def test_the_same_key_with_another_body_or_person_was_answered_already(council, task, other):
    raw = council.filled(task)
    sent = {"person": "kim", "task": task.id, "raw": raw}
    work.complete(council.engine, "kim", task.id, raw, key="k-1")
    after = council.dump()
    changed = {**sent, other: {"raw": {}, "task": "x.1", "person": "zoe"}[other]}
    with pytest.raises(AlreadyAnswered, match="sent before with other contents"):
        work.complete(council.engine, changed["person"], changed["task"], changed["raw"], key="k-1")
    assert council.dump() == after


def test_a_key_whose_request_was_refused_can_be_used_again(council, task):
    with pytest.raises(Invalid):
        work.complete(council.engine, "kim", task.id, {}, key="k-1")
    work.complete(council.engine, "kim", task.id, council.filled(task), key="k-1")
    assert council.task_row(task.id).status == tasks.DONE


def test_a_key_that_is_too_long_is_refused(council, task):
    with pytest.raises(TooLarge, match="The key of this request is too large: 65 characters"):
        work.complete(council.engine, "kim", task.id, {}, key="k" * 65)


def test_a_request_that_is_no_json_is_refused(council, task):
    with pytest.raises(Unstorable):
        work.complete(council.engine, "kim", task.id, {"comment": "\ud800"}, key="k-1")


# Two people at once


def test_of_several_who_complete_at_once_exactly_one_wins_and_the_others_hear_who(council, task):
    raw, engines = council.filled(task), [council.again().engine for _ in range(4)]
    results = at_once(*(lambda engine=engine: work.complete(engine, "kim", task.id, raw) for engine in engines))
    assert results.count({"task": task.id}) == 1
    refused = [one for one in results if one != {"task": task.id}]
    assert {type(one) for one in refused} == {NotNow}
    assert all("Kim completed it on 1 December 2026" in one.sentence for one in refused)
    assert len(submitted(council, task)) == 1
    assert [event.kind for event in council.events(task.instance)].count("completed") == 1


def test_of_several_who_send_the_same_key_at_once_each_gets_the_same_answer(council, task):
    raw, engines = council.filled(task), [council.again().engine for _ in range(4)]
    acts = (lambda engine=engine: work.complete(engine, "kim", task.id, raw, key="k-1") for engine in engines)
    assert at_once(*acts) == [{"task": task.id}] * 4
    assert len(submitted(council, task)) == 1


def test_of_two_with_the_same_page_open_the_second_is_refused(council, task):
    version, raw = work.open_task(council.engine, "kim", task.id).version, council.filled(task)
    engines = [council.again().engine for _ in range(2)]
    acts = (lambda engine=engine: work.complete(engine, "kim", task.id, raw, version=version) for engine in engines)
    results = at_once(*acts)
    assert results.count({"task": task.id}) == 1
    assert sum(isinstance(one, NotNow) for one in results) == 1


def test_taking_and_completing_at_once_leaves_a_closed_task_as_it_was_closed(council, remedy):
    actions.sign_off(council.engine, "mo", council.actions(CASE)[0].id, "done")
    raw, one, two = council.filled(remedy), council.again().engine, council.again().engine
    completed, _ = at_once(
        lambda: work.complete(one, "mo", remedy.id, raw),
        lambda: work.take(two, "mo", remedy.id),
    )
    assert completed == {"task": remedy.id}
    row = council.task_row(remedy.id)
    taken = council.events(f"task {remedy.id}")
    assert row.status == tasks.DONE
    assert (row.assignee is not None) == bool(taken)
