"""Two people who do things that exclude each other at the same moment: one succeeds, the other hears why."""

from datetime import date

import pytest

from engine.errors import NotAllowed, NotFound, NotNow, Refusal, Stale
from engine.service.audits import cycles
from engine.service.cases import actions
from engine.service.people import directory
from engine.service.periods import assigning
from engine.service.record_keeping import verification
from engine.service.tasks import answering, beginning, work
from engine.service.tasks.starting import facts_about
from engine.store import audits
from engine.store import cycles as cycle_rows
from tests.factories.council import AUDIT, REMEDY
from tests.factories.together import at_once
from tests.service.monthly import LOCK, PERIOD, UPLOAD, population

CASE = "CF-20931"
DECIDE = "Decide on deferment or dispensation"
TODAY = date(2026, 12, 1)


@pytest.fixture
def two(council):
    """Two other processes of the same council."""
    return council.again().engine, council.again().engine


@pytest.fixture
def action(council):
    """The one remedial action of a case, with Mo."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    (found,) = council.actions(CASE)
    return found


def told(results):
    """The refusals among what came of it."""
    return [one for one in results if isinstance(one, Refusal)]


def kinds(council, stream):
    return [event.kind for event in council.events(stream)]


@pytest.fixture(autouse=True)
def _unbroken(council):
    """Whatever happens at once, the log holds afterwards."""
    yield
    assert verification.verify(council.engine).breaks == []


def test_an_action_is_signed_off_once(council, two, action):
    results = at_once(*(lambda engine=engine: actions.sign_off(engine, "mo", action.id, "seen") for engine in two))
    (refusal,) = told(results)
    assert isinstance(refusal, NotNow)
    assert refusal.sentence.startswith("Remedial action 1 is not possible now: ")
    (row,) = council.actions(CASE)
    assert len(row.work) == 1


def test_an_audit_is_authorised_or_dispensed_with_and_never_both(council, two):
    audit = council.assign(CASE, "kim")
    council.begin("kim", "deferment", CASE, request_kind="dispensation")
    mine, decision = council.task(AUDIT, CASE), council.task(DECIDE, CASE)
    raw, granted = council.filled(mine), council.filled(decision, deferment_outcome="grant")
    results = at_once(
        lambda: work.complete(two[0], "kim", mine.id, raw),
        lambda: work.complete(two[1], "asha", decision.id, granted),
    )
    closed = council.task_row(mine.id)
    if closed.status == "done":
        assert council.audit(audit.id).authorised_at is not None
    else:
        assert council.audit(audit.id).authorised_at is None
        assert any("withdrew it on 1 December 2026" in one.sentence for one in told(results))
    assert all(isinstance(one, NotNow | Stale) for one in told(results))
    assert kinds(council, mine.instance).count("completed") <= 1


def test_a_case_is_given_for_audit_once(council, two):
    results = at_once(*(lambda engine=engine: assigning.assign(engine, "gail", CASE, "kim") for engine in two))
    (refusal,) = told(results)
    assert isinstance(refusal, NotAllowed)
    assert refusal.sentence == (f"You may not be given {CASE} for audit: the auditor audited this case 0 months ago.")
    assert council.task(AUDIT, CASE).assignee == "kim"


def test_a_case_is_never_cleared_while_an_audit_of_it_begins(council, two):
    facts = {"case": CASE}
    raw = answering.for_start(council.engine, "case_closure", facts, {})
    at_once(
        lambda: beginning.begin(two[0], "mo", "case_closure", raw, facts),
        lambda: assigning.assign(two[1], "gail", CASE, "kim"),
    )
    valid = council.ask(lambda question: audits.certificates(question.connection, CASE))
    assert [row for row in valid if row.withdrawn_at is None] == []
    assert AUDIT in council.titles(CASE)


def test_a_request_sent_twice_begins_once(council, two):
    council.assign(CASE, "kim")
    facts = council.ask(lambda question: facts_about(question, CASE))
    given = {"request_kind": "deferment", "new_start": "2026-12-14"}
    raw = answering.for_start(council.engine, "deferment", facts, given)
    acts = (lambda engine=engine: beginning.begin(engine, "kim", "deferment", raw, facts, key="k-1") for engine in two)
    first, second = at_once(*acts)
    assert first == second
    assert council.task(DECIDE, CASE).instance == first


def test_a_post_gives_a_task_to_one_of_those_who_reach_for_it(council, two, action):
    directory.record_absence(council.engine, "asha", "mo", TODAY, TODAY)
    remedy = council.task(REMEDY, CASE)
    results = at_once(
        lambda: work.take(two[0], "oz", remedy.id),
        lambda: work.take(two[1], "mo", remedy.id),
    )
    taken = [event.details["by"] for event in council.events(f"task {remedy.id}")]
    assert taken == [council.task_row(remedy.id).assignee] == ["oz"]
    (refusal,) = told(results)
    assert isinstance(refusal, NotAllowed)


def test_of_two_lists_uploaded_at_once_one_is_the_frame_and_both_are_kept(council, two):
    first, second = population({"LAC": 6}), population({"CWD": 4})
    results = at_once(
        lambda: cycles.upload(two[0], "hal", PERIOD, "first.csv", first)[0],
        lambda: cycles.upload(two[1], "hal", PERIOD, "second.csv", second)[0],
    )
    assert told(results) == []
    frame = council.ask(lambda question: cycle_rows.frame_of(question.connection, PERIOD))
    assert len(frame) in (6, 4)
    assert len({row.stratum for row in frame}) == 1
    assert kinds(council, f"cycle {PERIOD}").count("population uploaded") == 2


def test_a_list_is_locked_once(council, two):
    task = council.task(UPLOAD)
    identifier, _ = cycles.upload(council.engine, "hal", PERIOD, "cases.csv", population())
    work.complete(council.engine, "hal", task.id, council.filled(task, population_list=identifier))
    lock = council.task(LOCK)
    raw = council.filled(lock)
    results = at_once(*(lambda engine=engine: work.complete(engine, "gail", lock.id, raw) for engine in two))
    (refusal,) = told(results)
    assert isinstance(refusal, NotNow)
    assert refusal.sentence.startswith(f"“{LOCK}” is not possible now: Gail completed it on 1 December 2026 at 09:00")


def test_a_draft_and_an_answer_at_once_leave_no_draft_behind(council, two):
    council.assign(CASE, "kim")
    task = council.task(AUDIT, CASE)
    raw = council.filled(task)
    results = at_once(
        lambda: work.complete(two[0], "kim", task.id, raw),
        lambda: work.save_draft(two[1], "kim", task.id, raw),
    )
    assert all(isinstance(one, NotNow) for one in told(results))
    assert council.task_row(task.id).status == "done"
    assert [row for row in council.dump()["draft"] if row[0] == task.instance] == []


def test_days_off_and_an_answer_at_once_leave_no_task_half_moved(council, two):
    council.assign(CASE, "kim")
    task = council.task(AUDIT, CASE)
    raw = council.filled(task)
    results = at_once(
        lambda: work.complete(two[0], "kim", task.id, raw),
        lambda: directory.close_council(two[1], "asha", date(2026, 12, 21), date(2026, 12, 22), "Snow"),
    )
    assert told(results) == []
    assert council.task_row(task.id).status == "done"


def test_what_was_begun_for_a_case_nobody_knows_is_told_to_both(council, two):
    acts = (lambda engine=engine: beginning.begin(engine, "kim", "deferment", {}, {"case": "CF-0"}) for engine in two)
    assert {(type(one), one.sentence) for one in at_once(*acts)} == {
        (NotFound, "There is no case CF-0. Check the reference and try again.")
    }
