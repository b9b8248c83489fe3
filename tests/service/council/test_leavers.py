"""Somebody leaves for good: what follows for their work, on which day, and what becomes of a mistake (I-06)."""

from datetime import date

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow, StepFailed
from engine.service import moving
from engine.service.council import changes, leavers, person
from engine.service.overview import incidents
from engine.service.people import accounts
from engine.service.tasks import work
from tests.factories.council import AUDIT, REMEDY, REVIEW, at
from tests.factories.older import before_leavers

CASE, OTHER = "CF-20931", "CF-30510"
REASSIGN, AMEND = "Reassign the audit", "Amend the audit"


def test_the_page_of_leaving_says_who_gets_how_much_and_so_it_happens(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    work = person.leaving(council.engine, "gail", "mo").work
    (passing,) = work.passing
    assert (passing.post, passing.team, passing.count, passing.to) == ("Practice Manager", "North CIN", 1, ("oz",))
    assert work.total == 1
    leavers.leave(council.engine, "gail", "mo")
    assert council.holders(council.task(REMEDY, CASE)) == ("oz",)


def test_what_is_somebodys_by_name_is_listed(council):
    council.assign(CASE, "kim")
    work = person.leaving(council.engine, "gail", "kim").work
    assert [(task.title, task.case_ref) for task in work.named] == [("Audit the case record", CASE)]


def test_an_allocated_task_goes_back_to_its_post(council):
    task = council.task(REVIEW, "CF-90002")
    holder = task.assignee
    assert holder is not None
    work = person.leaving(council.engine, "gail", holder).work
    expected = {one.post: one.to for one in work.passing}[task.post]
    assert leavers.leave(council.engine, "gail", holder) >= 1
    assert council.task_row(task.id).assignee is None
    assert council.holders(council.task(REVIEW, "CF-90002")) == expected
    assert holder not in expected


def test_nobody_records_their_own_leaving_or_another_twice(council):
    with pytest.raises(NotNow):
        leavers.leave(council.engine, "gail", "gail")
    leavers.leave(council.engine, "gail", "kim")
    with pytest.raises(NotNow):
        leavers.leave(council.engine, "gail", "kim")
    with pytest.raises(NotFound):
        leavers.leave(council.engine, "gail", "nobody")
    with pytest.raises(NotAllowed):
        leavers.leave(council.engine, "nia", "zoe")


def test_who_comes_back_has_no_password(council):
    accounts.set_password(council.engine, "the tests", "kim", "a hash")
    leavers.leave(council.engine, "gail", "kim")
    leavers.come_back(council.engine, "gail", "kim")
    assert accounts.account(council.engine, "kim").password is None


# What is somebody's by name


def test_an_audit_goes_on_to_whoever_finds_another_auditor(council):
    audit = council.assign(CASE, "kim")
    other = council.assign(OTHER, "zoe")
    leavers.leave(council.engine, "gail", "kim")
    assert council.titles(CASE) == [REASSIGN]
    assert council.holders(council.task(REASSIGN, CASE)) == ("gail",)
    assert (council.audit(audit.id).state, council.audit(other.id).state) == ("to be reassigned", "assigned")
    assert council.task(AUDIT, OTHER).assignee == "zoe"
    told = council.events("directory")[-1].details
    assert (told["passed_on"], told["kept"]) == (1, 0)


def test_the_next_auditor_has_nothing_of_the_draft_and_a_full_twenty_working_days(council):
    audit = council.assign(CASE, "kim")
    work.save_draft(council.engine, "kim", council.task(AUDIT, CASE).id, {"safety_grade": "good"})
    assert council.audit(audit.id).begun_at is not None
    leavers.leave(council.engine, "gail", "kim")
    council.pass_to(at(2026, 12, 9))
    council.complete("gail", REASSIGN, CASE, auditor="zoe")
    again = council.task(AUDIT, CASE)
    assert (again.assignee, again.due.date()) == ("zoe", date(2027, 1, 11))
    page = work.open_task(council.engine, "zoe", again.id)
    assert (page.draft, page.left) == ({}, None)
    assert council.audit(audit.id).begun_at is None


def test_lateness_before_the_leaving_stays_on_record(council):
    audit = council.assign(CASE, "kim")
    council.clock.move_to(at(2027, 2, 1))
    leavers.leave(council.engine, "gail", "kim")
    kinds = [event.kind for event in council.events(audit.instance)]
    assert kinds.index("due") < kinds.index("received")


def test_a_task_that_opens_for_somebody_who_has_left_goes_on_at_once(council):
    council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE, 1)
    leavers.leave(council.engine, "gail", "kim")
    review = council.task(REVIEW, CASE)
    council.complete(review.assignee, REVIEW, CASE, outcome="returned", reason="Look again")
    assert council.titles(CASE) == [REVIEW]


def test_a_task_allocated_to_somebody_who_has_left_is_with_the_post(council):
    council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE, 1)
    reviewer = council.task(REVIEW, CASE).assignee
    council.complete(reviewer, REVIEW, CASE, outcome="returned", reason="Look again")
    leavers.leave(council.engine, "gail", reviewer)
    council.complete("kim", AMEND, CASE)
    again = council.task(REVIEW, CASE)
    assert again.assignee is None
    assert council.holders(again) and reviewer not in council.holders(again)


# Work of an older policy, whose diagram does not wait for the message


@pytest.fixture
def older(council, monkeypatch):
    """An audit of Kim's under such a policy, which was accepted before it had to say what becomes of it."""
    before_leavers(council, monkeypatch)
    return council.assign(CASE, "kim")


def test_it_stays_where_it_is_unharmed_and_the_page_says_so(council, older):
    leavers.leave(council.engine, "gail", "kim")
    assert council.task(AUDIT, CASE).assignee == "kim"
    assert [event.kind for event in council.events(older.instance)] == ["began"]
    assert council.events("directory")[-1].details["kept"] == 1
    page = person.leaving(council.engine, "gail", "kim")
    assert [one.task.title for one in page.staying] == [AUDIT] and page.going_on == ()


def test_it_goes_on_as_soon_as_it_moves_to_a_policy_that_says(council, older):
    leavers.leave(council.engine, "gail", "kim")
    number = council.deploy({})
    council.run(lambda command: moving.move_all(command, number, apart_from="nothing"))
    assert council.titles(CASE) == [REASSIGN]


# A day ahead


def test_a_last_day_ahead_changes_nothing_before_it_is_over(council):
    council.assign(CASE, "kim")
    leavers.leave(council.engine, "gail", "kim", date(2026, 12, 24))
    assert "last day: nothing, now 2026-12-24" in council.letters("asha")[-1].body
    council.pass_to(at(2026, 12, 24, 23, 59))
    assert council.task(AUDIT, CASE).assignee == "kim"
    assert council.ask(lambda question: question.directory.people["kim"].in_audit_pool)
    council.pass_to(at(2026, 12, 25, 0, 0))
    kim = council.ask(lambda question: question.directory.people["kim"])
    assert (kim.active, kim.in_audit_pool, kim.last_day) == (False, False, None)
    assert council.titles(CASE) == [REASSIGN]
    assert council.events("directory")[-1].actor == "the clock"


def test_who_stays_after_all_is_never_gone(council):
    council.assign(CASE, "kim")
    leavers.leave(council.engine, "gail", "kim", date(2026, 12, 4))
    leavers.stay(council.engine, "gail", "kim")
    council.pass_to(at(2026, 12, 9))
    assert council.task(AUDIT, CASE).assignee == "kim"
    with pytest.raises(NotNow):
        leavers.stay(council.engine, "gail", "kim")


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2028, 1, 1)])
def test_a_last_day_is_neither_past_nor_far_away(council, day):
    with pytest.raises(Invalid):
        leavers.leave(council.engine, "gail", "kim", day)


# A mistake


def test_what_went_on_does_not_come_back_with_a_mistaken_leaver_who_gets_new_work_like_anybody(council):
    council.assign(CASE, "kim")
    leavers.leave(council.engine, "gail", "kim")
    leavers.come_back(council.engine, "gail", "kim")
    kept = council.ask(lambda question: vars(question.directory.people["kim"]))
    values = {**{name: kept[name] for name in changes.FIELDS}, "in_audit_pool": True}
    changes.change(council.engine, "gail", "kim", values)
    assert council.titles(CASE) == [REASSIGN]
    council.assign(OTHER, "kim")
    assert council.task(AUDIT, OTHER).assignee == "kim"


# A diagram that fails


def test_work_that_an_incident_stopped_keeps_nobody_here_and_goes_on_when_it_is_mended(council, monkeypatch):
    audit = council.assign(CASE, "kim")
    monkeypatch.setattr("engine.service.operations.audit.audits.end_holding", _stumble)
    leavers.leave(council.engine, "gail", "kim")
    assert council.ask(lambda question: question.directory.has_left("kim"))
    assert council.task(AUDIT, CASE).assignee == "kim"
    monkeypatch.undo()
    (incident,) = [one for one in council.incidents() if one.instance == audit.instance]
    incidents.retry(council.engine, "asha", incident.id)
    assert council.titles(CASE) == [REASSIGN]


def _stumble(*_arguments):
    raise StepFailed(process="Case audit", element="release_departed_auditor", reason="it stumbles")
